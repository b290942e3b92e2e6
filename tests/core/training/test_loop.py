import copy
import math
import threading
import time

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from core.training import loop
from core.training.control import Control
from core.training.events import (
    Checkpoint,
    Diagnostics,
    Ended,
    FinalScore,
    LearningRateChange,
    Paused,
    Resumed,
    TrainingEvent,
    Updates,
    Validation,
)
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import Task, evaluate
from tests.support.toy_task import points, task
from tests.support.waiting import wait_until


def of(kind: type, events: list[TrainingEvent]) -> list:
    return [event for event in events if isinstance(event, kind)]


def losses(events: list[TrainingEvent]) -> list[float]:
    return [loss for event in of(Updates, events) for loss in event.curve.loss.tolist()]


def run(what: Task, training: Training, control: Control | None = None) -> list[TrainingEvent]:
    return list(train(what, training, control or Control()))


def test_points_are_learnt_and_tested_once_at_the_end() -> None:
    what = task()
    events = run(what, Training(learning_rate=0.05, epochs=30, batch_size=16))
    assert len(losses(events)) == 30 * 4
    assert losses(events)[-1] < 0.2 < losses(events)[0]
    assert [event.epoch for event in of(Validation, events)] == list(range(1, 31))
    (end,), (test,) = of(Ended, events), of(FinalScore, events)
    assert (end.ending, end.reason, end.restored) == ("finished", "", None)
    assert events[-1] is test
    assert test.score == evaluate(what, what.test)
    assert test.score.accuracy > 0.9


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_two_updates_are_pytorchs_own(name: str) -> None:
    what = task(nn.Linear(2, 2))
    theirs = copy.deepcopy(what.network)
    training = Training(optimizer=name, learning_rate=0.1, weight_decay=0.01, batch_size=16, epochs=0.5)
    run(what, training)
    make = {
        "sgd": torch.optim.SGD,
        "momentum": lambda p, **k: torch.optim.SGD(p, momentum=0.9, **k),
        "nesterov": lambda p, **k: torch.optim.SGD(p, momentum=0.9, nesterov=True, **k),
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
    }[name]
    optimizer = make(theirs.parameters(), lr=0.1, weight_decay=0.01)
    for _, (inputs, targets) in zip(range(2), what.epoch(torch.Generator().manual_seed(0)), strict=False):
        optimizer.zero_grad()
        F.cross_entropy(theirs(inputs), targets).backward()
        optimizer.step()
    assert torch.allclose(what.network.weight, theirs.weight, atol=1e-7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [0.1] * 12),
        ("step", [0.1] * 4 + [0.01] * 4 + [0.001] * 4),
        ("cosine", [0.05 * (1 + math.cos(math.pi * step / 12)) for step in range(12)]),
    ],
)
def test_schedules(schedule: str, expected: list[float]) -> None:
    events = run(task(), Training(schedule=schedule, learning_rate=0.1, epochs=3, batch_size=16))
    rates = [rate for event in of(Updates, events) for rate in event.curve.learning_rate.tolist()]
    assert rates == pytest.approx(expected)


def test_one_cycle_rises_and_falls() -> None:
    events = run(task(), Training(schedule="one-cycle", learning_rate=0.1, epochs=10, batch_size=16))
    rates = [rate for event in of(Updates, events) for rate in event.curve.learning_rate.tolist()]
    assert max(rates) == pytest.approx(0.1, rel=0.01)
    assert rates.index(max(rates)) == pytest.approx(0.2 * 40, abs=1)
    assert rates[0] == pytest.approx(0.004)
    assert rates[-1] < 1e-4


def test_plateau_halves_after_three_validations_without_progress() -> None:
    what = task(nn.Linear(2, 2))
    events = run(what, Training(optimizer="sgd", schedule="plateau", learning_rate=1e-30, epochs=8, batch_size=16))
    rates = [rate for event in of(Updates, events) for rate in event.curve.learning_rate.tolist()]
    assert rates[:16] == [1e-30] * 16
    assert rates[16:] == pytest.approx([1e-30] * 16)  # torch leaves differences below 1e-8 alone

    events = run(what, Training(optimizer="sgd", schedule="plateau", learning_rate=1e-6, weight_decay=0, epochs=6))
    assert of(Validation, events)


@pytest.mark.parametrize("steps", range(1, 9))
def test_very_short_runs(steps: int) -> None:
    events = run(task(), Training(schedule="one-cycle", epochs=steps / 4, batch_size=16))
    assert len(losses(events)) == steps


def test_the_same_seed_gives_the_same_curve() -> None:
    training = Training(epochs=5, batch_size=16, learning_rate=0.05)
    assert losses(run(task(), training)) == losses(run(task(), training))
    assert losses(run(task(), training)) != losses(run(task(), training.model_copy(update={"seed": 1})))


@pytest.mark.parametrize("schedule", ["constant", "one-cycle", "plateau"])
def test_a_run_resumed_from_a_checkpoint_goes_on_as_if_nothing_had_happened(schedule: str) -> None:
    training = Training(epochs=4, batch_size=16, learning_rate=0.05, schedule=schedule, patience=50)
    whole = losses(run(task(), training))
    first = task()
    kept = None
    for event in train(first, training, Control(), checkpoint_at=(6,)):
        if isinstance(event, Checkpoint) and event.step == 6:
            assert event.state is not None
            kept = ({k: v.clone() for k, v in event.weights.items()}, {k: v.clone() for k, v in event.state.items()})
            break
    assert kept
    torch.manual_seed(99)
    second = task()
    second.network.load_state_dict(kept[0])
    rest = losses(list(train(second, training, Control(), state=kept[1])))
    assert rest == whole[6:]


def test_the_first_loss_that_is_not_finite_ends_the_run_with_advice() -> None:
    training = Training(optimizer="sgd", learning_rate=100, weight_decay=10, epochs=200, batch_size=16)
    events = run(task(nn.Linear(2, 2)), training)
    (end,) = of(Ended, events)
    assert end.ending == "diverged"
    assert "learning rate below 100" in end.reason
    assert "clipping" in end.reason
    assert all(math.isfinite(loss) for loss in losses(events))
    assert end.step == len(losses(events)) + 1
    assert not of(FinalScore, events)


def test_early_stopping_brings_the_best_weights_back() -> None:
    what = task()
    training = Training(optimizer="sgd", learning_rate=20, epochs=60, batch_size=16, patience=3, clip_norm=5)
    events = run(what, training)
    validations = of(Validation, events)
    best = min(validations, key=lambda event: event.score.loss)
    (end,) = of(Ended, events)
    assert end.early
    assert end.restored == best.step
    assert validations[-1].step == end.step < 60 * 4
    assert sum(1 for event in validations if event.step > best.step) == 3
    assert evaluate(what, what.validation) == best.score  # type: ignore[arg-type]


def test_gradients_are_clipped() -> None:
    what = task()
    run(what, Training(epochs=0.25, batch_size=16, clip_norm=1e-3))
    grads = [parameter.grad for parameter in what.network.parameters()]
    assert torch.cat([grad.flatten() for grad in grads if grad is not None]).norm() <= 1e-3 + 1e-6


def test_validation_comes_at_chosen_steps_too() -> None:
    events = run(task(), Training(epochs=2, batch_size=16, validate_every=3))
    assert [event.step for event in of(Validation, events)] == [3, 4, 6, 8]


def test_without_validation_data_nothing_is_validated() -> None:
    assert not of(Validation, run(task(validation=False), Training(epochs=2, batch_size=16)))


def test_seconds_end_a_run() -> None:
    events = run(task(), Training(epochs=1e5, seconds=0.3, batch_size=16))
    (end,) = of(Ended, events)
    assert end.ending == "finished"
    assert 0.3 <= end.seconds < 0.5
    assert end.reason == "Its 0.3 seconds ran out before its 100000 epochs."
    assert of(Diagnostics, events)[0].gradient_norms.keys() == {"0", "3"}
    assert of(Diagnostics, events)[0].memory_bytes > 1e6


def test_a_gradient_norm_is_that_of_all_numbers_of_a_layer() -> None:
    network = nn.Sequential(nn.Linear(2, 1))
    inputs, _ = points(count=4)
    network(inputs).sum().backward()
    from core.training.diagnostics import gradient_norms

    column = inputs.sum(0)
    assert gradient_norms(network) == pytest.approx({"0": math.sqrt(float((column**2).sum()) + 4**2)})


def test_pause_step_rate_resume_stop() -> None:
    control, told, beats = Control(), list[TrainingEvent](), []
    control.pause()
    what = task()

    def follow() -> None:
        training = Training(epochs=1e6, batch_size=16, optimizer="sgd", learning_rate=0.01)
        for event in train(what, training, control, heartbeat=lambda: beats.append(1)):
            told.append(event)

    thread = threading.Thread(target=follow)
    thread.start()
    wait_until(lambda: of(Paused, told))
    before = len(beats)
    wait_until(lambda: len(beats) > before)  # also while it is paused
    control.step()
    control.step()
    wait_until(lambda: len(losses(told)) == 2)
    control.scale_learning_rate(2)
    control.step()
    wait_until(lambda: len(losses(told)) == 3)
    assert what.network.training
    control.resume()
    wait_until(lambda: len(losses(told)) > 3)
    begun = time.monotonic()
    control.stop()
    control.stop()
    thread.join(5)
    assert time.monotonic() - begun < 1
    assert beats
    (end,) = of(Ended, told)
    assert end.ending == "stopped"
    assert of(FinalScore, told)
    assert [event.factor for event in of(LearningRateChange, told)] == [2]
    rates = [rate for event in of(Updates, told) for rate in event.curve.learning_rate.tolist()]
    assert rates[:4] == [0.01, 0.01, 0.02, 0.02]
    assert [type(event) for event in told if isinstance(event, Paused | Resumed)][-2:] == [Paused, Resumed]


def test_an_interrupted_run_is_not_tested() -> None:
    control = Control()
    control.interrupt()
    events = run(task(), Training(batch_size=16), control)
    assert of(Ended, events)[0].ending == "interrupted"
    assert not of(FinalScore, events)
    assert of(Checkpoint, events)[-1].state is not None


def test_a_checkpoint_between_two_epochs_does_not_repeat_the_order_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT", -1.0)
    monkeypatch.setattr(loop, "FULL_CHECKPOINT", 0.0)
    training = Training(learning_rate=0.05, epochs=3, batch_size=16, validate_every=None)
    states, whole = [], []
    for event in train(task(), training, Control()):
        if isinstance(event, Updates):
            whole += event.curve.loss.tolist()
        if isinstance(event, Checkpoint) and event.step == 4 and event.state:
            states.append(copy.deepcopy((event.weights, event.state)))
    between = [state for state in states if state[1]["progress"][1] == 0]
    assert between
    for weights, state in between:
        what = task()
        what.network.load_state_dict(weights)
        assert losses(list(train(what, training, Control(), state))) == whole[4:]
