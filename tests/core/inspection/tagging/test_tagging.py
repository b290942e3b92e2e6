"""The readers are PyTorch's own, and what follows cannot reach the forward one."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.ambiguous import ambiguous_pairs, patterns
from core.data.text.entities import PERSON, PLACE, tagging_vocabulary
from core.data.text.tokens import Token, read_text
from core.inspection.tagging.tagging import (
    BIDIRECTIONAL,
    FORWARD,
    READERS,
    common_prefix,
    disagreements,
    encode,
    float_bits,
    tag,
    tag_by_prefix,
    unknown,
)
from core.models.shipped import load_shipped
from core.models.text.tagging import ROWS

ROOSEVELT = read_text("President Roosevelt said that Roosevelt Street was closed").tokens
SOME = ("Roosevelt", "Street", "was", "closed", "May", ",", "I", "said", "no", "é", "東京", "😀", "42")
WORDS = st.lists(st.sampled_from(SOME), max_size=12)


def tokens_of(words):
    return tuple(Token(word, word.lower()) for word in words)


@pytest.mark.parametrize("name", READERS)
def test_the_numbers_are_those_of_the_network(name):
    with torch.inference_mode():
        expected = load_shipped(name).network(encode(ROOSEVELT))[0].softmax(1).numpy()
    np.testing.assert_allclose(tag(name, ROOSEVELT).probabilities, expected, atol=1e-5)
    assert tag(name, ()).tags == ()


@given(WORDS, WORDS, WORDS)
def test_what_follows_changes_no_bit_of_the_forward_reader(before, one, other):
    before, one, other = map(tokens_of, (before, one, other))
    first, second = (tag(FORWARD, before + rest).probabilities[: len(before)] for rest in (one, other))
    assert first.tobytes() == second.tobytes()


def test_filling_up_changes_nothing_for_the_other():
    pieces = encode(ROOSEVELT)
    longer = torch.cat([pieces, torch.zeros_like(pieces)], 1)
    network = load_shipped(BIDIRECTIONAL).network
    with torch.inference_mode():
        torch.testing.assert_close(network(longer)[:, : len(ROOSEVELT)], network(pieces), atol=1e-5, rtol=0)


def test_each_step_of_revealing_is_the_sentence_cut_there():
    at = 4
    revealed = tag_by_prefix(ROOSEVELT, at)
    assert len(revealed.bidirectional) == len(ROOSEVELT) - at
    for step, chances in enumerate(revealed.bidirectional):
        expected = tag(BIDIRECTIONAL, ROOSEVELT[: at + 1 + step]).probabilities[at]
        np.testing.assert_allclose(chances, expected, atol=1e-5)
    assert np.array_equal(revealed.forward, tag(FORWARD, ROOSEVELT[: at + 1]).probabilities[at])
    assert revealed.turning_point == 1  # Street
    assert tag_by_prefix(ROOSEVELT, len(ROOSEVELT) - 1).turning_point is None


def test_a_long_text_is_revealed_in_parts():
    tokens = tokens_of(["Roosevelt", *["street"] * 150])
    assert tag_by_prefix(tokens, 0).bidirectional.shape == (151, 3)


def test_the_two_roosevelts():
    person = read_text("President Roosevelt said that Roosevelt signed the law").tokens
    assert common_prefix(person, ROOSEVELT) == 5
    assert [tag(BIDIRECTIONAL, one).tags[4] for one in (person, ROOSEVELT)] == [PERSON, PLACE]
    assert [tag(name, one).tags[1] for name in READERS for one in (person, ROOSEVELT)] == [PERSON] * 4
    said = [tag(FORWARD, one).probabilities[4] for one in (person, ROOSEVELT)]
    assert float_bits(said[0]) == float_bits(said[1])
    assert len({disagreements(person), disagreements(ROOSEVELT)}) == 2
    assert unknown(person)[1] and not unknown(person)[2]


def test_bits_by_hand():
    assert float_bits(np.array([1.0, 0.5, 0.0], np.float32)) == ("3f800000", "3f000000", "00000000")


def test_the_card_says_what_pairs_say():
    pairs = ambiguous_pairs("follows", patterns("follows", names_held_out=True), 500, 1)[:60]
    right = dict.fromkeys(READERS, 0)
    for pair in pairs:
        for name in READERS:
            one, other = (tag(name, said.tokens).tags[pair.at[0]] for said in (pair.person, pair.place))
            right[name] += one == PERSON and other == PLACE
            assert name == BIDIRECTIONAL or one == other
    assert right[FORWARD] == 0
    assert right[BIDIRECTIONAL] > 50
    cards = {name: load_shipped(name).card.also for name in READERS}
    assert [score.correct for score in cards[FORWARD] if "both" in score.data and "follows" in score.data] == [0] * 3
    assert all(score.correct <= score.cases / 2 for score in cards[FORWARD] if "follows" in score.data)


def test_sizes():
    assert tagging_vocabulary().size <= ROWS
    weights = [
        sum(value.numel() for name, value in load_shipped(one).network.named_parameters() if "recurrent.weight" in name)
        for one in READERS
    ]
    assert weights == [30_720, 30_720]
