"""Sentences of any length: how long a recurrent network reads, with the same weights for every word."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from statistics import median

import torch
from torch import Tensor

from core.inspection.text.reading import CELLS, count_parameters, encode, reader
from core.models.cells import Cell

LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200)
"""Words of the sentences that are timed."""


@dataclass(frozen=True)
class ReaderSize:
    """What a network brings to every sentence, whatever its length.

    Attributes:
        parameters: numbers in the recurrent layer and in the layer behind it.
        state: numbers that are handed on from word to word: h, and for the LSTM c as well.
    """

    parameters: int
    state: int


@dataclass(frozen=True)
class ReadingTimes:
    """How long the three networks read.

    Attributes:
        lengths: words of the sentences.
        milliseconds: by cell, the median for each of these.
        repeats: how often each was read.
        seconds: what all of it took.
    """

    lengths: tuple[int, ...]
    milliseconds: dict[Cell, tuple[float, ...]]
    repeats: int
    seconds: float


def repeat_to_length(words: tuple[str, ...], length: int) -> tuple[str, ...]:
    """Return a sentence cut, or said again and again, until it has `length` words.

    Raises:
        ValueError: there are no words to say.
    """
    if not words:
        raise ValueError("A sentence without words cannot be stretched.")
    return (words * -(-length // len(words)))[:length]


@cache
def reader_size(cell: Cell) -> ReaderSize:
    """Return the size of a network's weights and of its state; neither knows how long a sentence is."""
    hidden = reader(cell).recurrent.hidden_size
    return ReaderSize(count_parameters(cell), 2 * hidden if cell == "lstm" else hidden)


def measure_times(
    words: tuple[str, ...],
    lengths: tuple[int, ...] = LENGTHS,
    repeats: int = 7,
    budget: float = 0.3,
    clock: Callable[[], float] = time.perf_counter,
) -> ReadingTimes:
    """Time PyTorch's own layers and the layer behind them on the CPU, from word vectors to logits.

    Networks and lengths take turns, so that something else on this machine
    disturbs all alike; before every reading that is timed there is one to warm up.

    Args:
        words: of the sentence, which is said again or cut; at least one.
        lengths: words of the sentences that are read.
        repeats: how often each is read.
        budget: seconds after which no further round begins; on a busy machine fewer readings have to do.
        clock: seconds.
    """
    taken: dict[tuple[Cell, int], list[float]] = {(cell, length): [] for cell in CELLS for length in lengths}
    with torch.inference_mode():
        vectors = {
            (cell, length): reader(cell).words(encode(repeat_to_length(words, length)))
            for cell in CELLS
            for length in lengths
        }
        begun = clock()
        done = 0
        while done < repeats and (not done or clock() - begun < budget):
            done += 1
            for (cell, length), times in taken.items():
                _read(cell, vectors[cell, length])
                before = clock()
                _read(cell, vectors[cell, length])
                times.append(1000 * (clock() - before))
    found = {cell: tuple(median(taken[cell, length]) for length in lengths) for cell in CELLS}
    return ReadingTimes(lengths, found, done, clock() - begun)


def _read(cell: Cell, vectors: Tensor) -> Tensor:
    """Read vectors (1, T, width); return logits (1, 2)."""
    network = reader(cell)
    states, _ = network.recurrent(vectors)
    return network.dense(states[:, -1])
