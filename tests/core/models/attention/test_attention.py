"""Attention against PyTorch's own, and positions against their formulas."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from core.models.attention.additive import AdditiveAttention
from core.models.attention.multi_head import MultiHeadAttention, attend, causal_mask
from core.models.attention.positions import AddedPositions, Positions, Rotary, sinusoids
from core.models.attention.transformer import DecoderBlock, EncoderBlock


@pytest.fixture(autouse=True)
def seeded():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        yield


@pytest.mark.parametrize("masked", [False, True])
def test_attention_is_that_of_pytorch(masked: bool) -> None:
    queries, keys, values = torch.randn(2, 3, 5, 8), torch.randn(2, 3, 7, 8), torch.randn(2, 3, 7, 4)
    mask = (torch.rand(2, 1, 5, 7) < 0.5) | (torch.arange(7) == 0) if masked else None
    found = attend(queries, keys, values, mask)
    torch.testing.assert_close(found.values, F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask))
    torch.testing.assert_close(found.weights.sum(-1), torch.ones(2, 3, 5))
    if mask is not None:
        assert (found.weights[(~mask).expand_as(found.weights)] == 0).all()


def test_causal_attention_is_that_of_pytorch() -> None:
    vectors = torch.randn(2, 4, 6, 8)
    expected = F.scaled_dot_product_attention(vectors, vectors, vectors, is_causal=True)
    torch.testing.assert_close(attend(vectors, vectors, vectors, causal_mask(6)).values, expected)


def test_several_heads_are_those_of_pytorch() -> None:
    ours, theirs = MultiHeadAttention(12, 3), nn.MultiheadAttention(12, 3, batch_first=True)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([ours.query.weight, ours.key.weight, ours.value.weight]))
        theirs.in_proj_bias.copy_(torch.cat([ours.query.bias, ours.key.bias, ours.value.bias]))
        theirs.out_proj.load_state_dict(ours.join.state_dict())
    queries, others = torch.randn(2, 4, 12), torch.randn(2, 6, 12)
    present = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]]).bool()
    expected, weights = theirs(queries, others, others, key_padding_mask=~present, average_attn_weights=False)
    found = ours(queries, others, present[:, None, None])
    torch.testing.assert_close(found.values, expected)
    torch.testing.assert_close(found.weights, weights)


def test_a_width_that_cannot_be_divided_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="A width of 10 cannot be divided among 4 heads"):
        MultiHeadAttention(10, 4)


def test_additive_attention_by_its_formula() -> None:
    attention = AdditiveAttention(4, 6, 5)
    query, states = torch.randn(2, 4), torch.randn(2, 3, 6)
    present = torch.tensor([[True, True, True], [True, True, False]])
    found = attention(query, attention.prepare(states), states, present)
    for row in range(2):
        scores = torch.stack(
            [
                attention.score.weight[0]
                @ torch.tanh(attention.from_query(query[row]) + attention.from_key.weight @ states[row, at])
                for at in range(int(present[row].sum()))
            ]
        )
        weights = scores.softmax(0)
        torch.testing.assert_close(found.weights[row, : len(weights)], weights)
        torch.testing.assert_close(found.values[row], weights @ states[row, : len(weights)])
    assert found.weights[1, 2] == 0


def test_sinusoids_by_their_formula() -> None:
    table = sinusoids(50, 10)
    assert table.shape == (50, 10)
    for place, pair in ((0, 0), (7, 1), (49, 4)):
        angle = place / 10_000 ** (2 * pair / 10)
        assert table[place, 2 * pair].item() == pytest.approx(math.sin(angle), abs=1e-5)
        assert table[place, 2 * pair + 1].item() == pytest.approx(math.cos(angle), abs=1e-5)


def test_turned_vectors_know_their_distance_alone() -> None:
    one, other = torch.randn(8), torch.randn(8)
    rotary = Rotary()

    def product(at: int, and_at: int) -> float:
        places = torch.zeros(40, 8)
        places[at], places[and_at] = one, other
        turned = rotary(places)
        torch.testing.assert_close(turned.norm(dim=1), places.norm(dim=1))
        return float(turned[at] @ turned[and_at])

    assert product(2, 9) == pytest.approx(product(25, 32), abs=1e-4)
    assert product(2, 9) != pytest.approx(product(2, 10), abs=1e-3)
    torch.testing.assert_close(rotary(torch.stack([one]))[0], one)


@pytest.mark.parametrize("kind", ["sinusoidal", "learned", "rotary"])
def test_every_kind_of_positions_takes_any_length(kind: Positions) -> None:
    vectors = torch.zeros(2, 30, 8)
    found = AddedPositions(kind, 8, 20)(vectors)
    assert found.shape == vectors.shape
    assert bool((found == 0).all()) == (kind == "rotary")
    assert torch.equal(found[:, 19], found[:, 25]) == (kind != "sinusoidal")


@pytest.mark.parametrize("rotary", [False, True])
def test_a_decoder_never_looks_ahead_and_an_encoder_does(rotary: bool) -> None:
    encoder, decoder = (block(8, 2, 16, rotary=rotary).eval() for block in (EncoderBlock, DecoderBlock))
    vectors, memory = torch.randn(1, 5, 8), torch.randn(1, 3, 8)
    changed = vectors.clone()
    changed[:, 3, 0] += 1  # not all numbers alike: the normalisation would take that away
    one, other = (decoder(some, causal_mask(5), memory) for some in (vectors, changed))
    torch.testing.assert_close(one.vectors[:, :3], other.vectors[:, :3])
    assert not torch.allclose(one.vectors[:, 3:], other.vectors[:, 3:])
    assert one.weights.shape == (1, 2, 5, 5) and one.across.shape == (1, 2, 5, 3)
    assert not torch.allclose(encoder(vectors).vectors[:, :3], encoder(changed).vectors[:, :3])


def test_an_encoder_block_without_positions_does_not_know_the_order() -> None:
    block = EncoderBlock(8, 2, 16).eval()
    vectors = torch.randn(1, 5, 8)
    order = torch.tensor([4, 2, 0, 1, 3])
    torch.testing.assert_close(block(vectors[:, order]).vectors, block(vectors).vectors[:, order])
