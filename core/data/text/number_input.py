"""What people type where a number is asked for: words of one language, or digits, which are spelt for them."""

from dataclasses import dataclass

import regex
from rapidfuzz import process

from core.data.text.number_words import (
    LANGUAGES,
    LARGEST,
    Language,
    UnknownWord,
    cut_bare,
    known_words,
    spell,
    value_of,
)

MOST_CHARACTERS = 300
"""Characters that are read of a text."""
MOST_PIECES = 40
"""Pieces that a network is given; the longest number has 19."""

_DIGITS = regex.compile(r"\d+|\d{1,3}(?:(?P<sign>[.,'_\s\N{RIGHT SINGLE QUOTATION MARK}])\d{3})(?:(?P=sign)\d{3})*")
_LIKE_ENOUGH = 70  # of 100: from here on a known word is offered for an unknown one
_SHOWN = 40  # characters of an unknown word


class NoNumber(ValueError):
    """A text that no network is given; the message is a sentence.

    Attributes:
        language: in which it would be one, None where there is no such language.
        instead: the text with a known word in the place of the unknown one, empty where none comes near.
    """

    def __init__(self, message: str, language: Language | None = None, instead: str = "") -> None:
        super().__init__(message)
        self.language = language
        self.instead = instead


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
    typed = text[:MOST_CHARACTERS].strip()
    if not any(letter.isalnum() for letter in typed):
        raise NoNumber("There is no number in this text.")
    if any(letter.isdecimal() for letter in typed):
        number = _read_digits(typed)
        words = spell(number, language)
        return NumberText(words, cut_bare(words, language), number, True)
    try:
        pieces = cut_bare(typed, language)
    except UnknownWord as unknown:
        raise _explain(typed, unknown, language) from None
    if len(pieces) > MOST_PIECES:
        raise NoNumber(f"These are {len(pieces)} pieces of number words; the networks are given {MOST_PIECES} at most.")
    return NumberText(typed, pieces, value_of(pieces, language), False)


def _read_digits(typed: str) -> int:
    """Return the number that stands there in digits, with or without signs between groups of three."""
    if any(letter.isalpha() for letter in typed):
        raise NoNumber("Digits and words are mixed here. Write the number in words only, or in digits only.")
    if typed.startswith(("-", "−")):
        raise NoNumber("Negative numbers were not learnt. Write a whole number from 0 on.")
    if not _DIGITS.fullmatch(typed):
        raise NoNumber("This is no whole number in digits: 97200, 97,200 and 97 200 are.")
    digits = "".join(letter for letter in typed if letter.isdecimal())
    if len(digits.lstrip("0")) > len(str(LARGEST)) or int(digits) > LARGEST:
        raise NoNumber(f"Numbers are spelt here from 0 to {LARGEST:,}.")
    return int(digits)


def _explain(typed: str, unknown: UnknownWord, language: Language) -> NoNumber:
    """Say which word is unknown, and what it may be: a word of another language, or a slip."""
    word = unknown.word if len(unknown.word) <= _SHOWN else unknown.word[:_SHOWN] + "…"
    message = f"“{word}” is no number word in {LANGUAGES[language]}."
    for other in LANGUAGES:
        try:
            cut_bare(typed, other)
        except UnknownWord:
            continue
        return NoNumber(f"{message} All of this is {LANGUAGES[other]}.", other)
    if not any(letter.isascii() and letter.isalpha() for letter in typed.casefold()):
        return NoNumber(f"{message} Write it in Latin letters, or in digits.")
    found = process.extractOne(unknown.word.casefold(), known_words(language), score_cutoff=_LIKE_ENOUGH)
    if found is None:
        return NoNumber(message)
    return NoNumber(f"{message} Did you mean “{found[0]}”?", instead=typed.replace(unknown.word, found[0], 1))
