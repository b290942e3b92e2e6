"""The page Neurons: its sections, and the playground's training as an ordinary run."""

from typing import Any

import pytest
import torch

from core.data.points.coding import encode_points
from core.inspection.points import landscape, shared_trials
from core.settings import settings
from core.training.config import BadConfig, check
from core.training.control import Control
from core.training.events import FinalScore
from core.training.loop import train
from core.training.prepare import prepare
from core.ui.sections.neurons.as_run import run_config
from tests.support.apps import as_read, html, open_page, told


@pytest.fixture
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is trained on the page be trained for a moment only."""
    for module in (
        "core.inspection.points.luck",
        "core.inspection.points.shared_trials",
        "core.ui.sections.neurons.luck",
    ):
        monkeypatch.setattr(f"{module}.UPDATES", (2, 4, 6))
    monkeypatch.setattr(landscape, "UPDATES", 20)
    monkeypatch.setattr(landscape, "STOPS", 6)


def test_every_section_opens(few_updates: None) -> None:
    sections = open_page("neurons").button_group(key="neurons-section").options
    assert sections == ["One neuron", "A network learns", "Is it luck?"]
    for section in sections:
        app = open_page("neurons", **{"neurons-section": section})
        assert not app.exception and not app.warning
        assert app.title[0].value == "Neurons"


def test_the_playground_gets_measured_points_and_colours() -> None:
    data = told(open_page("neurons", **{"neurons-section": "A network learns"}), "neurons-playground")
    assert set(data["tables"]) == {"iris", "penguins"}
    for table in data["tables"].values():
        assert len(table["x1"]) == len(table["x2"]) == len(table["y"]) > 100
        assert set(table["y"]) == set(range(len(table["names"])))
    assert len(data["palette"]) == 255


def test_luck_counts_the_seeds(few_updates: None) -> None:
    app = open_page(
        "neurons", **{"neurons-section": "Is it luck?", "luck-table": "second 0101", "luck-activation": "tanh"}
    )
    trial = shared_trials.trial_of((0, 1, 0, 1), "tanh")
    assert trial.future is not None
    trial.future.result(60)
    app.run()
    shown = html(app)
    for outcome in trial.outcomes:
        for rate in range(3):
            assert f"right in {outcome.solved(rate)} of 200" in shown
    assert any("end in [0, 1, 0, 1]" in one.value for one in app.markdown)


def test_when_too_many_are_waiting_a_sentence_says_so(few_updates: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_trials, "WAITING", 0)
    app = open_page(
        "neurons", **{"neurons-section": "Is it luck?", "luck-table": "NOR 1000", "luck-activation": "sigmoid"}
    )
    assert "Try again" in app.info[0].value


def test_the_landscape_is_a_surface_with_both_ways(few_updates: None) -> None:
    app = open_page("neurons", **{"neurons-section": "Is it luck?"})
    app.segmented_control(key="landscape-directions").set_value("Random, filter-normalised").run()
    assert not app.exception
    texts = [as_read(one.value) for one in app.markdown]
    assert any("**SGD** went" in one and "**Adam** went" in one for one in texts)


WANTED: dict[str, Any] = {
    "title": "Two moons", "train": "0.OqOqxVxV~1.OqxVxVOq", "test": "0.OqOq~1.OqxV", "names": ["left", "right"],
    "features": ["x1", "x2", "x1x2"], "layers": [8], "activation": "tanh", "dropout": 0, "optimiser": "adam",
    "rate": 0.03, "batch": 2, "epochs": 60, "seed": 3, "penalty": "none", "strength": 0.001,
}  # fmt: skip


def test_a_training_of_the_playground_is_an_ordinary_run() -> None:
    config = run_config(WANTED)
    check(config)
    assert config.training.epochs == settings().max_epochs == 50
    assert config.title == "Points: Two moons" and config.task.learns == "points"
    with torch.random.fork_rng(devices=[]):
        task = prepare(config)
        events = list(train(task, config.training, Control()))
    assert task.outputs == ("left", "right") and task.sizes == (4, 0, 2) and task.steps_per_epoch == 2
    (score,) = [event for event in events if isinstance(event, FinalScore)]
    assert score.score.correct == score.score.cases == 2


def test_l2_is_weight_decay_and_l1_is_refused() -> None:
    assert run_config({**WANTED, "penalty": "l2", "strength": 0.01}).training.weight_decay == 0.01
    with pytest.raises(BadConfig, match="no L1"):
        run_config({**WANTED, "penalty": "l1"})


@pytest.mark.parametrize(
    "change",
    [
        {"train": "9.AAAA"}, {"train": ""}, {"train": None}, {"names": ["only"]}, {"names": "text"}, {"layers": [99]},
        {"features": []}, {"activation": "magic"}, {"rate": float("nan")}, {"rate": -1}, {"batch": 0},
        {"epochs": "many"}, {"optimiser": "none"}, {"seed": -1}, {"test": "5.AAAA"}, {"dropout": 2},
    ],
)  # fmt: skip
def test_nonsense_from_a_browser_is_refused_with_a_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(BadConfig, match=r"\."):
        run_config({**WANTED, **change})


def test_many_points_are_a_run_too() -> None:
    points, labels = torch.rand(5000, 2).numpy() * 12 - 6, torch.arange(5000).numpy() % 2
    config = run_config({**WANTED, "train": encode_points(points.astype(float), labels)})
    with torch.random.fork_rng(devices=[]):
        assert prepare(config).sizes[0] == 5000
