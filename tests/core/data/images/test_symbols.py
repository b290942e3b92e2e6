"""Drawings of symbols: few of each, and a cross-validation that keeps people apart."""

import numpy as np
import pytest

from core.data.images.symbols import Symbols, few_of_each, folds


def symbols(labels: list[int], writers: list[str]) -> Symbols:
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 3, 3] = np.arange(len(labels))
    classes = tuple("ABC"[: max(labels) + 1])
    return Symbols(classes, images, np.array(labels, np.int64), tuple(writers))


def test_few_of_each_are_at_most_so_many_and_more_contain_fewer() -> None:
    labels = np.array([0] * 7 + [1] * 3 + [2] * 12)
    before: set[int] = set()
    for count in (1, 2, 5, 10, 20):
        places = few_of_each(labels, count, 3)
        assert np.bincount(labels[places]).tolist() == [min(count, 7), min(count, 3), min(count, 12)]
        assert before <= set(places.tolist())
        before = set(places.tolist())
    assert few_of_each(labels, 5, 3).tolist() != few_of_each(labels, 5, 4).tolist()


@pytest.mark.parametrize("each", [2, 3, 5, 9])
def test_one_persons_drawings_are_kept_apart_once_each(each: int) -> None:
    parts = folds(symbols([0, 1] * each, [""] * 2 * each))
    assert len(parts) == min(5, each)
    assert sorted(np.concatenate([kept for _, kept in parts])) == list(range(2 * each))
    for learnt, kept in parts:
        assert not set(learnt) & set(kept)
        assert len(learnt) + len(kept) == 2 * each


def test_of_several_people_people_are_kept_apart() -> None:
    made = symbols([0, 0, 1, 1] * 6, [f"m{person}" for person in range(6) for _ in range(4)])
    parts = folds(made)
    assert len(parts) == 5
    for learnt, kept in parts:
        assert not {made.writers[place] for place in learnt} & {made.writers[place] for place in kept}
    assert sorted(np.concatenate([kept for _, kept in parts])) == list(range(24))


@pytest.mark.parametrize(
    ("labels", "parts"), [([0, 1], 0), ([0, 0, 0, 1], 0), ([0, 0, 1, 1], 2), ([0, 0, 0, 1, 1, 1, 1], 3)]
)
def test_no_more_parts_than_drawings_of_the_rarest_symbol(labels: list[int], parts: int) -> None:
    assert len(folds(symbols(labels, ["a"] * len(labels)))) == parts


def test_the_key_is_that_of_the_content() -> None:
    made = symbols([0, 1, 0], ["a", "b", "a"])
    assert made.key == symbols([0, 1, 0], ["a", "b", "a"]).key
    others = (symbols([0, 1, 1], ["a", "b", "a"]), symbols([0, 1, 0], ["a", "b", "b"]), made.at(np.array([0, 1])))
    assert len({made.key, *(other.key for other in others)}) == 4
