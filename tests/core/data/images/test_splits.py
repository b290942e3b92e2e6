from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.images.datasets import sample_digits
from core.data.images.image_set import ImageSet
from core.data.images.splits import choose, random_labels, split_off

seeds = st.integers(0, 2**32 - 1)


def labelled(sizes: list[int]) -> ImageSet:
    """A set with so many pictures of each class, in no order; its `indices` say which picture is which."""
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes)).astype(np.int64)
    images = np.repeat(labels, 28 * 28).reshape(-1, 28, 28).astype(np.uint8)
    classes = tuple(f"class {place}" for place in range(len(sizes)))
    return ImageSet(images, labels, np.arange(len(labels)), "made up", False, classes)


some_sets = st.lists(st.integers(0, 30), min_size=2, max_size=12).filter(sum).map(labelled)


def still_matched(data: ImageSet) -> bool:
    return bool((data.images[:, 0, 0] == data.labels).all()) and len(data.images) == len(data.indices) == len(data)


@given(some_sets, st.integers(1, 400), seeds)
def test_a_subset_is_as_balanced_as_can_be(data: ImageSet, count: int, seed: int) -> None:
    subset = choose(data, count, seed)
    assert len(subset) == min(count, len(data))
    assert still_matched(subset)
    assert len(set(subset.indices.tolist())) == len(subset)
    have = np.bincount(data.labels, minlength=len(data.classes))
    got = np.bincount(subset.labels, minlength=len(data.classes))
    not_used_up = got[got < have]
    if len(not_used_up):
        assert got.max() <= not_used_up.min() + 1  # nobody has two more than a class that had more to give
    assert np.array_equal(choose(data, count, seed).indices, subset.indices)
    smaller = choose(data, max(1, count // 2), seed)
    assert set(smaller.indices.tolist()) <= set(subset.indices.tolist())


@given(some_sets, st.data(), seeds)
def test_validation_is_apart_and_shared_fairly(data: ImageSet, draw: st.DataObject, seed: int) -> None:
    count = draw.draw(st.integers(0, len(data) - 1))
    training, validation = split_off(data, count, seed)
    assert (len(training), len(validation)) == (len(data) - count, count)
    assert sorted([*training.indices.tolist(), *validation.indices.tolist()]) == list(range(len(data)))
    assert still_matched(training)
    assert still_matched(validation)
    # What marks an apportionment by Sainte-Lague: no class has a better claim to a place than one that got it.
    sizes = np.bincount(data.labels, minlength=len(data.classes))
    got = np.bincount(validation.labels, minlength=len(data.classes))
    last_granted = max(((g - 0.5) / n for g, n in zip(got, sizes, strict=True) if g), default=0)
    next_claims = [(g + 0.5) / n for g, n in zip(got, sizes, strict=True) if g < n]
    assert last_granted <= min(next_claims) + 1e-12
    again = split_off(data, count, seed)
    assert np.array_equal(again[1].indices, validation.indices)


def test_by_hand() -> None:
    data = labelled([2, 10, 10])
    assert np.bincount(choose(data, 9, 0).labels).tolist() in ([2, 3, 4], [2, 4, 3])
    assert np.bincount(choose(data, 3, 0).labels).tolist() == [1, 1, 1]
    rest, validation = split_off(labelled([10, 30, 60]), 10, 0)
    assert np.bincount(validation.labels).tolist() == [1, 3, 6]
    assert np.bincount(rest.labels).tolist() == [9, 27, 54]
    assert (validation.source, validation.classes) == ("10 of made up, kept for validation", data.classes)


def test_another_seed_is_another_choice() -> None:
    data = sample_digits()
    assert not np.array_equal(choose(data, 50, 0).indices, choose(data, 50, 1).indices)
    assert not np.array_equal(split_off(data, 50, 0)[1].indices, split_off(data, 50, 1)[1].indices)


@pytest.mark.parametrize(
    "mistake", [lambda d: choose(d, 0, 0), lambda d: split_off(d, len(d), 0), lambda d: split_off(d, -1, 0)]
)
def test_impossible_counts_are_refused(mistake: Callable[[ImageSet], object]) -> None:
    with pytest.raises(ValueError, match="image"):
        mistake(sample_digits())


def test_all_of_it_is_the_set_itself() -> None:
    data = sample_digits()
    assert choose(data, None, 0) is data
    assert choose(data, 10_000, 0) is data


def test_random_labels_know_nothing_of_the_pictures() -> None:
    data = labelled([1000] * 10)
    shuffled = random_labels(data, 3)
    assert shuffled.images is data.images
    assert shuffled.labels.dtype == np.int64
    # 10,000 draws at 1 in 10: a standard deviation of 30; five of them are never left.
    assert np.bincount(shuffled.labels, minlength=10) == pytest.approx([1000] * 10, abs=150)
    assert (shuffled.labels == data.labels).sum() == pytest.approx(1000, abs=150)
    assert np.array_equal(random_labels(data, 3).labels, shuffled.labels)
    assert not np.array_equal(random_labels(data, 4).labels, shuffled.labels)
