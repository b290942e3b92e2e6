"""Batches of words as letters: each once an epoch, or drawn as often as it weighs."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

IGNORED = -100
"""The target beyond the end of a word."""


def letter_batches(
    letters: NDArray[np.int64],
    targets: NDArray[np.int64],
    lengths: NDArray[np.int64],
    batch_size: int,
    weights: NDArray[np.float64] | None = None,
    device: torch.device | None = None,
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches, and the batches in an epoch.

    What lies beyond the longest word of a batch is cut off.

    Args:
        letters: of all words (N, T).
        targets: a class for every word (N,), or a target for every letter (N, T).
        lengths: places of every word that are read (N,).
        batch_size: words a batch.
        weights: (N,) how often each word is drawn, relative to the others; without them every word comes once.
        device: where batches are put; where they come from otherwise.
    """
    read, wanted, ends = torch.from_numpy(letters), torch.from_numpy(targets), torch.from_numpy(lengths)
    steps = len(read) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        if weights is None:
            order = torch.randperm(len(read), generator=generator)[: steps * batch_size]
        else:
            order = torch.multinomial(torch.from_numpy(weights), steps * batch_size, True, generator=generator)
        for chosen in order.split(batch_size):
            longest = int(ends[chosen].max())
            answers = wanted[chosen] if wanted.dim() == 1 else wanted[chosen, :longest]
            yield read[chosen, :longest].to(device), answers.to(device)

    return epoch, steps


def next_letters(letters: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return what `NextLetter` reads of words, what it is to say, and how long both are.

    A word begins with 0 and ends with 0: (N, T + 1) each, beyond the end 0 and `IGNORED`.

    Args:
        letters: (N, T), filled up with 0.
    """
    lengths = (letters != 0).sum(1) + 1
    read = np.pad(letters, ((0, 0), (1, 0)))
    wanted = np.pad(letters, ((0, 0), (0, 1)))
    wanted[np.arange(wanted.shape[1]) >= lengths[:, None]] = IGNORED
    return read, wanted, lengths
