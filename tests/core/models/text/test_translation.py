"""Networks that translate: both ways through them agree, and nothing leaks from padding, neighbours or the future."""

import pytest
import torch

from core.data.text.translation import source_vocabulary, target_vocabulary
from core.models.shipped import count_parameters
from core.models.text.translation import (
    ARCHITECTURES,
    SOURCE_PIECES,
    TARGET_PIECES,
    TITLES,
    Translator,
    TranslatorKind,
    translator,
)

SOURCE = torch.tensor([[5, 6, 7, 1], [9, 8, 1, 0]])
WRITTEN = torch.tensor([[2, 10, 11, 0], [3, 12, 13, 14]])
PAIRS = torch.stack([SOURCE, WRITTEN], 1)


def network(kind: TranslatorKind) -> Translator:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return translator(kind, 16).eval()


def test_vocabularies_fit_the_networks() -> None:
    assert len(source_vocabulary()) + 2 == SOURCE_PIECES == max(source_vocabulary().values()) + 1
    assert len(target_vocabulary()) + 2 == TARGET_PIECES == max(target_vocabulary().values()) + 1


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_none_has_more_than_a_million_parameters(name: str) -> None:
    with torch.device("meta"):
        assert count_parameters(ARCHITECTURES[name].build()) <= 1_000_000


@pytest.mark.parametrize("kind", TITLES)
def test_step_by_step_is_the_same_as_all_at_once(kind: TranslatorKind) -> None:
    some = network(kind)
    logits, _ = some.look(PAIRS)
    writing = some.begin(SOURCE)
    for step in range(WRITTEN.shape[1]):
        found, writing = some.advance(writing, WRITTEN[:, step])
        here = WRITTEN[:, step] != 0
        torch.testing.assert_close(found[here], logits[here, step])
    torch.testing.assert_close(some(PAIRS), logits)


@pytest.mark.parametrize("kind", TITLES)
def test_padding_and_neighbours_change_nothing(kind: TranslatorKind) -> None:
    some = network(kind)
    together, alone = some(PAIRS)[1], some(PAIRS[1:, :, :])[0]
    torch.testing.assert_close(together, alone)
    padded = torch.nn.functional.pad(PAIRS[1:], (0, 5))
    torch.testing.assert_close(some(padded)[0], alone)


@pytest.mark.parametrize("kind", TITLES)
def test_no_piece_is_seen_before_it_is_written(kind: TranslatorKind) -> None:
    some = network(kind)
    changed = PAIRS.clone()
    changed[1, 1, 3] = 99
    torch.testing.assert_close(some(PAIRS)[1, :3], some(changed)[1, :3])
    assert not torch.allclose(some(PAIRS)[1, 3], some(changed)[1, 3])


def test_every_row_of_attention_adds_up_to_one_and_leaves_padding_out() -> None:
    shapes = {"gru": [None] * 3, "gru-attention": [(1, 1, 4, 4), None, None], "transformer": [(2, 4, 4, 4)] * 3}
    for kind, expected in shapes.items():
        _, attention = network(kind).look(PAIRS)
        assert [None if one is None else tuple(one.shape[1:]) for one in attention] == expected
        for weights in (one for one in attention if one is not None):
            torch.testing.assert_close(weights.sum(-1), torch.ones(weights.shape[:-1]))
        if attention.across is not None:
            assert (attention.across[1, ..., 3] == 0).all()


@pytest.mark.parametrize("positions", ["learned", "rotary"])
def test_a_transformer_can_be_told_places_in_other_ways(positions) -> None:
    with torch.random.fork_rng(devices=[]):
        some = translator("transformer", 16, positions).eval()
    swapped = PAIRS.clone()
    swapped[0, 0, :2] = PAIRS[0, 0, :2].flip(0)
    assert not torch.allclose(some(PAIRS)[0], some(swapped)[0], atol=1e-4)
