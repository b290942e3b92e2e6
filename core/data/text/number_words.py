"""Numbers in words, in four languages: spelt by num2words, and cut into the pieces that networks read and write.

A piece is a word as one finds it in a list of numbers. German writes them together, so its words are cut:
siebenundneunzigtausend is sieben, und, neunzig, tausend.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

import regex

Language = Literal["en", "fr", "de", "es"]
LANGUAGES: Mapping[Language, str] = MappingProxyType({"en": "English", "fr": "French", "de": "German", "es": "Spanish"})
"""The languages, and how each is called for people."""

LARGEST = 999_999_999
"""The largest number that is spelt."""

Glue = Literal[" ", "-", ""]
"""What stands before a piece: a blank, a hyphen, or nothing."""


class NumberPiece(NamedTuple):
    """A piece of a number word.

    Attributes:
        glue: what stands before it.
        text: the piece itself, as it is written; "," is a piece too.
    """

    glue: Glue
    text: str


_LISTS: Mapping[Language, str] = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million and",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt "
    "vingts trente quarante cinquante soixante septante huitante nonante cent cents mille million millions et",
    "de": "null ein eins eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig "
    "hundert tausend Million Millionen und",
    "es": "cero un uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiún veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa "
    "cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos mil millón millones y",
}
WORDS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {language: tuple(words.split()) for language, words in _LISTS.items()}
)
"""All pieces of each language."""

GLUES: Mapping[Language, tuple[Glue, ...]] = MappingProxyType(
    {"en": (" ", "-"), "fr": (" ", "-"), "de": (" ", ""), "es": (" ",)}
)
"""How its pieces are joined."""

_ALSO: Mapping[Language, Mapping[str, str]] = {
    "en": {"a": "one", "fourty": "forty", "nought": "zero", "millions": "million"},
    "fr": {"une": "un", "octante": "huitante"},
    "de": {"zwo": "zwei", "einer": "eine", "einen": "eine"},
    "es": {"una": "uno", "veintiuna": "veintiuno"}
    | {f"{word[:-2]}as": word for word in WORDS["es"] if word.endswith("ientos")},
}
"""Other words that mean the same, in what people type."""

_PARTS = regex.compile(r"(?<glue>^|\s+|-)(?<word>[^\s,\-]+)|(?<comma>,)")
_BLANKS = regex.compile(r"[\s,\-]+")


class UnknownWord(ValueError):
    """A word that is no number word of its language; the message is a sentence.

    Attributes:
        word: as it was typed.
    """

    def __init__(self, word: str, language: Language) -> None:
        super().__init__(f"“{word}” is not a number word in {LANGUAGES[language]}.")
        self.word = word


@lru_cache(maxsize=10_000)
def spell(number: int, language: Language) -> str:
    """Write a number in words.

    num2words writes "veintiuno mil"; Spanish says "veintiún mil".

    Args:
        number: 0 to `LARGEST`.
        language: one of `LANGUAGES`.

    Raises:
        ValueError: another number; the message is a sentence.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"The numbers here go from 0 to {LARGEST:,}.")
    text = _spelt(number, language)
    return regex.sub(r"uno (?=mil)", "un ", regex.sub(r"\bveintiuno (?=mil)", "veintiún ", text))


def spell_otherwise(number: int, language: Language) -> str:
    """Write a number as people also do: English without "and", French in Switzerland, German without a first "ein"."""
    if language == "fr":
        return _spelt(number, "fr_CH")
    text = spell(number, language)
    if language == "de":
        return regex.sub(r"^ein(?=hundert|tausend)|(?<=tausend)ein(?=hundert)", "", text)
    return text.replace(" and ", " ")


def _spelt(number: int, language: str) -> str:
    from num2words import num2words

    return str(num2words(number, lang=language))


def cut(text: str, language: Language) -> tuple[NumberPiece, ...]:
    """Cut a number in words into its pieces; capitals, accents and umlauts need not be right.

    Raises:
        UnknownWord: there is a word that is not made of the pieces of that language.
    """
    pieces: list[NumberPiece] = []
    for part in _PARTS.finditer(text.strip()):
        if part["comma"]:
            pieces.append(NumberPiece("", ","))
            continue
        folded, known = fold(part["word"]), _folded_words(language)
        found = _divide(folded, language) if language == "de" else (known[folded],) if folded in known else None
        if found is None:
            raise UnknownWord(part["word"], language)
        glue: Glue = "-" if part["glue"] == "-" else " "
        pieces += [NumberPiece("" if place else glue, piece) for place, piece in enumerate(found)]
    return tuple(pieces)


def cut_bare(text: str, language: Language) -> tuple[str, ...]:
    """Return the pieces alone, as a network reads them: without blanks, hyphens and commas.

    Raises:
        UnknownWord: there is a word that is not made of the pieces of that language.
    """
    return tuple(piece.text for piece in cut(_BLANKS.sub(" ", text), language))


def known_words(language: Language) -> Mapping[str, str]:
    """Return the pieces by how they may be typed, in small letters and without accents."""
    return MappingProxyType(_folded_words(language))


def part_words(word: str, language: Language) -> tuple[str, ...] | None:
    """Return the pieces that a word is put together from, as German does it; None where it is not."""
    return _divide(fold(word), language)


@cache
def ordinals(language: Language) -> Mapping[str, str]:
    """Return the last word of ordinal numbers up to 100, without accents, and the word that counts instead of it."""
    from num2words import num2words

    found: dict[str, str] = {}
    for number in range(1, 101):
        ordinal = _BLANKS.split(str(num2words(number, lang=language, to="ordinal")))[-1]
        found.setdefault(fold(ordinal), _BLANKS.split(spell(number, language))[-1])
    return MappingProxyType(found)


def write(pieces: tuple[NumberPiece, ...]) -> str:
    """Put pieces together to a text."""
    return "".join(piece.glue + piece.text for piece in pieces).strip()


def value_of(pieces: Sequence[str], language: Language) -> int | None:
    """Return the number that pieces say, None where no number is written so.

    They are added up and multiplied from left to right. Then the number is spelt again: that has to give the same
    pieces, but for what people leave out ("and", "one") or write in several ways ("cent", "cents").

    Args:
        pieces: as `cut_bare` returns them.
        language: in which they are read.
    """
    number = _add_up(pieces, _values(language))
    if number is None or number > LARGEST:
        return None
    said = _loose(pieces)
    spellings = [spell(number, language), spell_otherwise(number, language)]
    if language == "fr":
        spellings.append(_spelt(number, "fr_BE"))
    return number if any(said == _loose(cut_bare(text, language)) for text in spellings) else None


_LOOSE = {"cents": "cent", "vingts": "vingt", "millions": "million", "uno": "un", "veintiuno": "veintiún"}
_LOOSE |= {"cien": "ciento", "eins": "ein", "eine": "ein", "Millionen": "Million", "millones": "millón"}


def _loose(pieces: Sequence[str]) -> list[str]:
    """Return pieces without what people leave out or write in several ways."""
    alike = [_LOOSE.get(piece, piece) for piece in pieces if piece != "and"]
    following = [*alike[1:], ""]
    return [
        piece
        for piece, after in zip(alike, following, strict=True)
        if not (piece in {"one", "ein"} and after in {"hundred", "thousand", "hundert", "tausend"})
    ]


def _add_up(pieces: Sequence[str], values: Mapping[str, int]) -> int | None:
    """Return what pieces add up to, None where none is a number; nonsense gives some number."""
    total = group = 0
    numbers = [(piece, values[piece]) for piece in pieces if piece in values]
    for place, (piece, value) in enumerate(numbers):
        if value == 1_000_000:
            total, group = (total + max(group, 1)) * value, 0
        elif value == 1000:
            total, group = total + max(group, 1) * value, 0
        elif value == 100:
            group += max(group % 10, 1) * 100 - group % 10
        elif piece in {"vingt", "vingts"} and place and numbers[place - 1][0] == "quatre":
            group += 4 * value - 4
        else:
            group += value
    return total + group if numbers else None


@cache
def _values(language: Language) -> dict[str, int]:
    """Return the number of each piece that is one."""
    found = {"hundred": 100, "cents": 100, "ciento": 100, "hundert": 100, "thousand": 1000, "tausend": 1000}
    found |= {"vingts": 20, "septante": 70, "huitante": 80, "nonante": 90, "ein": 1, "eine": 1, "un": 1, "veintiún": 21}
    found |= dict.fromkeys(("million", "millions", "Million", "Millionen", "millón", "millones"), 1_000_000)
    for number in [*range(100), *range(100, 1001, 100)]:
        pieces = cut_bare(spell(number, language), language)
        if len(pieces) == 1:
            found[pieces[0]] = number
    return found


@lru_cache(maxsize=10_000)
def _divide(word: str, language: Language) -> tuple[str, ...] | None:
    """Return the pieces that a folded word is made of, the longest first; None where there are none."""
    folded = _folded_words(language)
    if word in folded:
        return (folded[word],)
    for end in range(len(word) - 1, 0, -1):
        first = folded.get(word[:end])
        rest = _divide(word[end:], language) if first else None
        if first and rest:
            return first, *rest
    return None


@cache
def _folded_words(language: Language) -> dict[str, str]:
    """Return the pieces of a language by how they may be typed."""
    known: dict[str, str] = {}
    for spelling, piece in [*zip(WORDS[language], WORDS[language], strict=True), *_ALSO[language].items()]:
        for typed in (fold(spelling), _transcribe(spelling)):
            known.setdefault(typed, piece)
    return known


def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _transcribe(text: str) -> str:
    """Return a text in small letters with ae, oe, ue for umlauts."""
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
    return fold(text.casefold().translate(table))
