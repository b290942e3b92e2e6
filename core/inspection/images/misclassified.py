"""Which test digits a shipped network reads wrong."""

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.images.datasets import sample_digits
from core.inspection.images.forward import batch_probabilities
from core.models.shipped import load_shipped


def predicted_labels(name: str, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the class that a shipped network gives to each of the pictures (N, 28, 28) in 0-255."""
    pictures = torch.from_numpy(images.copy()) / 255
    return batch_probabilities(load_shipped(name).network, pictures).argmax(1).numpy()


@lru_cache(maxsize=1)
def misclassified() -> tuple[int, ...]:
    """Return the places of the test digits that the shipped CNN gets wrong.

    Only the sheet of samples is read: it holds every one of them (`core.shipping` writes it so),
    and all 10,000 digits would take seconds.
    """
    samples = sample_digits()
    wrong = np.flatnonzero(predicted_labels("digit-cnn", samples.images) != samples.labels)
    return tuple(samples.indices[wrong].tolist())
