"""The letters that a network reads, as numbers; any text is brought to them as far as that goes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.data.text.punctuation import APOSTROPHES, DASHES
from core.data.text.tokens import clean

PADDING = 0
"""The number of no letter."""
_SPELLED = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
)


@dataclass(frozen=True)
class Spelled:
    """A text in the letters of an alphabet.

    Attributes:
        letters: what is left of it, in lower case, without accents.
        strange: characters that are no such letters, each once, in their order.
        changed: whether a letter was spelled otherwise, ``é`` as ``e``; capitals do not count.
    """

    letters: str
    strange: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True)
class Alphabet:
    """Letters with a number each, from 1 on.

    Attributes:
        letters: in the order of their numbers.
    """

    letters: str

    @property
    def size(self) -> int:
        """How many numbers there are, `PADDING` included."""
        return 1 + len(self.letters)

    def spell(self, text: str) -> Spelled:
        """Bring any text to the letters: lower case, no accents, ``ß`` as ``ss``, curly apostrophes straight."""
        shown = clean(text).lower()
        spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", shown).translate(_SPELLED))
        plain = [char for char in spelled if unicodedata.category(char) not in {"Mn", "Cf"}]
        strange = dict.fromkeys(char for char in plain if char not in self.letters)
        letters = " ".join("".join(char for char in plain if char in self.letters).split())
        return Spelled(letters, tuple(strange), any(char not in self.letters and char not in strange for char in shown))

    def encode(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the numbers of letters (N, T), filled up with `PADDING`; T is at least 1.

        Raises:
            ValueError: a letter is not of this alphabet.
        """
        encoded = np.full((len(words), max(1, max(map(len, words), default=0))), PADDING, np.int64)
        for row, word in enumerate(words):
            encoded[row, : len(word)] = [1 + self.letters.index(letter) for letter in word]
        return encoded
