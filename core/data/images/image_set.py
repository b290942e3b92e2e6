"""Labelled pictures: what every set of images looks like, wherever it comes from."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Split = Literal["train", "test"]

DIGITS = tuple("0123456789")
"""The classes of MNIST."""


@dataclass(frozen=True)
class ImageSet:
    """Labelled pictures.

    Attributes:
        images: (N, 28, 28) in 0-255, ink light.
        labels: (N,) places in `classes`.
        indices: (N,) the place of each in the published order of its set, -1 where it is not known.
        source: a sentence that names where they come from.
        held_out: whether they are kept from training: no network, shipped or trained here, has learnt from them.
        classes: the names of the classes, as text.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    indices: NDArray[np.int64]
    source: str
    held_out: bool
    classes: tuple[str, ...] = DIGITS

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, places: NDArray[np.intp], source: str) -> "ImageSet":
        """Return the pictures at these places, in this order, under a sentence that says which they are."""
        return replace(
            self, images=self.images[places], labels=self.labels[places], indices=self.indices[places], source=source
        )

    def spread(self, count: int) -> "ImageSet":
        """Return at most `count` of the pictures, spread evenly over all there are."""
        step = max(1, len(self) // max(1, count))
        return self.at(np.arange(0, len(self), step)[:count], self.source)
