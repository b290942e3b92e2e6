import gzip
import hashlib
import lzma
from pathlib import Path

import numpy as np
import pytest
import torchvision.datasets
from numpy.typing import NDArray

from core.data.images import datasets as images_module
from core.data.images.datasets import (
    CLASSES,
    MNIST,
    digits,
    held_out_digits,
    is_here,
    load_images,
    read_idx,
    sample_digits,
)
from core.data.images.image_set import DIGITS
from core.data.sources import FILES, PUBLISHED, NotHere


@pytest.fixture
def nothing_at_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return tmp_path


def test_idx_files_are_read(tmp_path: Path) -> None:
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    header = b"\0\0\x08\x03" + np.array(array.shape, ">i4").tobytes()
    (tmp_path / "a.gz").write_bytes(gzip.compress(header + array.tobytes()))
    assert np.array_equal(read_idx(tmp_path / "a.gz"), array)
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"no idx"))
    with pytest.raises(ValueError, match="IDX"):
        read_idx(tmp_path / "b.gz")


def test_mnist_comes_with_the_app(nothing_at_hand: Path) -> None:
    train, test = digits("train"), digits("test")
    assert (len(train), len(test)) == (60_000, 10_000)
    assert is_here("mnist")
    assert test.classes == DIGITS
    assert held_out_digits() is test
    sha256 = {
        "train": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "t10k": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    }
    for part, expected in sha256.items():  # of the files as published, uncompressed
        published = lzma.decompress((MNIST / f"{part}-images-idx3-ubyte.xz").read_bytes())
        assert hashlib.sha256(published).hexdigest() == expected


@pytest.mark.parametrize(
    "name", ["fashion-mnist", "kmnist", "cifar", "../mnist", "own:../../x", "own:0123456789abcdef"]
)
def test_what_is_not_here_is_said_so(nothing_at_hand: Path, name: str) -> None:
    assert not is_here(name)
    with pytest.raises(NotHere, match=r"^(There is no|Fashion-MNIST has not|Kuzushiji-MNIST has not)"):
        load_images(name, "train")


def lay(home: Path, name: str, images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Path:
    """Lay a tiny set where a download would have laid it."""
    folder = home / "data" / name / PUBLISHED[name].dataset / "raw"
    folder.mkdir(parents=True)
    for file in FILES:
        array = images if "images" in file else labels
        header = b"\0\0\x08" + bytes([array.ndim]) + np.array(array.shape, ">i4").tobytes()
        (folder / file).write_bytes(gzip.compress(header + array.tobytes()))
    return folder


@pytest.mark.parametrize("name", ["fashion-mnist", "kmnist"])
def test_a_published_set_is_read_with_its_classes(nothing_at_hand: Path, name: str) -> None:
    images = np.arange(3 * 784, dtype=np.uint32).reshape(3, 28, 28).astype(np.uint8)
    folder = lay(nothing_at_hand, name, images, np.array([9, 0, 4], np.uint8))
    assert is_here(name)
    test = load_images(name, "test")
    assert np.array_equal(test.images, images)
    assert [test.classes[label] for label in test.labels] == [CLASSES[name][place] for place in (9, 0, 4)]
    assert test.held_out
    assert not load_images(name, "train").held_out
    assert PUBLISHED[name].title in test.source
    images_module._published.cache_clear()
    for damage in (b"damaged", gzip.compress(b"damaged"), (folder / FILES[2]).read_bytes()[:-40]):
        (folder / FILES[2]).write_bytes(damage)
        with pytest.raises(NotHere, match="damaged"):
            load_images(name, "test")
    (folder / FILES[2]).write_bytes((folder / FILES[3]).read_bytes())
    with pytest.raises(NotHere, match="do not belong together"):
        load_images(name, "test")


def test_class_names_are_torchvisions() -> None:
    assert list(CLASSES["fashion-mnist"]) == torchvision.datasets.FashionMNIST.classes
    assert [name.split()[0] for name in CLASSES["kmnist"]] == torchvision.datasets.KMNIST.classes
    assert [name.split()[0] for name in torchvision.datasets.MNIST.classes] == list(CLASSES["mnist"])


def test_the_sheet_is_from_the_test_part() -> None:
    test, samples = digits("test"), sample_digits()
    assert np.array_equal(test.images[samples.indices], samples.images)
    assert np.array_equal(test.labels[samples.indices], samples.labels)


def test_mnist_is_found() -> None:
    train, test = digits("train"), digits("test")
    assert np.bincount(train.labels).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert len(test) == 10_000
    assert test.held_out
    assert not train.held_out
    assert (train.images / 255).mean() == pytest.approx(0.13066, abs=1e-5)
