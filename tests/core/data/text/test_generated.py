"""Sentences made by rule: what they mean, and that nothing held out is ever trained on."""

import string
from collections import Counter

import pytest

from core.data.text.corpora import TRAINED_PATTERNS, library, made_by_rule, paired
from core.data.text.generated import (
    ALONE,
    BAD,
    GOOD,
    HELD_OUT_PATTERNS,
    PAIRED,
    THINGS,
    Pair,
    order_pairs,
    single_sentences,
)
from core.data.text.tokens import read_text
from core.shipping.sentences import PAIRS, SINGLES

EVERY = tuple(PAIRED)
POLAR = dict.fromkeys(GOOD, 1) | dict.fromkeys(BAD, 0)


def couple(words: tuple[str, ...]) -> tuple[str, str] | None:
    """The good and the bad word of a sentence that has one of each."""
    good, bad = ([word for word in words if word in kind] for kind in (GOOD, BAD))
    return (good[0], bad[0]) if good and bad else None


def test_the_lists_of_words_do_not_meet() -> None:
    assert len({*GOOD, *BAD, *THINGS}) == len(GOOD) + len(BAD) + len(THINGS) == 60
    fixed = {word for text in (*PAIRED.values(), *(text for text, _ in ALONE.values())) for word in text.split()}
    assert not {word.strip(string.punctuation) for word in fixed} & {*POLAR, *THINGS}


@pytest.mark.parametrize("held_out", [False, True])
def test_a_pair_has_the_same_words_in_another_order(held_out: bool) -> None:
    pairs = order_pairs(held_out=held_out, patterns=EVERY, count=2000, seed=3)
    assert {pair.pattern for pair in pairs} == set(EVERY)
    for pair in pairs:
        assert Counter(pair.positive) == Counter(pair.negative)
        assert pair.positive != pair.negative
        places = [place for place, word in enumerate(pair.positive) if word != pair.negative[place]]
        places = [place for place in places if pair.positive[place] not in {"a", "an"}]
        assert len(places) == 2 and {pair.positive[place] for place in places} == set(couple(pair.positive))


MEANT = {
    "not at all": "the soup was good , not bad at all",
    "it was not": "the soup was not bad , it was good",
    "is not but": "the soup is not bad but good",
    "never, always": "the soup was never bad , always good",
    "but": "the film was bad , but the soup was good",
    "but still": "a bad film , but a good soup",
    "although": "although the film was bad , the soup was good",
    "expected": "i expected a bad soup and got a good one",
    "at first": "the soup was bad at first and good in the end",
    "rather": "the soup was good rather than bad",
    "instead": "a good soup instead of a bad one",
    "far from": "far from bad , the soup was good",
    "no longer": "the soup is no longer bad , it is good now",
    "seems": "the soup seems bad , but it is really good",
}
"""A sentence of every pattern that means something good, by hand."""


def test_what_every_pattern_means() -> None:
    assert MEANT.keys() == PAIRED.keys()
    for name, text in MEANT.items():
        assert read_text(PAIRED[name].format(p="good", q="bad", n="soup", m="film")).words == tuple(text.split())


def test_no_pair_comes_twice_and_a_seed_gives_the_same() -> None:
    pairs = order_pairs(held_out=False, patterns=EVERY, count=3000, seed=5)
    assert len(pairs) == len(set(pairs)) == 3000
    assert pairs == order_pairs(held_out=False, patterns=EVERY, count=3000, seed=5)
    assert pairs != order_pairs(held_out=False, patterns=EVERY, count=3000, seed=6)
    assert pairs[:10] == order_pairs(held_out=False, patterns=EVERY, count=10, seed=5)


def test_couples_are_either_trained_on_or_held_out() -> None:
    found = {
        held_out: {
            couple(pair.positive) for pair in order_pairs(held_out=held_out, patterns=("rather",), count=10**6, seed=0)
        }
        for held_out in (False, True)
    }
    assert not found[True] & found[False]
    assert len(found[True]) + len(found[False]) == len(GOOD) * len(BAD)
    assert 0.15 < len(found[True]) / (len(GOOD) * len(BAD)) < 0.25
    for place in (0, 1):  # every word is known from other couples
        assert {one[place] for one in found[False]} == set((GOOD, BAD)[place])


def pattern_of(words: tuple[str, ...]) -> str:
    """A sentence with its good, bad and other things blotted out, and without the sign at its end."""
    shape = " ".join("_" if word in POLAR or word in THINGS else "a" if word == "an" else word for word in words)
    return shape.removesuffix(" .").removesuffix(" !")


def test_nothing_held_out_is_trained_on() -> None:
    trained = made_by_rule(PAIRS, SINGLES, seed=0).sentences
    assert len(trained) == 2 * PAIRS + SINGLES
    couples = {couple(words) for words in trained} - {None}
    kept_back = paired(held_out=True)
    assert not {couple(words) for words in kept_back.sentences} & couples
    shapes = {pattern_of(words) for words in trained}
    strange = paired(held_out=False, patterns=HELD_OUT_PATTERNS)
    assert set(HELD_OUT_PATTERNS) & set(TRAINED_PATTERNS) == set()
    assert not {pattern_of(words) for words in strange.sentences} & shapes
    assert {pattern_of(words) for words in kept_back.sentences} <= shapes
    trained_on = set(trained)
    assert not trained_on & {*library().sentences}


ALONE_LABELS = {
    "the soup was good": 1,
    "the soup was bad": 0,
    "the soup was very good": 1,
    "a really bad soup": 0,
    "the soup is so good and so charming": 1,
    "the soup was not good": 0,
    "the soup was not bad": 1,
    "the soup was not good at all": 0,
    "the soup is not very bad": 1,
    "the soup is n't good": 0,
    "the soup was n't bad at all": 1,
    "the soup was never good": 0,
    "there is nothing good about the soup": 0,
    "there is nothing bad about the soup": 1,
    "the soup is hardly good": 0,
    "the soup is far from good": 0,
    "the soup was anything but bad": 1,
    "the soup was anything but good": 0,
}
"""Labels by hand."""


def test_the_labels_of_single_sentences() -> None:
    found = single_sentences(10**6, seed=0)
    ends = {words[-1] for words, _ in found} & {".", "!"}
    assert ends == {".", "!"}
    every = {words[:-1] if words[-1] in ends else words: label for words, label in found}
    assert len(every) == len(found) == len(ALONE) * 40 * len(THINGS)
    for text, label in ALONE_LABELS.items():
        assert every[tuple(text.split())] == label
    assert sum(every.values()) == len(every) / 2
    assert single_sentences(50, seed=1) == single_sentences(50, seed=1) != single_sentences(50, seed=2)
    assert {pattern_of(tuple(text.split())) for text in ALONE_LABELS} == {pattern_of(words) for words in every}


def test_pairs_are_labelled_in_turn() -> None:
    pairs = order_pairs(held_out=True, patterns=TRAINED_PATTERNS, count=20, seed=1)
    corpus = paired(held_out=True, count=20)
    assert corpus.labels.tolist() == [1, 0] * 20
    assert [Pair(*corpus.sentences[at : at + 2], pairs[at // 2].pattern) for at in range(0, 40, 2)] == list(pairs)
