"""What people type where a number is asked for: words of one language, or digits, which are spelt for them."""

from dataclasses import dataclass

import regex

from core.data.text.no_number import NEGATIVE, NoNumber, explain
from core.data.text.number_words import LARGEST, Language, UnknownWord, cut_bare, spell, value_of
from core.data.text.punctuation import DASHES, QUOTES
from core.data.text.tokens import shows, usual_letters

MOST_CHARACTERS = 300
"""Characters that are read of a text."""
MOST_PIECES = 40
"""Pieces that a network is given; the longest number has 19."""

_DIGITS = regex.compile(r"\d+|\d{1,3}(?:(?P<sign>[.,'_\s\N{RIGHT SINGLE QUOTATION MARK}])\d{3})(?:(?P=sign)\d{3})*")
_TIDY = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(f'{QUOTES}.!?;:()"«»¡¿…', " "))


@dataclass(frozen=True)
class NumberText:
    """A text that networks can be given.

    Attributes:
        text: in words; that of a number in digits is its spelling.
        pieces: as networks read them.
        number: that it says, None where no number is written so.
        spelt: whether it was typed in digits.
    """

    text: str
    pieces: tuple[str, ...]
    number: int | None
    spelt: bool


def read_number_text(text: str, language: Language) -> NumberText:
    """Read what somebody typed.

    Args:
        text: the first `MOST_CHARACTERS` characters count.
        language: of the words.

    Raises:
        NoNumber: there is no word in it, one that is no number word, or there are too many.
    """
    kept = "".join(letter for letter in text[:MOST_CHARACTERS] if letter.isspace() or shows(letter))
    typed = usual_letters(kept).strip()
    if not any(letter.isalnum() for letter in typed):
        raise NoNumber("There is no number in this text.")
    if any(letter.isdecimal() for letter in typed):
        number = _read_digits(typed)
        words = spell(number, language)
        return NumberText(words, cut_bare(words, language), number, True)
    tidy = typed.translate(_TIDY).strip()
    try:
        pieces = cut_bare(tidy, language)
    except UnknownWord as unknown:
        raise explain(tidy, unknown, language) from None
    if len(pieces) > MOST_PIECES:
        raise NoNumber(f"These are {len(pieces)} pieces of number words; the networks are given {MOST_PIECES} at most.")
    return NumberText(typed, pieces, value_of(pieces, language), False)


def _read_digits(typed: str) -> int:
    """Return the number that stands there in digits, with or without signs between groups of three."""
    if any(letter.isalpha() for letter in typed):
        raise NoNumber("Digits and words are mixed here. Write the number in words only, or in digits only.")
    if typed.startswith(("-", *DASHES)):
        raise NoNumber(NEGATIVE)
    if not _DIGITS.fullmatch(typed.removeprefix("+").rstrip(".!?,;:")):
        raise NoNumber("This is not a whole number in digits: 97200, 97,200 and 97 200 are.")
    digits = "".join(letter for letter in typed if letter.isdecimal())
    if len(digits.lstrip("0")) > len(str(LARGEST)) or int(digits) > LARGEST:
        raise NoNumber(f"Numbers are spelt here from 0 to {LARGEST:,}.")
    return int(digits)
