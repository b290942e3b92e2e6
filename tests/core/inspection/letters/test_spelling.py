"""A network reads a word: probabilities, surprises, and which word may be meant."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.sources import folder_of
from core.data.text.edits import MISTAKES, distance
from core.data.text.spelling import ALPHABET, LONGEST, WordList, held_out, scored, shipped_words
from core.inspection.letters.spelling import (
    FAR,
    MAX_CANDIDATES,
    NAME,
    ChannelWeights,
    bits_of,
    corrections,
    corrections_without_list,
    nearby_words,
    one_edit_away,
    rank_corrections,
    read_word,
    shipped_weights,
)
from core.models.shipped import card, load_shipped

SMALL = WordList(("cat", "cart", "chat", "act", "cast", "zebra"), (5, 1, 9, 2, 1, 7))


def test_probabilities_are_those_of_the_network_step_by_step() -> None:
    reading = read_word("don't")
    network = load_shipped(NAME).network
    letters = [0, *(1 + ALPHABET.letters.index(letter) for letter in "don't")]
    for place, came in enumerate([*letters[1:], 0]):
        with torch.inference_mode():
            expected = torch.softmax(network(torch.tensor([letters[: place + 1]]))[0, -1], -1)
        np.testing.assert_allclose(reading.expected[place], expected, atol=1e-5)
        assert reading.probabilities[place] == pytest.approx(float(expected[came]), abs=1e-5)
        assert reading.choices[came] == reading.letters[place]
    np.testing.assert_allclose(reading.expected.sum(1), 1, atol=1e-5)
    assert bits_of(network, ["don't"])[0] == pytest.approx(float(reading.surprises.sum()), rel=1e-4)


def test_the_word_of_the_issue() -> None:
    reading = read_word("networc")
    assert reading.letters[reading.most_surprising] == "c"
    assert reading.choices[int(reading.expected[6].argmax())] == "k"
    best = corrections("networc")[0]
    assert (best.word, best.mistakes) == ("network", 1)


@settings(max_examples=30)
@given(st.text(ALPHABET.letters, min_size=1, max_size=LONGEST))
def test_any_word_is_read_and_ranked(word: str) -> None:
    reading = read_word(word)
    assert reading.expected.shape == (len(word) + 1, ALPHABET.size)
    assert np.isfinite(reading.surprises).all()
    found = corrections(word)
    assert len(found) <= MAX_CANDIDATES
    assert all(distance(word, one.word) == one.mistakes <= FAR for one in found)
    assert [one.score for one in found] == sorted(one.score for one in found)
    if found:
        assert sum(one.share for one in found) == pytest.approx(1)


def test_without_a_network_the_fewest_mistakes_and_then_the_most_frequent_word() -> None:
    assert nearby_words("caat", SMALL) == ("chat", "cat", "cart", "cast", "act")
    assert nearby_words("zebrahhh", SMALL) == ("zebra",)  # three mistakes, as there is nothing nearer
    assert nearby_words("qqqqqqqq", SMALL) == ()


def test_without_a_list_every_string_one_mistake_away_is_ranked() -> None:
    near = one_edit_away("cat")
    assert len(near) == len(set(near)) == 3 + 2 + 3 * 26 + (4 * 27 - 3)  # letters less, swapped, others, more
    assert all(distance("cat", string) == 1 for string in near)
    assert corrections_without_list("networc")[0].word == "network"
    assert {one.word for one in corrections_without_list("networc")} == set(one_edit_away("networc"))
    assert one_edit_away("a")[:2] == ("'", "'a") and "" not in one_edit_away("a")


def test_the_score_by_hand() -> None:
    weights = ChannelWeights(0.5, tuple(float(1 + number) for number in range(len(MISTAKES))))
    costs = dict(zip(MISTAKES, weights.costs, strict=True))
    near = rank_corrections("act", ("cat", "act", "cart"), np.array([4.0, 10.0, 2.0]), weights)
    scores = {one.word: one.score for one in near}
    assert scores["cat"] == 2 + costs["swap"]
    assert scores["act"] == 5
    assert [one.word for one in near] == sorted(scores, key=lambda word: scores[word])
    shares = np.exp2([-one.score for one in near])
    np.testing.assert_allclose([one.share for one in near], shares / shares.sum())
    assert rank_corrections("act", (), np.zeros(0), weights) == ()


def test_the_scores_on_the_card_are_the_scores() -> None:
    words, about = shipped_words(), card(NAME)
    right = sum(pair.right in [one.word for one in corrections(pair.wrong)[:1]] for pair in held_out())
    assert about.test.cases == 2000
    assert right / 200 == pytest.approx(about.test.accuracy, abs=0.06)
    stated = next(one for one in about.also if one.data.startswith("distance and count, top 1, 2,000"))
    assert stated.correct < about.test.correct
    if folder_of("misspellings") is not None:
        assert sum(pair.right in nearby_words(pair.wrong, words)[:1] for pair in scored()) == stated.correct
    assert shipped_weights().network > 0
    assert shipped_weights().cost("same") == 0 < shipped_weights().cost("double") < shipped_weights().cost("change")
