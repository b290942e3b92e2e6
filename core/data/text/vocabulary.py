"""Words as numbers: known words have a number each, unknown ones are put together from groups of their letters."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.paths import ASSETS

FILE = ASSETS / "weights" / "vocabulary.txt"

PADDING, UNKNOWN, FIRST = 0, 1, 2
"""The numbers of nothing, of any unknown word, and of the first word of the list."""
GROUPS = 2048
"""Groups of letters share so many numbers: two groups may have the same one (Weinberger and others, 2009)."""
MOST_PIECES = 12
"""Numbers an unknown word is put together from, at most."""


@dataclass(frozen=True)
class Vocabulary:
    """The words that have a vector of their own, the most frequent first.

    Attributes:
        words: in the order of their numbers.
    """

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {word: FIRST + place for place, word in enumerate(self.words)})

    @property
    def size(self) -> int:
        """How many numbers there are, those of nothing, of unknown words and of groups of letters included."""
        return FIRST + len(self.words) + GROUPS

    def __contains__(self, word: object) -> bool:
        return word in self._numbers  # type: ignore[attr-defined]

    def begins(self, beginning: str) -> bool:
        """Whether a known word begins so."""
        return any(word.startswith(beginning) for word in self.words)

    def number(self, word: str) -> int:
        """Return the number of a word, `UNKNOWN` where it has none."""
        numbers: dict[str, int] = self._numbers  # type: ignore[attr-defined]
        return numbers.get(word, UNKNOWN)

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the numbers whose vectors a word is the mean of: its own, or `UNKNOWN` and its groups of letters."""
        number = self.number(word)
        if number != UNKNOWN:
            return (number,)
        return (UNKNOWN, *self.groups(word))

    def groups(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's groups of three and four letters, its borders included.

        Bojanowski, Grave, Joulin and Mikolov, "Enriching word vectors with subword information", 2017.
        """
        framed = f"<{word}>"
        found = dict.fromkeys(framed[at : at + n] for n in (4, 3) for at in range(len(framed) - n + 1))
        first = FIRST + len(self.words)
        return tuple(first + zlib.crc32(group.encode()) % GROUPS for group in found)[: MOST_PIECES - 1]

    def encode(self, sentences: Sequence[Sequence[str]], *, as_unknown: bool = False) -> NDArray[np.int64]:
        """Return the pieces of all words (N, T, MOST_PIECES), filled up with `PADDING`; T is at least 1.

        Args:
            sentences: the words of each.
            as_unknown: read every word as if it were not known.
        """
        longest = max((len(words) for words in sentences), default=0)
        encoded = np.full((len(sentences), max(1, longest), MOST_PIECES), PADDING, np.int64)
        known: dict[str, tuple[int, ...]] = {}
        for row, words in enumerate(sentences):
            for place, word in enumerate(words):
                if word not in known:
                    known[word] = (UNKNOWN, *self.groups(word)) if as_unknown else self.pieces(word)
                encoded[row, place, : len(known[word])] = known[word]
        return encoded

    def numbers(self, sentences: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """Return the number of every word (N, T), filled up with `PADDING`; T is at least 1."""
        return self.encode(sentences)[:, :, 0]


def collect(sentences: Iterable[Sequence[str]], at_least: int) -> Vocabulary:
    """Return the words that occur `at_least` so many times, the most frequent first, equals by the alphabet."""
    counts = Counter(word for words in sentences for word in words)
    chosen = [word for word, count in counts.items() if count >= at_least]
    return Vocabulary(tuple(sorted(chosen, key=lambda word: (-counts[word], word))))


def write_vocabulary(vocabulary: Vocabulary, file: Path = FILE) -> None:
    """Write one word a line."""
    file.write_text("".join(f"{word}\n" for word in vocabulary.words), encoding="utf-8", newline="\n")


@cache
def shipped_vocabulary(file: Path = FILE) -> Vocabulary:
    """Return the vocabulary that the shipped networks were trained with.

    Raises:
        OSError: the file is missing.
    """
    return Vocabulary(tuple(file.read_text(encoding="utf-8").split("\n")[:-1]))
