"""Training images, a batch at a time."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def plain_batches(
    images: NDArray[np.uint8], labels: NDArray[np.generic], batch_size: int
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Like `core.data.images.augmentation.distorted_batches`, but with the images as they are.
    """
    pictures, targets = torch.from_numpy(images.copy()), torch.from_numpy(labels.copy())
    steps = len(labels) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        order = torch.randperm(len(targets), generator=generator)[: steps * batch_size]
        for chosen in order.split(batch_size):
            yield pictures[chosen].unsqueeze(1) / 255, targets[chosen]

    return epoch, steps
