"""The reader with attention: what decides, what is looked at, and that padding counts for nothing."""

import pytest
import torch

from core.models.attention.positions import TITLES
from core.models.text.embeddings import word_mask
from core.models.text.sentences import STORY_ROWS, story_reader, story_transformer
from core.models.text.tagging import TransformerTagger
from core.models.text.transformer import TransformerReader


def _reader(*, class_token: bool = False, **more: object) -> TransformerReader:
    torch.manual_seed(1)
    return TransformerReader(20, 8, 2, 16, class_token=class_token, classes=3, **more).eval()


def _pieces(*rows: list[int]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]).unsqueeze(2)


@pytest.mark.parametrize("class_token", [False, True])
@pytest.mark.parametrize("positions", TITLES)
def test_padding_changes_nothing(positions: str, class_token: bool) -> None:
    network = _reader(class_token=class_token, positions=positions, blocks=2)
    both, alone = network(_pieces([3, 4, 5], [6, 7, 8, 9, 10])), network(_pieces([3, 4, 5]))
    torch.testing.assert_close(both[:1], alone)


@pytest.mark.parametrize("class_token", [False, True])
def test_a_text_without_words_has_an_answer(class_token: bool) -> None:
    network = _reader(class_token=class_token)
    assert network(torch.zeros(1, 4, 1, dtype=torch.long)).isfinite().all()


def test_the_attention_is_that_of_the_place_that_answers() -> None:
    network, pieces = _reader(), _pieces([3, 4, 5], [6, 7, 8, 9, 10])
    looked = network.look(network.words(pieces), word_mask(pieces))
    whole = network.blocks[0](network.positions(network.words(pieces)), word_mask(pieces)[:, None, None]).weights
    assert looked.weights.shape == (2, 1, 2, 5)
    torch.testing.assert_close(looked.weights[0, 0], whole[0, :, 2])
    torch.testing.assert_close(looked.weights[1, 0], whole[1, :, 4])
    torch.testing.assert_close(looked.weights.sum(-1), torch.ones(2, 1, 2))
    assert looked.weights[0, ..., 3:].max() == 0
    torch.testing.assert_close(looked.logits, network(pieces))


def test_a_class_token_stands_before_the_words() -> None:
    network, pieces = _reader(class_token=True), _pieces([3, 4, 5])
    assert network.look(network.words(pieces), word_mask(pieces)).weights.shape == (1, 1, 2, 4)


@pytest.mark.parametrize("positions", TITLES)
def test_it_is_as_large_as_the_lstm(positions: str) -> None:
    lstm, network = (sum(one.numel() for one in each.parameters()) for each in (
        story_reader("lstm"), story_transformer(positions)))  # fmt: skip
    assert abs(network - lstm) < 0.1 * lstm
    assert story_transformer(positions).words.table.num_embeddings == STORY_ROWS


def test_a_tagger_with_attention_sees_what_follows_and_no_padding() -> None:
    torch.manual_seed(2)
    network = TransformerTagger(20, 8, 4, 16).eval()
    shaped = torch.tensor([[[3, 1], [4, 1], [5, 2]], [[3, 1], [4, 1], [6, 2]]])
    one, other = network(shaped)
    assert one.shape == (3, 3)
    assert not torch.allclose(one[0], other[0])  # the last word differs, and the first one knows
    padded = torch.cat([shaped, torch.zeros(2, 2, 2, dtype=torch.long)], 1)
    torch.testing.assert_close(network(padded)[:, :3], network(shaped))
    assert network(torch.zeros(1, 2, 2, dtype=torch.long)).isfinite().all()
