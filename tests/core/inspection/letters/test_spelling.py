"""A network reads a word: probabilities, surprises, and which word may be meant."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.sources import folder_of
from core.data.text.edits import distance
from core.data.text.mistakes import Mistake, MistakeBits, shipped_mistakes
from core.data.text.spelling import ALPHABET, LONGEST, held_out, public_misspellings
from core.data.text.word_list import WordList, shipped_words
from core.inspection.letters import spelling
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

SMALL = WordList(
    ("act", "cart", "cast", "cat", "chat", "zebra"), np.array([2, 1, 1, 5, 9, 7], np.float32), frozenset({"cast"})
)


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
    assert nearby_words("caat", SMALL) == ("chat", "cat", "cart", "act")  # and "cast" is never offered
    assert nearby_words("zebrahhh", SMALL) == ("zebra",)  # three mistakes, as there is nothing nearer
    assert nearby_words("qqqqqqqq", SMALL) == ()


def test_without_a_list_every_string_one_mistake_away_is_ranked() -> None:
    near = one_edit_away("cat")
    assert len(near) == len(set(near)) == 3 + 2 + 3 * 26 + (4 * 27 - 3)  # letters less, swapped, others, more
    assert all(distance("cat", string) == 1 for string in near)
    assert corrections_without_list("networc")[0].word == "network"
    assert {one.word for one in corrections_without_list("networc")} == set(one_edit_away("networc"))
    assert one_edit_away("a")[:2] == ("'", "'a") and "" not in one_edit_away("a")


class ByHand(MistakeBits):
    """What a few mistakes cost."""

    def __init__(self, costs: Mapping[Mistake, float]) -> None:
        super().__init__({}, {})
        object.__setattr__(self, "costs", costs)

    def bits(self, mistake: Mistake) -> float:
        return self.costs[mistake]  # type: ignore[attr-defined, no-any-return]


def test_the_score_by_hand() -> None:
    weights = ChannelWeights(network=0.5, frequency=0.25, mistakes=2)
    mistakes = ByHand({("swap", "ca", ""): 3.0, ("swap", "ac", ""): 9.0})
    words, network, frequency = ("cat", "act"), np.array([4.0, 10.0]), np.array([8.0, 12.0])
    near = rank_corrections("act", words, network, frequency, mistakes, weights)
    assert {one.word: one.score for one in near} == {"cat": 2 + 2 + 6, "act": 5 + 3}
    assert [one.word for one in near] == ["act", "cat"]
    assert [one.step_bits for one in near] == [(0, 0, 0), (3, 0)]
    assert (near[1].network_bits, near[1].frequency_bits, near[1].mistake_bits) == (4, 8, 3)
    shares = np.exp2([-one.score for one in near])
    np.testing.assert_allclose([one.share for one in near], shares / shares.sum())
    assert rank_corrections("act", (), np.zeros(0), np.zeros(0), mistakes, weights) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieve", "receive"),
        ("definately", "definitely"),
        ("becuase", "because"),
        ("thier", "their"),
        ("wich", "which"),
        ("freind", "friend"),
        ("beleive", "believe"),
        ("seperate", "separate"),
        ("tomorow", "tomorrow"),
        ("goverment", "government"),
        ("neccessary", "necessary"),
        ("wierd", "weird"),
        ("dont", "don't"),
        ("cant", "can't"),
        ("wont", "won't"),
        ("develope", "develop"),
        ("teh", "the"),
    ],
)
def test_what_people_misspell_most(typed: str, meant: str) -> None:
    assert not shipped_words().knows(typed)
    assert corrections(typed)[0].word == meant


def test_coarse_words_are_known_and_never_offered() -> None:
    words = shipped_words()
    assert all(map(words.knows, words.never))
    for word in words.never:
        assert not words.never & {one.word for one in corrections(f"{word}x")}


def test_the_scores_on_the_card_are_the_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    words, about = shipped_words(), card(NAME)
    near = cache(lambda typed: nearby_words(typed, words))  # both scores ask for them
    monkeypatch.setattr(spelling, "nearby_words", lambda typed, words: near(typed))
    right = sum(pair.right in [one.word for one in corrections(pair.wrong)[:1]] for pair in held_out())
    assert about.test.cases == 2000
    assert right / 200 == pytest.approx(about.test.accuracy, abs=0.06)
    stated = next(one for one in about.also if one.data.startswith("distance and frequency; top 1; 2,000"))
    assert stated.correct < about.test.correct
    plain = sum(pair.right in near(pair.wrong)[:1] for pair in held_out())
    assert plain / 200 == pytest.approx(stated.accuracy, abs=0.06)
    if all(folder_of(name) is not None for name in ("misspellings", "aspell-misspellings")):
        hard = [pair for pair in public_misspellings("aspell-misspellings") if not words.knows(pair.wrong)]
        stated = next(one for one in about.also if one.data.startswith("distance and frequency; top 1; 185"))
        assert sum(bool({*nearby_words(pair.wrong, words)[:1]} & {*pair.rights}) for pair in hard) == stated.correct


def test_misspellings_of_both_kinds_are_corrected() -> None:
    about = card(NAME)
    assert about.test.accuracy >= 0.949
    public = next(one for one in about.also if "network, frequency" in one.data and "Wikipedia" in one.data)
    assert public.accuracy >= 0.85 and public.cases > 500
    norvig = [
        one for one in about.also if one.data.startswith("network, f") and "top 1" in one.data and "Norvig" in one.data
    ]
    assert [one.cases for one in norvig] == [270, 400]
    assert sum(one.correct for one in norvig) / 670 >= 0.85


def test_what_is_common_and_confused_often_costs_less() -> None:
    weights = shipped_weights()
    assert min(weights.network, weights.frequency, weights.mistakes) > 0
    assert shipped_mistakes().total("seperate", "separate") < shipped_mistakes().total("sekarate", "separate")
