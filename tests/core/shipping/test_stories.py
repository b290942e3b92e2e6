"""How the networks that read stories are trained and measured, in a small world."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.inspection.memory.recall import DISTANCES, READERS, RecallMeasurement, recall
from core.models.shipped import load_shipped
from core.shipping import stories as shipped_stories
from core.shipping.stories import STORY_TRAININGS, score_stories, write_reach
from core.shipping.training import one_cycle
from core.training.tasks.stories import StoryTask


@pytest.mark.parametrize("name", READERS)
def test_the_score_on_the_card_is_the_score(name: str) -> None:
    shipped = load_shipped(name)
    assert score_stories(shipped.network, (6, 40)) == shipped.card.test


def test_every_network_is_trained_as_often_and_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped_stories, "SEEDS", 2)
    monkeypatch.setattr(shipped_stories, "recall", lambda network: recall(network, DISTANCES[:3]))
    few, short = StoryTask(stories=40), one_cycle(epochs=1, batch_size=20, learning_rate=1e-3)
    trainings = {name: replace(one, learn=few, training=short) for name, one in STORY_TRAININGS.items()}
    monkeypatch.setattr(shipped_stories, "STORY_TRAININGS", trainings)
    threads = torch.get_num_threads()
    try:
        reach = write_reach(tmp_path / "reach.json")
        again = write_reach(tmp_path / "reach.json", ("story-rotary",))
    finally:
        torch.use_deterministic_algorithms(False)
        torch.set_num_threads(threads)
    assert again == reach  # what is kept stays as it is, and the same seed gives the same again
    assert RecallMeasurement.model_validate_json((tmp_path / "reach.json").read_bytes()) == reach
    assert [(one.name, one.seed) for one in reach.trained] == [(name, seed) for name in READERS for seed in (0, 1)]
    assert all(len(one.chance) == len(one.cases) == 3 for one in reach.trained)
