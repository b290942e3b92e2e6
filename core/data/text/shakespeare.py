"""Shakespeare's plays letter by letter: the text that networks learn to write from, and how anything typed is read.

The text is Karpathy's "tinyshakespeare", 1.1 million characters of 65 kinds.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import regex
from numpy.typing import NDArray

from core.data.sources import NotHere, folder_of
from core.data.text.punctuation import APOSTROPHES, QUOTES
from core.data.text.tokens import shows

NAME = "tinyshakespeare"
"""The folder of the text, as `core.data.sources` knows it."""
ALPHABET = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""Every character of the text; its place here is its number."""
START = ALPHABET.index("\n")
"""What is read before the first letter: the end of a line."""
BLANK = " "

MOST_LETTERS = 400
"""What is read of a text; the rest is cut off."""

Part = Literal["train", "validation", "test"]
PARTS: dict[Part, tuple[float, float]] = {"train": (0.0, 0.85), "validation": (0.85, 0.9), "test": (0.9, 1.0)}
"""The shares of the text that are trained on, that recipes are chosen by, and that are scored once."""

_LIKE = {
    **dict.fromkeys(APOSTROPHES + QUOTES + '"\u201a\u00ab\u00bb', "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212_~", "-"),
    **dict.fromkeys("()[]{}<>/|\\", ","),
    **dict.fromkeys("0123456789", "3"),
    **{"\u2026": ".", "\u00bf": "?", "\u00a1": "!", "+": "&", "@": "a", "\u20ac": "$", "\u00a3": "$"},
    **{"\u00e6": "a", "\u00c6": "A", "\u0153": "o", "\u0152": "O", "\u00f8": "o", "\u00d8": "O", "\u0142": "l"},
    **{"\u0141": "L", "\u00df": "s", "\u0131": "i", "\u00f0": "d", "\u00fe": "t"},
}
# A line may end with \r\n, which is one character as people see it.
_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")


@dataclass(frozen=True)
class Letter:
    """A character as somebody typed it, and as a network reads it: one of `ALPHABET`."""

    shown: str
    read: str

    @property
    def strange(self) -> bool:
        """Whether it is read as another one."""
        return self.shown != self.read


@dataclass(frozen=True)
class Letters:
    """A text as it is read letter by letter.

    Attributes:
        letters: its characters as people see them; an emoji is one.
        cut: whether there was more than is read.
    """

    letters: tuple[Letter, ...]
    cut: bool = False

    @property
    def text(self) -> str:
        """What the networks read, all of it from `ALPHABET`."""
        return "".join(letter.read for letter in self.letters)

    @property
    def replaced(self) -> tuple[Letter, ...]:
        """What is read as something else, each once, in the order in which it was typed."""
        return tuple(dict.fromkeys(letter for letter in self.letters if letter.strange))


def read_letters(text: str, most: int = MOST_LETTERS) -> Letters:
    """Return any text as letters of the alphabet; what cannot be shown (control characters) is left out.

    What the plays do not have is read as what comes near it: accents are left
    off, every digit is 3, the only one there is, a curly or double quotation
    mark is an apostrophe, a bracket a comma, and anything else a blank.

    Args:
        text: untrusted.
        most: what comes after that many letters is left out.
    """
    found: list[Letter] = []
    bound = 8 * most  # characters that are looked at: one letter may be several, but not any number of them
    for cluster in regex.findall(r"\X", unicodedata.normalize("NFC", text[:bound])):
        letter = _letter(cluster)
        if letter is None:
            continue
        if len(found) == most:
            return Letters(tuple(found), True)
        found.append(letter)
    return Letters(tuple(found), len(text) > bound)


def _letter(cluster: str) -> Letter | None:
    """Return one character as people see it with what it is read as, or None where nothing is seen."""
    if cluster in ALPHABET:
        return Letter(cluster, cluster)
    if cluster[0] in _BREAKS:
        return Letter("\n", "\n")
    if cluster[0].isspace():
        return Letter(BLANK, BLANK)
    seen = "".join(char for char in cluster if shows(char))[:16]
    return Letter(seen, _like(seen)) if seen else None


def _like(seen: str) -> str:
    for char in (seen[0], *unicodedata.normalize("NFKD", seen[0])):
        if char in ALPHABET:
            return char
        if char in _LIKE:
            return _LIKE[char]
    return BLANK


def encode(text: str) -> NDArray[np.int64]:
    """Return the number of every letter (T,).

    Raises:
        KeyError: there is a character outside the alphabet.
    """
    return np.array([_NUMBERS[letter] for letter in text], np.int64)


_NUMBERS = {letter: number for number, letter in enumerate(ALPHABET)}


def decode(numbers: NDArray[np.integer]) -> str:
    """Return the letters with these numbers as a text."""
    return "".join(ALPHABET[number] for number in numbers.tolist())


@cache
def plays() -> str:
    """Return the whole text.

    Raises:
        NotHere: it has not been downloaded, or its file is damaged.
    """
    folder = folder_of(NAME)
    if folder is None:
        raise NotHere("The text of Shakespeare's plays has not been downloaded yet.")
    try:
        text = (folder / "input.txt").read_text(encoding="ascii")
    except (OSError, ValueError):
        raise NotHere("The file with Shakespeare's plays cannot be read.") from None
    if not set(text) <= set(ALPHABET):
        raise NotHere("The file with Shakespeare's plays is not the text that the networks know.")
    return text


def part(name: Part) -> str:
    """Return the text that is trained on, validated with or tested on.

    Raises:
        NotHere: see `plays`.
    """
    text = plays()
    first, stop = (round(share * len(text)) for share in PARTS[name])
    return text[first:stop]


def describe(name: Part) -> str:
    """Return in words what a part of the text is, its length included."""
    first, stop = PARTS[name]
    where = {"train": f"the first {stop:.0%}", "validation": f"{first:.0%} to {stop:.0%}", "test": "the last tenth"}
    return f"tinyshakespeare, {where[name]} ({len(part(name)):,} letters)"
