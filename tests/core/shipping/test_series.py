"""How the networks that forecast are trained and scored, and that the shipped ones are what their cards say."""

from dataclasses import replace

import pytest
import torch

from core.data.series.samples import SAMPLES, sample
from core.data.series.series import longest_horizon
from core.models.series import SHIPPED_SHAPES
from core.models.shipped import WEIGHTS, card, load_shipped
from core.shipping import build
from core.shipping.series import SERIES_TRAININGS, series_task


@pytest.mark.parametrize("name", SHIPPED_SHAPES)
def test_networks_are_shipped_with_the_settings_of_their_series(name) -> None:
    _, window, horizon, differencing = SHIPPED_SHAPES[name]
    about = SAMPLES[name]
    assert (window, differencing) == (about.window, about.differencing)
    if name == "sine" or name == "walk":
        assert horizon == longest_horizon(len(sample(name)))


@pytest.mark.parametrize("name", ["series-sine-gru", "series-walk-linear"])
def test_the_figures_on_the_card_are_the_figures(name: str) -> None:
    found = SERIES_TRAININGS[name].score(load_shipped(name).network)
    stated = card(name)
    assert found["test"].cases == stated.test.cases
    assert abs(found["test"].correct - stated.test.correct) <= 0.002 * stated.test.cases
    for what, value in found["figures"].items():
        assert value == pytest.approx(stated.figures[what], rel=0.01, abs=0.1)


def test_weights_are_small() -> None:
    assert all((WEIGHTS / f"{name}.safetensors").stat().st_size < 100_000 for name in SERIES_TRAININGS)


def test_the_same_seed_gives_the_same_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, threads = "series-sine-mlp", torch.get_num_threads()
    shipped = SERIES_TRAININGS[name]
    short = shipped.training.model_copy(update={"epochs": 2})
    monkeypatch.setitem(build.TRAININGS, name, replace(shipped, training=short))
    try:
        for folder in ("first", "again"):
            build.pretrain(name, tmp_path / folder)
    finally:
        torch.use_deterministic_algorithms(False)
        torch.set_num_threads(threads)
    first, again = ((tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again"))
    assert first == again and load_shipped(name, tmp_path / "first").card.recipe["epochs"] == 2


def test_the_test_part_is_not_learnt() -> None:
    task = series_task("sine", "gru")
    assert task.horizon == 48 and task.network.kind == "gru"
