"""The English words that are known: how common each is, and which are never offered."""

import lzma
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.paths import ASSETS

WORDS = ASSETS / "words" / "words.tsv.xz"
"""The list that the app carries, made by `core.shipping.word_list`; its sources are in `assets/words/README.md`."""
LEAST = 1.0
"""The Zipf value of a word that `wordfreq` has never counted: one in 100 million."""
NEVER = "never offered"
"""Stands behind a word that is known and never offered as a correction."""


@dataclass(frozen=True, eq=False)
class WordList:
    """Words in the order of the alphabet, each with its Zipf value.

    Attributes:
        words: distinct, sorted.
        zipf: (N,) the logarithm, base 10, of how often each occurs in a billion words of English (van Heuven and
            others, "SUBTLEX-UK", 2014): 3 is rare, 5 common.
        never: those that are known but never offered: coarse words and slurs.
    """

    words: tuple[str, ...]
    zipf: NDArray[np.float32]
    never: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._place(word) is not None

    def zipf_of(self, word: str) -> float:
        """Return the Zipf value of a word, `LEAST` for one that is not in the list."""
        place = self._place(word)
        return LEAST if place is None else float(self.zipf[place])

    def frequency_bits(self, words: Iterable[str]) -> NDArray[np.float64]:
        """Return minus the logarithm, base 2, of the share of each word in English text, (N,)."""
        return (9 - np.array([self.zipf_of(word) for word in words], np.float64)) * np.log2(10)

    def knows(self, word: str) -> bool:
        """Return whether a word is in the list, or the one that it is the genitive of: ``teacher's``, ``teachers'``."""
        owner = word.removesuffix("'s") if word.endswith("'s") else word.removesuffix("'")
        return word in self or (owner != word and len(owner) > 1 and owner in self)

    def _place(self, word: str) -> int | None:
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None


def write_word_list(words: WordList, file: Path = WORDS) -> None:
    """Write a list: a word, a tab, its Zipf value, and perhaps a tab and `NEVER`."""
    lines = (
        f"{word}\t{zipf:.1f}" + (f"\t{NEVER}" if word in words.never else "") + "\n"
        for word, zipf in zip(words.words, words.zipf.tolist(), strict=True)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))


@cache
def shipped_words(file: Path = WORDS) -> WordList:
    """Return the words that the app carries; they are read once, when first asked for.

    Raises:
        OSError: the file is missing.
    """
    rows = [line.split("\t") for line in lzma.decompress(file.read_bytes()).decode().split("\n")[:-1]]
    return WordList(
        tuple(row[0] for row in rows),
        np.array([row[1] for row in rows], np.float32),
        frozenset(row[0] for row in rows if NEVER in row[2:]),
    )
