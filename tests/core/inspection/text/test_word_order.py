"""Networks without a memory add up what their places see; who can tell order apart is measured."""

import math

import numpy as np
import pytest

from core.inspection.text.reading import verdict
from core.inspection.text.word_order import PAIRS, READERS, convolution_contributions, score_order, window_contributions

WORDS = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")


def answer(places) -> float:
    return 1 / (1 + math.exp(-(float(places.values.sum()) + places.bias)))


@pytest.mark.parametrize("window", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("words", [WORDS, WORDS[:1], ("zzyzx", "unwatchabel")])
def test_the_windows_add_up_to_the_answer(window: int, words: tuple[str, ...]) -> None:
    places = window_contributions(window, words)
    assert len(places.values) == len(words) + window - 1
    assert places.spans[0] == (1 - window, 1)
    assert places.spans[-1] == (len(words) - 1, len(words) + window - 1)
    assert answer(places) == pytest.approx(verdict(f"window-{window}", words), abs=1e-5)


@pytest.mark.parametrize("words", [WORDS, WORDS[:1], WORDS[:3]])
def test_the_places_of_the_convolution_add_up_to_the_answer(words: tuple[str, ...]) -> None:
    places = convolution_contributions(words)
    assert len(places.values) == len(words)
    assert answer(places) == pytest.approx(verdict("sentence-cnn", words), abs=1e-5)


def test_what_a_window_does_not_see_does_not_change_its_place() -> None:
    other = (*WORDS[:-1], "terrible")
    one, two = window_contributions(3, WORDS).values, window_contributions(3, other).values
    assert np.allclose(one[:8], two[:8])
    assert not np.allclose(one[8:], two[8:])


def test_whoever_cannot_see_the_order_gets_one_of_each_pair() -> None:
    scores = score_order()
    assert scores.networks == READERS
    assert scores.cases == 2 * PAIRS
    met = scores.right[:, list(scores.trained)] / scores.cases
    by_name = dict(zip(scores.networks, met, strict=True))
    assert (by_name["sentence-bag"] == 0.5).all()
    assert (by_name["window-1"] == 0.5).all()
    for name in ("sentence-rnn", "sentence-gru", "sentence-lstm", "sentence-transformer"):
        assert by_name[name].mean() >= 0.98
