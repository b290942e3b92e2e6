"""Training examples, a batch at a time: sentences of like length, passages of letters."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.like_length import batches_of_like_length


def sentence_batches(
    pieces: NDArray[np.int64],
    as_unknown: NDArray[np.int64],
    targets: NDArray[np.int64],
    batch_size: int,
    unknown: float,
    device: torch.device | None = None,
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Sentences of like length come together, and what lies beyond the longest of a batch is cut off.

    Args:
        pieces: of all words (N, T, P), filled up with 0.
        as_unknown: the same with every word read as an unknown one (N, T, P).
        targets: labels (N,), or a target for every word (N, T'), T' at least T.
        batch_size: sentences a batch.
        unknown: share of the words that are read as unknown ones, drawn anew in every epoch.
        device: where batches are put; where they come from otherwise.
    """
    known, strange, answers = torch.from_numpy(pieces), torch.from_numpy(as_unknown), torch.from_numpy(targets)
    lengths = (known[..., 0] != 0).sum(1)
    steps = len(known) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator):
            longest = int(lengths[chosen].max())
            drawn = torch.rand(len(chosen), longest, 1, generator=generator) < unknown
            words = torch.where(drawn, strange[chosen, :longest], known[chosen, :longest])
            wanted = answers[chosen] if answers.dim() == 1 else answers[chosen, : longest + 1]
            yield words.to(device), wanted.to(device)

    return epoch, steps


ROWS = 100
"""Rows of letters that are only looked at go through a network in batches of this size."""
LOOK = 200
"""Sentences that are only looked at go through a network in batches of this size."""


class Examples:
    """All sentences of a set, in order: call it for batches of pieces and targets.

    Args:
        pieces: of all words (N, T, P), or numbers of letters (N, T).
        targets: (N, ...).
        device: where batches are put.
    """

    def __init__(self, pieces: NDArray[np.int64], targets: NDArray[np.int64], device: torch.device) -> None:
        self.pieces, self.targets = torch.from_numpy(pieces).to(device), torch.from_numpy(targets).to(device)

    def __call__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches."""
        yield from zip(self.pieces.split(LOOK), self.targets.split(LOOK), strict=True)


def passage_batches(
    letters: NDArray[np.int64], length: int, batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Every epoch cuts the text into passages at other places, so that no letter always begins one.

    Args:
        letters: the numbers of a whole text (N,).
        length: letters a passage; what follows each of them is the target, so a batch is two tensors (B, length).
        batch_size: passages a batch.
        device: where batches are put; where they come from otherwise.
    """
    text = torch.from_numpy(letters)
    passages = (len(text) - length) // length  # whatever the shift, which is less than a passage
    steps = passages // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        shift = int(torch.randint(length, (1,), generator=generator))
        begins = torch.randperm(passages, generator=generator)[: steps * batch_size] * length + shift
        for chosen in begins.split(batch_size):
            windows = text[chosen[:, None] + torch.arange(length + 1)]
            yield windows[:, :-1].to(device), windows[:, 1:].to(device)

    return epoch, steps


def passage_rows(
    letters: NDArray[np.int64], start: int, length: int, device: torch.device | None = None
) -> tuple[tuple[Tensor, Tensor], ...]:
    """Return all letters as batches of what is read and of what comes, each (B, T); every letter comes once.

    Args:
        letters: the numbers of a whole text (N,), at least one.
        start: what is read before the first.
        length: letters a row; what is left over is a batch of its own.
        device: where batches are put; where they come from otherwise.
    """
    wanted = torch.from_numpy(letters).to(device)
    read = torch.cat([wanted.new_tensor([start]), wanted[:-1]])
    return tuple(zip(_rows(read, length), _rows(wanted, length), strict=True))


def _rows(letters: Tensor, length: int) -> list[Tensor]:
    whole = len(letters) // length * length
    rest = [letters[None, whole:]] if whole < len(letters) else []
    return [*letters[:whole].view(-1, length).split(ROWS), *rest] if whole else rest
