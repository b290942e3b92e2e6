from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.pen.unipen import PROLIFIC, characters, of_part, split_writers
from core.data.sources import DownloadFailed, NotHere, download, folder_of
from tests.support.collection import write_collection, write_file

needs_collection = pytest.mark.skipif(folder_of("unipen") is None, reason="the pen strokes are not here")


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small collection in PLAYGROUND_DATA."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    write_collection(tmp_path / "unipen")
    characters.cache_clear()
    yield tmp_path / "unipen"
    characters.cache_clear()


def test_every_character_comes_back_as_it_was_written(collection: Path) -> None:
    strokes = [[[(0.0, 0.0), (0.5, 1.0)], [(0.25, 0.5)]], [[(0.0, 0.0), (0.1, 0.0), (0.1, 0.05)]]]
    write_file(collection / "digits.npz", strokes, ["4", "1"], [7, 9])
    four, one = characters("digits")
    assert (four.label, four.writer, len(four.strokes)) == ("4", 7, 2)
    np.testing.assert_allclose(four.strokes[0], [(0, 0), (0.5, 1)])
    np.testing.assert_allclose(four.strokes[1], [(0.25, 0.5)])
    np.testing.assert_allclose(one.strokes[0], [(0, 0), (1, 0), (1, 0.5)])  # the larger side is 1


def test_no_writer_is_in_two_parts(collection: Path) -> None:
    parts = [of_part("digits", part) for part in ("train", "validation", "test")]
    writers = [{character.writer for character in part} for part in parts]
    assert [len(some) for some in writers] == [10, 20, 20]
    assert not writers[0] & writers[1] and not writers[0] & writers[2] and not writers[1] & writers[2]
    assert sum(map(len, parts)) == len(characters("digits"))


def test_who_wrote_most_is_learnt_from() -> None:
    writers = [writer for writer in range(60) for _ in range(3)] + [99] * (PROLIFIC + 1) + [98] * PROLIFIC
    parts = split_writers(writers)
    assert 99 in parts["train"]
    assert split_writers(writers[::-1]) == parts  # whatever the order
    assert {len(parts["test"]), len(parts["validation"])} == {20}


def test_without_the_collection_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    characters.cache_clear()
    with pytest.raises(NotHere, match="not on this machine"):
        characters("digits")
    with pytest.raises(DownloadFailed, match="cannot be downloaded in this form"):
        download("unipen")


@pytest.mark.parametrize(
    "damage",
    [
        {"labels": np.array(["x"] * 500)},
        {"labels": np.arange(500)},
        {"writers": np.zeros(3, np.int16)},
        {"points": np.zeros((2, 2), np.int16)},
        {"points_per_stroke": np.zeros(3, np.int32)},
        {"strokes_per_character": np.full(500, 9)},
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(collection: Path, damage: dict[str, np.ndarray]) -> None:
    with np.load(collection / "digits.npz") as file:
        arrays = dict(file)
    np.savez(collection / "digits.npz", **(arrays | damage))
    with pytest.raises(NotHere, match="damaged"):
        characters("digits")


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 and then nothing"])
def test_damaged_files_are_refused(collection: Path, content: bytes) -> None:
    (collection / "symbols.npz").write_bytes(content)
    with pytest.raises(NotHere, match="UNIPEN's symbols is damaged"):
        characters("symbols")


def test_missing_arrays_and_pickles_are_refused(collection: Path) -> None:
    np.savez(collection / "capitals.npz", points=np.zeros((1, 2), np.int16))
    with pytest.raises(NotHere, match="damaged"):
        characters("capitals")
    with np.load(collection / "small_letters.npz") as file:
        arrays = dict(file)
    np.savez(collection / "small_letters.npz", **(arrays | {"labels": np.array([object()] * 500)}))
    with pytest.raises(NotHere, match="small letters is damaged"):
        characters("small_letters")


@needs_collection
def test_the_real_collection_is_split_by_writer() -> None:
    parts = {part: of_part("digits", part) for part in ("train", "validation", "test")}
    assert {part: len(some) for part, some in parts.items()} == {"train": 5369, "validation": 810, "test": 795}
    assert {part: len({one.writer for one in some}) for part, some in parts.items()} == {
        "train": 83,
        "validation": 20,
        "test": 20,
    }
