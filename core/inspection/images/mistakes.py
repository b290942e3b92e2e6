"""Which held-out digits a shipped network reads wrong."""

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.images.datasets import ImageSet, held_out_digits
from core.models.zoo import load_shipped


def answers(name: str, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return what a shipped network answers to each of the pictures (N, 28, 28) in 0-255."""
    network = load_shipped(name).network
    batches = torch.from_numpy(images.copy()).unsqueeze(1).split(500)
    with torch.inference_mode():
        return torch.cat([network(batch / 255).argmax(1) for batch in batches]).numpy()


def misread(name: str) -> tuple[int, ...]:
    """Return the places in `core.data.images.datasets.held_out_digits()` that a shipped network gets wrong.

    Computed on first use and then kept, because 10,000 digits take seconds.
    """
    digits = held_out_digits()
    return _misread(name, digits.source, len(digits))


@lru_cache(maxsize=8)
def _misread(name: str, _source: str, _size: int) -> tuple[int, ...]:
    digits: ImageSet = held_out_digits()
    return tuple(int(place) for place in np.flatnonzero(answers(name, digits.images) != digits.labels))
