"""What folders mean, from their names alone."""

import pytest

from core.data.images.folder_meaning import Meaning, meanings, part_of, without_wrappers


def paths(*written: str) -> list[tuple[str, ...]]:
    """``a+b/0+1`` stands for four paths."""
    found: list[tuple[str, ...]] = []
    for one in written:
        grown: list[tuple[str, ...]] = [()]
        for level in one.split("/"):
            grown = [(*path, name) for path in grown for name in level.split("+")]
        found += grown
    return found


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("train", "train"),
        ("Training", "train"),
        ("trainingSet", "train"),
        ("mnist_train", "train"),
        ("TEST", "test"),
        ("test-data", "test"),
        ("Test 2", "test"),
        ("val", "validation"),
        ("Validation", "validation"),
        ("latest", None),
        ("trainers", None),
        ("train-test", None),
        ("0", None),
        ("", None),
    ],
)
def test_parts_are_known_by_a_word_of_their_name(name: str, part: str | None) -> None:
    assert part_of(name) == part


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (("cats+dogs",), [("outer", 0, None)]),
        (("cats/indoors", "dogs/outdoors"), [("outer", 0, None)]),
        (("train+test/0+1",), [("split", 1, 0), ("merged", 1, None), ("outer", 0, None)]),
        (("train+val/0+1",), [("split", 1, 0), ("merged", 1, None), ("outer", 0, None)]),
        (("train/0+1", "test/1"), [("split", 1, 0), ("merged", 1, None), ("outer", 0, None)]),
        (("train/0+1", "test"), [("merged", 1, None), ("outer", 0, None)]),
        (("train+test",), []),
        (("anna+ben/0+1",), [("people", 1, 0), ("merged", 1, None), ("outer", 0, None)]),
        (("anna+ben/0+1", "cem/1"), [("people", 1, 0), ("merged", 1, None), ("outer", 0, None)]),
        (("anna/0+1", "ben/2+3", "cem/4+5"), [("outer", 0, None)]),
        (("0+1/anna+ben",), [("people", 0, 1), ("outer", 0, None), ("merged", 1, None)]),
        (("0+1/train+test",), [("split", 0, 1), ("outer", 0, None)]),
        (
            ("train/anna+ben/0+1", "test/cem/0+1"),
            [("split", 2, 0), ("people", 2, 1), ("merged", 2, None), ("outer", 0, None)],
        ),
        (
            ("anna+ben/train+test/0+1",),
            [("split", 2, 1), ("people", 2, 0), ("merged", 2, None), ("outer", 0, None)],
        ),
        (("test tubes+beakers",), [("outer", 0, None)]),
    ],
)
def test_folders_are_read_as_people_mean_them(
    written: tuple[str, ...], read: list[tuple[str, int, int | None]]
) -> None:
    assert meanings(paths(*written)) == tuple(Meaning(*one) for one in read)  # type: ignore[arg-type]


def test_folders_around_all_others_mean_nothing() -> None:
    assert without_wrappers(paths("a/b/cats+dogs", "a")) == [("cats",), ("dogs",), ()]
    assert without_wrappers(paths("a/train/train/0+1", "a/test/x/0+1", "a/test")) == [
        *paths("train/0+1", "test/0+1", "test"),
    ]
    assert without_wrappers(paths("train/x/0+1", "test/x/0+1")) == paths("train/0+1", "test/0+1")
    assert without_wrappers(paths("train/train/0+1", "test/guess")) == paths("train/0+1", "test")
    people = paths("train/anna+ben/0+1", "test/cem/0+1")
    assert without_wrappers(people) == people
    assert without_wrappers(paths("train/cats/tabby+black", "test/cats")) == paths(
        "train/cats/tabby+black", "test/cats"
    )
    assert without_wrappers([]) == []
