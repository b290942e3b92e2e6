"""What a unit follows: against NumPy, and against sums done by hand."""

import numpy as np
import pytest

from core.data.text.corpora import Corpus
from core.inspection.text.library import LibraryReading, read_library
from core.inspection.text.units import (
    NEGATION,
    TRAITS,
    VERDICT,
    correlate,
    in_negation,
    strongest_words,
    traits_in,
    traits_of,
)


def made(sentences, states, verdicts=None, labels=None):
    """A library that some network has read."""
    split = tuple(tuple(sentence.split()) for sentence in sentences)
    states = np.asarray(states, np.float32)
    words = tuple(word for one in split for word in one)
    return LibraryReading(
        Corpus(split, np.array(labels or [1] * len(split)), "made for a test"),
        words,
        np.repeat(np.arange(len(split)), [len(one) for one in split]),
        np.concatenate([np.arange(len(one)) for one in split]),
        states,
        np.asarray(states[:, 0] if verdicts is None else verdicts, np.float32),
    )


def test_negation_reaches_three_words_and_not_into_the_next_sentence():
    words = ("not", "a", "b", "c", "d", "no", "x", "never", "e")
    sentence = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1])
    assert in_negation(words, sentence).tolist() == [True, True, True, True, False, True, False, True, True]
    assert in_negation((), np.array([], np.int64)).tolist() == []


def test_the_properties_are_those_of_every_word():
    read = made(["not good", "a b c"], np.zeros((5, 1)), verdicts=[0.1, 0.2, 0.3, 0.4, 0.5], labels=[0, 1])
    found = dict(zip(TRAITS, traits_of(read).T.round(3).tolist(), strict=True))
    assert found == {
        "verdict": [0.1, 0.2, 0.3, 0.4, 0.5],
        "label": [0, 0, 1, 1, 1],
        "position": [0, 1, 0, 1, 2],
        "negation": [1, 1, 0, 0, 0],
        "length": [2, 2, 3, 3, 3],
    }


def test_correlations_are_those_of_numpy():
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(200, 3)), rng.normal(size=(200, 4)).astype(np.float32)
    expected = np.corrcoef(one, other, rowvar=False)[:3, 3:]
    assert np.allclose(correlate(one, other), expected, atol=1e-7)


def test_what_never_changes_has_no_correlation():
    states = np.array([[0.1, 0.3], [0.1, 0.5], [0.1, 0.1]])
    read = made(["a b c"], states, verdicts=[0.2, 0.4, 0.1])
    still = traits_in(read, 0)
    assert {trait.r for trait in still.found} == {None}
    assert still.strongest is None
    assert still.followed is None
    moving = {trait.name: trait for trait in traits_in(read, 1).found}
    assert moving[VERDICT].r == pytest.approx(np.corrcoef([0.3, 0.5, 0.1], [0.2, 0.4, 0.1])[0, 1], abs=1e-6)
    assert moving[NEGATION].r is None  # nothing is denied here
    assert moving[VERDICT].best_unit == 1


def test_a_unit_follows_the_strongest_property_above_the_bound_only():
    words = "not x x x x x x x"
    negation = np.array([1, 1, 1, 1, 0, 0, 0, 0], np.float32)
    rng = np.random.default_rng(0)
    states = np.stack([-negation, rng.normal(size=8)], 1)
    read = made(
        [words] * 50, np.tile(states, (50, 1)) + [[0, 1]] * rng.normal(size=(400, 1)) * 9, rng.uniform(size=400)
    )
    first = traits_in(read, 0)
    assert first.words == 400
    assert first.followed is first.strongest
    assert (first.followed.name, round(first.followed.r, 5)) == (NEGATION, -1)
    second = traits_in(read, 1)
    assert second.followed is None
    assert second.strongest is not None


def test_strongest_words_are_means_of_the_changes():
    # "up" raises the unit by 0.5 whatever was there, "down" lowers it by 0.25; "rare" comes too seldom.
    sentences = ["up down", "down up"] * 3 + ["rare"]
    read = made(sentences, [[0.5], [0.25], [-0.25], [0.25]] * 3 + [[9.0]])
    found = strongest_words(read, 0)
    assert [(one.word, one.mean, one.count) for one in found.up] == [("up", 0.5, 6)]
    assert [(one.word, one.mean, one.count) for one in found.down] == [("down", -0.25, 6)]
    assert [(one.word, one.mean) for one in found.high] == [("up", 0.375)]
    assert found.low == ()  # "down" stands at 0 on average


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_every_unit_of_the_shipped_networks_is_told(cell):
    for unit in (0, 23):
        traits = traits_in(read_library(cell), unit)
        assert [trait.name for trait in traits.found] == list(TRAITS)
        assert all(-1 <= trait.r <= 1 and abs(trait.best_r) >= abs(trait.r) for trait in traits.found)
