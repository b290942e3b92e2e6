"""Batches of examples of like length: little of a batch is filling."""

from collections.abc import Iterator

import torch
from torch import Tensor

_NEIGHBOURS = 20  # batches within which examples are sorted by length


def batches_of_like_length(
    lengths: Tensor, batch_size: int, generator: torch.Generator, *, stable: bool = False
) -> Iterator[Tensor]:
    """Yield the places (batch_size,) of the examples of every batch of one epoch, in a new order.

    What is left over at the end of an epoch is skipped.

    Args:
        lengths: of all examples (N,).
        batch_size: examples in a batch.
        generator: draws the order.
        stable: whether examples of one length keep the order that was drawn.
    """
    steps = len(lengths) // batch_size
    order = torch.randperm(len(lengths), generator=generator)[: steps * batch_size]
    alike = [some[lengths[some].argsort(stable=stable)] for some in order.split(_NEIGHBOURS * batch_size)]
    batches = torch.cat(alike).split(batch_size)
    for at in torch.randperm(steps, generator=generator).tolist():
        yield batches[at]
