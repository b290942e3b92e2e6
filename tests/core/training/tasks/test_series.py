"""The task of forecasting: what is learnt, what is tested, and what counts as right."""

import numpy as np
import pytest
import torch

from core.data.series.coding import encode_values
from core.data.series.samples import sample
from core.training.config import BadConfig, read_config
from core.training.control import Control
from core.training.events import FinalScore
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks.series import SeriesTask

CPU = torch.device("cpu")


def own(values: np.ndarray, **more) -> SeriesTask:
    return SeriesTask(data="own", values=encode_values(values), **{"window": 4, "horizon": 2, **more})


def test_what_is_tested_is_not_learnt_and_scales_nothing() -> None:
    values = np.arange(100.0)
    values[70:] += 1000
    task = own(values).prepare(8, 0, CPU)
    assert float(task.network.mean) == pytest.approx(values[:70].mean())
    assert float(task.network.deviation) == pytest.approx(values[:70].std(ddof=1))
    seen = torch.cat([torch.cat(batch, 1) for batch in task.epoch(torch.Generator().manual_seed(0))])
    assert seen.nan_to_num().max() < 70
    (_, tested), (_, chosen) = next(iter(task.test())), next(iter(task.validation()))
    assert tested[:, 1:].nan_to_num(1e9).min() >= 1080 and chosen[:, 1:].nan_to_num().max() < 1080
    assert task.sizes == (66 + 65, 20, 40) and task.cases(tested) == 40


def test_right_is_closer_than_the_last_value() -> None:
    task = own(np.arange(100.0)).prepare(8, 0, CPU)
    targets = torch.tensor([[10.0, 11, 14], [10.0, 11, float("nan")]], dtype=torch.float64)
    said = torch.tensor([[10.9, 9.0], [12.1, 5.0]], dtype=torch.float64)
    assert int(task.correct(said, targets)) == 1 and task.cases(targets) == 3


def test_the_last_value_has_a_loss_of_one_on_what_is_learnt() -> None:
    task = SeriesTask(data="walk", window=10, horizon=5).prepare(8, 0, CPU)
    targets = torch.cat([batch[1] for batch in task.epoch(torch.Generator().manual_seed(0))])
    assert float(task.loss(targets[:, :1].expand(-1, 5), targets)) == pytest.approx(1, rel=0.02)


@pytest.mark.parametrize("kind", SeriesTask.kinds)
def test_every_kind_learns_a_sine_without_noise(kind: str) -> None:
    begin = SeriesTask(noise=0, window=16, horizon=4).with_network(kind)
    training = begin.training(600).model_copy(update={"epochs": 6, "batch_size": 16})
    task = begin.prepare(training.batch_size, 0, CPU)
    *_, last = train(task, training, Control())
    assert isinstance(last, FinalScore) and last.score.accuracy > 0.85
    assert evaluate(task, task.test).loss < 0.1


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        (SeriesTask(data="own"), "no series"),
        (SeriesTask(log=True), "needs values above 0"),
        (own(np.arange(60.0), window=40), "a window of up to 21 and a horizon of up to 12"),
        (own(np.arange(60.0), horizon=40), "a horizon of up to 12"),
    ],
)
def test_what_cannot_be_learnt_is_a_sentence(task: SeriesTask, sentence: str) -> None:
    with pytest.raises(NotEnough, match=sentence):
        task.prepare(8, 0, CPU)


def test_nonsense_in_a_configuration_is_refused() -> None:
    with pytest.raises(BadConfig, match="make no sense"):
        read_config({"task": {"learns": "series", "data": "own", "values": "nothing"}})


def test_short_series_are_learnt_in_small_batches() -> None:
    task = SeriesTask()
    assert task.training(144).batch_size == 8 and task.training(3650).batch_size == 64
    assert len(sample("sine")) == 600
