"""Which test digits a shipped network reads wrong."""

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.images.datasets import sample_digits
from core.models.shipped import load_shipped


def answers(name: str, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return what a shipped network answers to each of the pictures (N, 28, 28) in 0-255."""
    network = load_shipped(name).network
    batches = torch.from_numpy(images.copy()).unsqueeze(1).split(500)
    with torch.inference_mode():
        return torch.cat([network(batch / 255).argmax(1) for batch in batches]).numpy()


@lru_cache(maxsize=1)
def misread() -> tuple[int, ...]:
    """Return the places of the test digits that the shipped CNN gets wrong.

    Only the sheet of samples is read: it holds every one of them (`core.shipping` writes it so),
    and all 10,000 digits would take seconds.
    """
    samples = sample_digits()
    wrong = np.flatnonzero(answers("digit-cnn", samples.images) != samples.labels)
    return tuple(samples.indices[wrong].tolist())
