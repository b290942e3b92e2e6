"""Labelled images by name: MNIST, which comes with the app, other published sets, and people's own."""

import gzip
import lzma
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.images.image_set import DIGITS, ImageSet, Split
from core.data.images.own_sets import OWN, is_stored, load_own, own_sets
from core.data.sources import PUBLISHED, NotHere, folder_of
from core.paths import ASSETS

SAMPLES = ASSETS / "samples"
MNIST = ASSETS / "mnist"
"""MNIST's four files, packed with xz."""

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

    MNIST comes with the app. Other published sets come from ``PLAYGROUND_DATA``, or as
    downloaded into ``PLAYGROUND_HOME``.

    Args:
        name: one of `core.data.sources.PUBLISHED`, or ``own:`` and the id of an own data set.
        split: ``"train"`` or ``"test"``.

    Raises:
        NotHere: there is no such data set, it has not been downloaded, or its files are damaged.
    """
    if name.startswith(OWN):
        return load_own(name.removeprefix(OWN), split)
    return _published(name, _folder(name), split)


def count_images(name: str, split: Split) -> tuple[int, str]:
    """Return how many images a part of a data set has, and where they are from, without unpacking the images.

    Raises:
        NotHere: there is no such data set, it has not been downloaded, or its labels are damaged.
    """
    if name.startswith(OWN):
        part = load_own(name.removeprefix(OWN), split)
        return len(part), part.source
    count = len(_labels(name, _folder(name), split))
    return count, _source(name, split, count)


def _folder(name: str) -> Path:
    if name not in PUBLISHED:
        raise NotHere(f"There is no data set called {name!r}.")
    folder = MNIST if name == "mnist" else folder_of(name)
    if folder is None:
        raise NotHere(f"{PUBLISHED[name].title} has not been downloaded yet.")
    return folder


def is_here(name: str) -> bool:
    """Return whether `load_images` can give this set without a download."""
    if name.startswith(OWN):
        return is_stored(name.removeprefix(OWN))
    return name == "mnist" or (name in PUBLISHED and folder_of(name) is not None)


def title_of(name: str) -> str:
    """Return what people call a data set: its published title, or the one that its owner gave."""
    if name in PUBLISHED:
        return PUBLISHED[name].title
    card = next((card for card in own_sets() if card.name == name), None)
    return f"own pictures “{card.title}”" if card else "own pictures that are not here any more"


def digits(split: Split) -> ImageSet:
    """Return MNIST's training or test digits."""
    return load_images("mnist", split)


def held_out_digits() -> ImageSet:
    """Return digits that no shipped network was trained on: MNIST's test part."""
    return digits("test")


@lru_cache(maxsize=1)
def sample_digits() -> ImageSet:
    """Return the sheet of MNIST test digits that comes with the playground (`assets/samples`)."""
    with np.load(SAMPLES / "digits.npz", allow_pickle=False) as sheet:
        images, labels, indices = sheet["images"], sheet["labels"].astype(np.int64), sheet["indices"].astype(np.int64)
    return ImageSet(images, labels, indices, f"{len(labels)} of MNIST's test digits that come with this app", True)


@lru_cache(maxsize=len(PUBLISHED) * 2)
def _published(name: str, folder: Path, split: Split) -> ImageSet:
    labels = _labels(name, folder, split)
    images = _read(name, folder, f"{_IDX[split]}-images-idx3-ubyte")
    if images.shape != (len(labels), 28, 28) or labels.max(initial=0) >= len(CLASSES[name]):
        title = PUBLISHED[name].title
        raise NotHere(f"The files of {title} on this machine do not belong together; remove them and get them again.")
    source = _source(name, split, len(labels))
    return ImageSet(images, labels, np.arange(len(labels)), source, split == "test", CLASSES[name])


@lru_cache(maxsize=len(PUBLISHED) * 2)
def _labels(name: str, folder: Path, split: Split) -> NDArray[np.int64]:
    return _read(name, folder, f"{_IDX[split]}-labels-idx1-ubyte").astype(np.int64)


def _source(name: str, split: Split, count: int) -> str:
    part, kind = "test" if split == "test" else "training", "digits" if name == "mnist" else "images"
    return f"{PUBLISHED[name].title}, all {count:,} {part} {kind}"


def _read(name: str, folder: Path, file: str) -> NDArray[np.uint8]:
    try:
        return read_idx(folder / f"{file}{'.xz' if folder == MNIST else '.gz'}")
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        title = PUBLISHED[name].title
        raise NotHere(f"The files of {title} on this machine are damaged; remove them and get them again.") from None


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Return the array in an IDX file of bytes, the format in which MNIST is published, packed as ``.gz`` or ``.xz``.

    Raises:
        ValueError: not an IDX file of unsigned bytes, or cut short.
    """
    packed = path.read_bytes()
    data = lzma.decompress(packed) if path.suffix == ".xz" else gzip.decompress(packed)
    if data[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path.name} is not an IDX file of bytes.")
    shape = np.frombuffer(data, ">i4", count=data[3], offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(tuple(shape))
