"""Where a Transformer looks when the language is asked for."""

from typing import cast

import pytest

from core.data.text.stories import LANGUAGES, TRAINED_TO, stories
from core.inspection.memory.attention import story_attention
from core.inspection.memory.recall import TRANSFORMERS
from core.models.shipped import load_shipped
from core.models.text.transformer import TransformerReader


@pytest.mark.parametrize("name", TRANSFORMERS)
def test_the_question_looks_at_the_country(name: str) -> None:
    told, found = stories(40, (TRAINED_TO, TRAINED_TO), 3, held_out=True), 0
    for story in told:
        weights = story_attention(name, story.words)
        assert weights.shape == (2, len(story.words))
        assert weights.sum(1) == pytest.approx(1)
        country = list(LANGUAGES)[story.answer].lower()
        found += story.words[int(weights.mean(0).argmax())] == country
    assert found >= 0.8 * len(told)  # one without a clue guesses one of the languages, and may be right so


def test_learned_positions_stay_small_beside_words() -> None:
    network = cast(TransformerReader, load_shipped("story-learned").network)
    assert network.positions.table is not None
    places, words = (table.weight.norm(dim=1) for table in (network.positions.table, network.words.table))
    assert places[:TRAINED_TO].mean() < 0.1 * words[1:].mean()
    assert places[TRAINED_TO + 8 :].mean() < places[:TRAINED_TO].mean()
