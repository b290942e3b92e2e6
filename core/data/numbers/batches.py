"""Lines of digits in batches of like length."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.like_length import batches_of_like_length
from core.data.numbers.line import DIGITS

PADDING = -1.0
"""What fills a batch up beyond the end of a line (`core.models.numbers`)."""
NO_DIGIT = -1
"""What fills targets up beyond their last digit."""
LOOK = 100
"""Lines that are only looked at go through a network in batches of this size."""

Lines = Sequence[NDArray[np.uint8]]


def padded(lines: Lines) -> Tensor:
    """Return lines (HEIGHT, W) in 0-255 as one tensor (B, HEIGHT, widest W) in 0-1, filled up with `PADDING`."""
    batch = torch.full((len(lines), lines[0].shape[0], max(line.shape[1] for line in lines)), PADDING)
    for row, line in zip(batch, lines, strict=True):
        row[:, : line.shape[1]] = torch.from_numpy(line) / 255
    return batch


def digits_of(targets: Sequence[Sequence[int]]) -> Tensor:
    """Return the digits of lines as one tensor (B, most digits), filled up with `NO_DIGIT`."""
    rows = torch.full((len(targets), max(DIGITS, *map(len, targets))), NO_DIGIT)
    for row, digits in zip(rows, targets, strict=True):
        row[: len(digits)] = torch.tensor(digits, dtype=rows.dtype)
    return rows


def line_batches(
    lines: Lines, targets: Sequence[Sequence[int]], batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    A batch is lines (B, HEIGHT, W) and digits (B, most digits); lines of like length come together.
    """
    lengths = torch.tensor([line.shape[1] for line in lines])
    digits = digits_of(targets)

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator):
            yield padded([lines[one] for one in chosen.tolist()]).to(device), digits[chosen].to(device)

    return epoch, len(lines) // batch_size


class NumberLines:
    """Lines in order, to look at: call it for batches of lines and digits.

    Args:
        lines: (HEIGHT, W) in 0-255.
        targets: the digits of each.
        device: where batches are put.
    """

    def __init__(self, lines: Lines, targets: Sequence[Sequence[int]], device: torch.device) -> None:
        self.batches = [
            (padded(lines[at : at + LOOK]).to(device), digits_of(targets[at : at + LOOK]).to(device))
            for at in range(0, len(lines), LOOK)
        ]

    def __call__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches."""
        yield from self.batches
