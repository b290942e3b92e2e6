"""Little pictures of stripes, lying and standing: a data set of one's own on which a run takes a moment."""

from dataclasses import replace

import numpy as np

from core.data.images.image_set import ImageSet
from core.data.images.own_sets import OWN, OwnSet, store_own
from core.models.images.design import MLP
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.tasks.images import ImageTask


def stripes(count: int, seed: int) -> ImageSet:
    draw = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    images = np.zeros((count, 28, 28), np.uint8)
    for image, label, place in zip(images, labels, draw.integers(0, 28, count), strict=True):
        (image if label else image.T)[place] = 255
    return ImageSet(images, labels, np.full(count, -1), "stripes", False, ("standing", "lying"))


def store_stripes() -> str:
    """Keep the stripes under ``PLAYGROUND_HOME`` and return their name."""
    return OWN + store_own(OwnSet(stripes(240, 0), stripes(60, 1), inverted=False), "stripes")


def store_uneven() -> str:
    """Keep stripes of which one in ten lies under ``PLAYGROUND_HOME``, and return their name."""
    parts = []
    for count, seed in ((400, 0), (100, 1)):
        both = stripes(count, seed)
        kept = np.flatnonzero((both.labels == 0) | (np.arange(count) % 18 == 1))
        parts.append(replace(both, images=both.images[kept], labels=both.labels[kept], indices=both.indices[kept]))
    return OWN + store_own(OwnSet(*parts, inverted=False), "uneven stripes")


def short_run(data: str) -> TrainConfig:
    """Return a run of 40 updates, in less than a second."""
    return TrainConfig(
        title="stripes",
        task=ImageTask(data=data, validation_images=40, network=MLP(hidden=(16,))),
        training=Training(batch_size=20, epochs=4, learning_rate=0.01, seed=3),
    )
