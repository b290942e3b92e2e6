"""Which pictures of a set are trained on: a subset, a part split off for validation, labels drawn at random.

All of it hangs on a seed alone, and every class gets its share.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.data.images.image_set import ImageSet


def choose(data: ImageSet, count: int | None, seed: int) -> ImageSet:
    """Return a random subset in which the classes have as many pictures each as can be.

    Of the same seed, a smaller subset lies within a larger one, so a curve over
    the number of pictures only ever adds some.

    Args:
        data: what to choose from.
        count: how many pictures; None, or more than there are, for all of them.
        seed: of the choice.

    Raises:
        ValueError: `count` is less than 1.
    """
    if count is None or count >= len(data):
        return data
    if count < 1:
        raise ValueError(f"At least 1 image has to be chosen, not {count}.")
    rank, turn = _ranks(data.labels, seed)
    places = np.sort(np.lexsort((turn, rank))[:count])  # the first of every class, the second of every class ...
    return data.at(places, f"{count:,} of {data.source}")


def split_off(data: ImageSet, count: int, seed: int) -> tuple[ImageSet, ImageSet]:
    """Return what is left for training and `count` pictures for validation; no picture is in both.

    The classes have the same shares in the validation part as in the whole, as
    nearly as whole pictures allow: places go to classes as seats go to parties
    by the method of Sainte-Laguë.

    Args:
        data: what to split.
        count: how many pictures go to validation.
        seed: of the choice.

    Raises:
        ValueError: `count` is negative, or leaves nothing to train on.
    """
    if not 0 <= count < len(data):
        raise ValueError(f"Of {len(data):,} images, 0 to {max(0, len(data) - 1):,} can be split off, not {count:,}.")
    rank, turn = _ranks(data.labels, seed)
    sizes = np.bincount(data.labels, minlength=len(data.classes))
    order = np.lexsort((turn, (rank + 0.5) / sizes[data.labels]))
    validation, training = np.sort(order[:count]), np.sort(order[count:])
    return (
        data.at(training, f"{len(training):,} of {data.source}"),
        data.at(validation, f"{len(validation):,} of {data.source}, kept for validation"),
    )


def random_labels(data: ImageSet, seed: int) -> ImageSet:
    """Return the same pictures with labels drawn at random, each class as likely as any other.

    Whoever learns these has learnt by heart (Zhang, Bengio, Hardt, Recht and
    Vinyals, "Understanding deep learning requires rethinking generalization", 2017).
    """
    labels = np.random.default_rng(seed).integers(len(data.classes), size=len(data), dtype=np.int64)
    return replace(data, labels=labels, source=f"{data.source}, labels drawn at random")


def _ranks(labels: NDArray[np.int64], seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each picture its place in the shuffled row of its class, from 0, and its class's place in the line."""
    draw = np.random.default_rng(seed)
    shuffled = draw.permutation(len(labels))
    rows = shuffled[np.argsort(labels[shuffled], kind="stable")]  # class after class, each in random order
    starts = np.searchsorted(labels[rows], labels[rows])
    rank = np.empty(len(labels), np.intp)
    rank[rows] = np.arange(len(labels)) - starts
    turns = draw.permutation(int(labels.max(initial=0)) + 1)
    return rank, turns[labels]
