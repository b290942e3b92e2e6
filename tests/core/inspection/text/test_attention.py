"""Where the Transformer looks, and how that is compared with leaving words out."""

from typing import cast

import numpy as np
import pytest
import torch

from core.inspection.text.attention import (
    NAME,
    mean_rank_correlation,
    rank_correlation,
    sentence_attention,
)
from core.inspection.text.attribution import leave_one_out
from core.inspection.text.reading import encode
from core.models.shipped import load_shipped
from core.models.text.transformer import TransformerReader

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")


def test_the_class_token_looks_at_itself_and_at_every_word() -> None:
    network = cast(TransformerReader, load_shipped(NAME).network)
    weights = sentence_attention(FOOD)
    assert weights.shape == (len(network.blocks), network.blocks[0].attention.heads, 1 + len(FOOD))
    assert weights.sum(-1) == pytest.approx(1, abs=1e-6)
    with torch.no_grad():
        shown = network.look(network.words(encode(FOOD)), torch.ones(1, len(FOOD), dtype=torch.bool))
    assert weights == pytest.approx(shown.weights[0].numpy(), abs=1e-6)  # single precision


def test_no_words_leave_the_token_alone() -> None:
    assert sentence_attention(()) == pytest.approx(1)


def test_the_correlation_is_that_of_the_ranks() -> None:
    attention = np.array([0.4, 0.1, 0.2, 0.3], np.float32)
    assert rank_correlation(attention, np.array([-9, 0, 0.1, 0.2], np.float32)) == pytest.approx(1)
    assert rank_correlation(attention, np.array([0, 3, -2, 1], np.float32)) == pytest.approx(-1)
    one_swapped = np.array([2, 0, 1, -3], np.float32)  # 1 - 6 * (1 + 1) / (4 * (16 - 1))
    assert rank_correlation(attention, one_swapped) == pytest.approx(0.8)


@pytest.mark.parametrize("attention", [[], [1.0], [0.5, 0.5], [0.25, 0.25, 0.25]])
def test_where_there_is_no_order_there_is_no_correlation(attention: list[float]) -> None:
    values = np.array(attention, np.float32)
    assert rank_correlation(values, values * 2) is None


def test_the_mean_is_over_sentences_that_have_one() -> None:
    network = cast(TransformerReader, load_shipped(NAME).network)
    found = [
        rank_correlation(sentence_attention(words)[-1, :, 1:].mean(0), leave_one_out(network, words).values)
        for words in (FOOD, FOOD[3:])
    ]
    assert mean_rank_correlation(network, [FOOD, ("good",), FOOD[3:]]) == (pytest.approx(np.mean(found)), 2)
