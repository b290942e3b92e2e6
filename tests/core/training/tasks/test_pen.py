"""The movement of a pen as something to be learnt, by the ordinary loop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from core.data.pen.unipen import characters
from core.data.sources import NotHere
from core.models.pen import PenDesign
from core.training.address import change, flatten
from core.training.config import BadConfig, TrainConfig, read_config
from core.training.control import Control
from core.training.events import FinalScore, Updates
from core.training.loop import train
from core.training.prepare import prepare
from core.training.recipes import suggest_training
from core.training.task import NotEnough
from core.training.tasks.pen import PenTask
from tests.support.collection import write_collection

CPU = torch.device("cpu")


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small collection in PLAYGROUND_DATA."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    write_collection(tmp_path / "unipen")
    characters.cache_clear()
    yield
    characters.cache_clear()


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_a_description_goes_through_json_and_address(kind: str) -> None:
    config = suggest_training(PenTask(characters="capitals", network=PenDesign(kind=kind, hidden_size=16)), 2, 7)
    assert read_config(config.model_dump(mode="json")) == config
    assert TrainConfig.model_validate_json(config.model_dump_json()) == config
    assert flatten(config)["characters"] == "capitals" and flatten(config)["network"] == kind
    assert change(config, {"network": "gru"}).task.network == PenDesign(kind="gru", hidden_size=16)
    with torch.random.fork_rng(devices=[]):
        built = config.task.build(26)
    assert config.task.count_parameters() == sum(parameter.numel() for parameter in built.parameters())
    assert config.task.for_testing().network == config.task.network


@pytest.mark.parametrize("wanted", [{"network": "cnn"}, {"characters": "runes"}, {"movements": "0"}, {"blocks": "32"}])
def test_what_a_movement_has_not_is_said(wanted: dict[str, str]) -> None:
    with pytest.raises(BadConfig):
        change(suggest_training(PenTask(), 1, 0), wanted)


def test_writers_of_validation_and_test_are_kept_apart(collection: None) -> None:
    with torch.random.fork_rng(devices=[]):
        task = PenTask(movements=300).prepare(50, 0, CPU)
    assert task.sizes == (300, 200, 200) and task.steps_per_epoch == 6
    assert task.outputs == tuple("0123456789")
    assert task.validation is not None
    for examples in (task.validation, task.test):
        assert sum(len(labels) for _, labels in examples()) == 200
    with torch.random.fork_rng(devices=[]):
        letters = PenTask(characters="capitals", movements=64).prepare(32, 0, CPU)
    assert len(letters.outputs) == 26


def test_too_large_a_batch_and_a_missing_collection_are_said(
    collection: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotEnough, match="larger than the 20 movements"):
        PenTask(movements=20).prepare(32, 0, CPU)
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "elsewhere"))
    characters.cache_clear()
    with pytest.raises(NotHere):
        PenTask().prepare(32, 0, CPU)


def test_a_gru_learns_movements(collection: None) -> None:
    config = suggest_training(PenTask(movements=1200, network=PenDesign(hidden_size=32)), epochs=4, seed=1)
    faster = {"batch_size": 16, "learning_rate": 1e-2, "validate_every": None}
    config = config.model_copy(update={"training": config.training.model_copy(update=faster)})
    with torch.random.fork_rng(devices=[]):
        events = [
            one for one in train(prepare(config), config.training, Control()) if isinstance(one, Updates | FinalScore)
        ]
    first, last = events[0], events[-1]
    assert isinstance(first, Updates) and isinstance(last, FinalScore)
    assert first.curve.loss[0] > 2 and last.score.accuracy > 0.8
