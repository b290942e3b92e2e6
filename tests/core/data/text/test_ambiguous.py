"""Pairs are what they say: the same up to the name, and nothing held out is trained on."""

import pytest

from core.data.sources import folder_of
from core.data.text.ambiguous import (
    ALL_NAMES,
    HELD_OUT_NAMES,
    HELD_OUT_PERSONS,
    HELD_OUT_PLACES,
    PERSONS,
    PLACES,
    Patterns,
    ambiguous_pairs,
    made_by_rule,
    month_pairs,
    patterns,
)
from core.data.text.entities import OTHER, PERSON, PLACE, posts
from core.data.text.tokens import read_text


@pytest.mark.parametrize("names", [False, True])
@pytest.mark.parametrize("held", [False, True])
def test_only_what_follows_decides(names, held):
    pairs = ambiguous_pairs("follows", patterns("follows", names_held_out=names, patterns_held_out=held), 80, 3)
    assert len(pairs) == 80
    for pair in pairs:
        at, other = pair.at
        assert at == other
        assert pair.person.tokens[: at + 1] == pair.place.tokens[: at + 1]
        assert pair.person.tokens[at].text == pair.name
        assert (pair.person.tags[at], pair.place.tags[at]) == (PERSON, PLACE)
        assert pair.person.tokens != pair.place.tokens


def test_only_what_comes_before_decides():
    for pair in ambiguous_pairs("before", patterns("before"), 80, 3):
        at, other = pair.at
        assert pair.person.tokens[at:] == pair.place.tokens[other:]
        assert pair.person.tokens[:at] != pair.place.tokens[:other]
        assert (pair.person.tags[at], pair.place.tags[other]) == (PERSON, PLACE)


def test_a_pair_by_hand():
    (pair,) = ambiguous_pairs("before", Patterns(("Jordan",), ("Mr",), ("we flew to",)), 1, 1)
    assert [token.text for token in pair.person.tokens][:2] == ["Mr", "Jordan"]
    assert [token.text for token in pair.place.tokens][:4] == ["We", "flew", "to", "Jordan"]
    assert pair.at == (1, 3)


def test_months_are_neither():
    for pair in month_pairs(30, 0):
        assert (pair.person.tags[pair.at[0]], pair.place.tags[pair.at[1]]) == (PERSON, OTHER)


def test_words_are_those_that_a_typed_text_would_have():
    for sentence in made_by_rule(60, 30, 30, 5):
        text = " ".join(token.text for token in sentence.tokens)
        assert read_text(text).tokens == sentence.tokens


def test_nothing_held_out_is_trained_on():
    made = made_by_rule(1000, 400, 400, 0)
    words = {token.word for sentence in made for token in sentence.tokens}
    assert not words & {name.lower() for name in HELD_OUT_NAMES}
    assert not {*ALL_NAMES} & {*HELD_OUT_NAMES}
    assert not {*PERSONS, *PLACES} & {*HELD_OUT_PERSONS, *HELD_OUT_PLACES}
    assert made_by_rule(20, 10, 10, 0) == made_by_rule(20, 10, 10, 0) != made_by_rule(20, 10, 10, 1)


@pytest.mark.skipif(folder_of("wnut17") is None, reason="WNUT 2017 is not here")
def test_names_held_out_are_not_in_the_posts_that_are_trained_on():
    words = {token.word for sentence in posts("train") for token in sentence.tokens}
    assert not words & {name.lower() for name in HELD_OUT_NAMES}
