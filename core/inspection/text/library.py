"""The states that a network goes through while it reads a whole library of sentences."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.text.corpora import Corpus, library
from core.data.text.vocabulary import shipped_vocabulary
from core.inspection.text.reading import reader
from core.models.cells import Cell

_BATCH = 200  # sentences that are read at once


@dataclass(frozen=True)
class LibraryReading:
    """What a network's state was after each of W words of a library of N sentences.

    Attributes:
        corpus: the sentences.
        words: all words, sentence after sentence (W).
        sentence: the number of each word's sentence (W,).
        position: its place in it, from 0 (W,).
        states: the state after it (W, hidden_size).
        verdicts: the probability of "positive" after it (W,).
    """

    corpus: Corpus
    words: tuple[str, ...]
    sentence: NDArray[np.int64]
    position: NDArray[np.int64]
    states: NDArray[np.float32]
    verdicts: NDArray[np.float32]


def forget_library() -> None:
    """Forget the library and what was read of it, because more sentences have come to hand."""
    library.cache_clear()
    read_library.cache_clear()


@cache
def read_library(cell: Cell) -> LibraryReading:
    """Let a shipped network read `core.data.text.corpora.library`, once per process."""
    corpus, network = library(), reader(cell)
    lengths = np.array([len(words) for words in corpus.sentences])
    order = np.argsort(lengths, kind="stable")  # sentences of like length are read together
    states: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(corpus)
    with torch.inference_mode():
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            pieces = torch.from_numpy(shipped_vocabulary().encode([corpus.sentences[at] for at in chosen]))
            found, _ = network.recurrent(network.words(pieces))
            for row, at in enumerate(chosen):
                states[at] = found[row, : lengths[at]].numpy()
        everything = np.concatenate(states)
        verdicts = network.dense(torch.from_numpy(everything)).softmax(1)[:, 1].numpy()
    return LibraryReading(
        corpus,
        tuple(word for words in corpus.sentences for word in words),
        np.repeat(np.arange(len(corpus)), lengths),
        np.concatenate([np.arange(length) for length in lengths]),
        everything,
        verdicts,
    )
