"""How the networks that forecast are trained, and scored on the last part of their series, which chose nothing."""

from dataclasses import replace
from functools import partial

import torch
from torch import nn

from core.data.series.samples import MADE, PUBLISHED, SAMPLES, sample
from core.inspection.series.baselines import TITLES as NAIVE
from core.inspection.series.forecasting import study
from core.inspection.series.rolling import skill
from core.models.cards import CardScore
from core.models.series import SHIPPED_SHAPES, TITLES, Forecaster, SampleName, SeriesKind
from core.shipping.training import Results, ShippedTraining
from core.training.control import Control
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import evaluate
from core.training.tasks.series import SeriesTask


def series_task(name: SampleName, kind: SeriesKind) -> SeriesTask:
    """Return the task that a shipped network learns."""
    _, window, horizon, differencing = SHIPPED_SHAPES[name]
    task = SeriesTask(data=name, window=window, horizon=horizon, differencing=differencing, log=SAMPLES[name].log)
    return task.with_network(kind)


def train_forecaster(network: nn.Module, _title: str, training: Training, *, task: SeriesTask) -> None:
    """Train a network in place on the first part of its series; the validation part says when to stop."""
    assert isinstance(network, Forecaster)
    with torch.random.fork_rng(devices=[]):
        prepared = task.prepare(training.batch_size, training.seed, torch.device("cpu"))
    drawn = prepared.network
    assert isinstance(drawn, Forecaster)
    network.mean.copy_(drawn.mean)
    network.deviation.copy_(drawn.deviation)
    for _ in train(replace(prepared, network=network), training, Control()):
        pass
    network.eval()


def score_forecaster(network: nn.Module, *, task: SeriesTask) -> Results:
    """Return what the card says: how often the forecast beats the last value, and its errors."""
    assert isinstance(network, Forecaster)
    prepared = task.prepare(1, 0, torch.device("cpu"))
    beaten = evaluate(replace(prepared, network=network), prepared.test)
    series = sample(task.data)
    found = study(series, network, task.horizon, task.log)
    assert found.network is not None
    best, steps = found.best_naive(), f"1 to {task.horizon} steps ahead"
    return {
        "data": f"{series.source}: the first {series.parts.training:,} of {len(series):,} values",
        "test": CardScore(
            data=f"the last {series.parts.end - series.parts.validation:,} values, each forecast {steps}: closer than "
            "the last known value",
            cases=beaten.cases,
            correct=beaten.correct,
        ),
        "figures": {
            "mean absolute error, 1 step ahead": _digits(found.network.errors(1, 1).mae),
            f"mean absolute error, {steps}": _digits(found.network.errors().mae),
            f"the same of the best naive forecast ({NAIVE[best].lower()})": _digits(found.naive[best].errors().mae),
            "skill against it, %": round(100 * skill(found.network.errors(), found.naive[best].errors()), 1),
        },
    }


def _digits(value: float) -> float:
    return float(f"{value:.4g}")


def _shipped(name: SampleName, kind: SeriesKind) -> ShippedTraining:
    task = series_task(name, kind)
    length = MADE.get(name, _LENGTHS.get(name, 0))
    return ShippedTraining(
        partial(train_forecaster, task=task),
        partial(score_forecaster, task=task),
        task.training(length),
        () if name in MADE else (PUBLISHED,),
        half=False,
        threads=1,
    )


_LENGTHS = {"sunspots": 2820, "passengers": 144, "temperatures": 3650}

SERIES_TRAININGS = {f"series-{name}-{kind}": _shipped(name, kind) for name in SHIPPED_SHAPES for kind in TITLES}
"""How each of them is trained."""
