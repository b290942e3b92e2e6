"""Two sentences beside each other: what they have in common, and where their readings part."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection.text.reading import CELLS, OTHER_READERS, read, verdict
from core.models.cells import Cell
from core.wording import is_word


@dataclass(frozen=True)
class WordCounts:
    """How often every word occurs in two sentences, words in the order in which they first come.

    Attributes:
        words: all words of both.
        first: (words,) how often each is in the first sentence.
        second: (words,) how often in the second.
    """

    words: tuple[str, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def same(self) -> bool:
        """Whether both sentences have the same words as often, so that counting cannot tell them apart."""
        return self.first == self.second

    @property
    def same_but_signs(self) -> bool:
        """Whether only commas and other signs differ, which readers count as words of their own."""
        rows = zip(self.words, self.first, self.second, strict=True)
        return not self.same and all(one == other for word, one, other in rows if is_word(word))


def count_words(first: tuple[str, ...], second: tuple[str, ...]) -> WordCounts:
    """Count the words of two sentences."""
    one, other = Counter(first), Counter(second)
    words = tuple(dict.fromkeys(first + second))
    return WordCounts(words, tuple(one[word] for word in words), tuple(other[word] for word in words))


def state_difference(cell: Cell, first: tuple[str, ...], second: tuple[str, ...]) -> NDArray[np.float32]:
    """Return the second sentence's states minus the first's, word by word (hidden_size, T); T words both have."""
    together = min(len(first), len(second))
    apart = read(cell, second).states[1 : together + 1] - read(cell, first).states[1 : together + 1]
    return apart.T


def verdicts_by_network(words: tuple[str, ...]) -> dict[str, float]:
    """Return the probability of "positive" that every network gives to a sentence, by the network's name."""
    memory = {f"sentence-{cell}": float(read(cell, words).verdicts[-1]) for cell in CELLS}
    return memory | {name: verdict(name, words) for name in OTHER_READERS}
