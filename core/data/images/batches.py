"""Training images, a batch at a time."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Distortion = Callable[[Tensor, torch.Generator], Tensor]
"""(images (B, 1, H, W) in 0-1, generator) -> images of the same shape."""


def image_batches(
    images: NDArray[np.uint8],
    labels: NDArray[np.generic],
    batch_size: int,
    distortion: Distortion | None = None,
    device: torch.device | None = None,
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    A batch is images (B, 1, H, W) in 0-1 and labels (B,). What is left over at the end of an epoch is skipped.

    Args:
        images: (N, H, W) in 0-255.
        labels: (N,).
        batch_size: images in a batch.
        distortion: of the images, anew in every epoch; None leaves them as they are.
        device: where they lie, all of them.
    """
    pictures, targets = to_tensors(images, labels, device)
    steps = len(labels) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        order = torch.randperm(len(targets), generator=generator)[: steps * batch_size].to(targets.device)
        for chosen in order.split(batch_size):
            batch = pictures[chosen] / 255
            yield distortion(batch, generator) if distortion else batch, targets[chosen]

    return epoch, steps


def to_tensors(
    images: NDArray[np.uint8], labels: NDArray[np.generic], device: torch.device | None = None
) -> tuple[Tensor, Tensor]:
    """Return images (N, 1, H, W), still bytes, and labels (N,) on a device."""
    pictures = torch.from_numpy(images.copy()).unsqueeze(1)
    return pictures.to(device), torch.from_numpy(labels.copy()).to(device)
