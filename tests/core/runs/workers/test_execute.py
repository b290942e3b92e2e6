import math
import threading
import time

import pytest
import torch

from core.runs.networks import NoNetwork, final_network, network_at
from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.events import CheckpointSaved
from core.runs.store.record import Run, Setup
from core.runs.store.store import Store
from core.runs.workers import execute as module
from core.runs.workers.execute import execute
from core.training.config import TrainConfig, read_config
from core.training.control import Control
from core.training.events import Diagnostics, Ended, LearningRateChange, Validation
from core.training.prepare import prepare
from core.training.task import Score, evaluate
from tests.support.waiting import wait_until


def begin(store: Store, config: TrainConfig, session: str = "me") -> str:
    return store.create(config, session, "starting")


def found(store: Store, run: str) -> Run:
    record = store.get(run)
    assert record
    return record


def changed(config: TrainConfig, **training: object) -> TrainConfig:
    return config.model_copy(update={"training": config.training.model_copy(update=training)})


def test_a_run_leaves_everything_behind(store: Store, config: TrainConfig) -> None:
    run = begin(store, config)
    assert execute(store, run, Control()) == "finished"
    record = found(store, run)
    assert record.usable
    assert record.setup == Setup(
        sizes=(200, 40, 60),
        notes=("own pictures “stripes”, 240 for training",),
        outputs=("standing", "lying"),
        parameters=784 * 16 + 16 + 16 * 2 + 2,
        steps_per_epoch=10,
        batch_size=20,
    )
    assert record.config == config
    assert (record.step, record.epoch, record.total_steps) == (40, 4.0, 40)
    curve = store.curve(run)
    assert curve.step.tolist() == list(range(1, 41))
    assert curve.loss[-1] < curve.loss[0]
    kinds = [type(event) for event in store.events(run)]
    assert kinds.count(Validation) == 4
    assert kinds[-1] is Ended
    assert {CheckpointSaved, Diagnostics} <= set(kinds)

    network = final_network(store, record)
    assert not network.training
    task = prepare(config)
    task.network.load_state_dict(network.state_dict())
    result = evaluate(task, task.test, by_class=True)
    assert record.score == Score(pytest.approx(result.loss), result.correct, 60, result.by_class)
    first = network_at(store, record, 0)
    assert torch.allclose(first(torch.ones(1, 1, 28, 28)), prepare(config).network(torch.ones(1, 1, 28, 28)), atol=1e-2)
    with pytest.raises(NoNetwork, match="gone or damaged"):
        network_at(store, record, 7)


def test_the_same_configuration_gives_the_same_curve(store: Store, config: TrainConfig) -> None:
    curves = []
    for session in ("a", "b"):
        run = begin(store, config, session)
        execute(store, run, Control())
        curves.append(store.curve(run).rows[:, [0, 1, 3, 4, 5]].tolist())
    assert curves[0] == curves[1]


def test_an_interrupted_run_goes_on_where_it_was_with_the_same_curve(store: Store, config: TrainConfig) -> None:
    whole, cut = begin(store, config, "a"), begin(store, config, "b")
    execute(store, whole, Control())
    control = Control()
    assert execute(store, cut, control, lambda event, _: control.interrupt() if len(store.curve(cut)) else None) in {
        "interrupted",
        "finished",
    }
    control = Control()
    control.interrupt()
    again = begin(store, config, "c")
    assert execute(store, again, control) == "interrupted"
    assert found(store, again).reason == "Its process was asked to end before it was done."
    assert not found(store, again).usable
    assert execute(store, again, Control()) == "finished"
    assert store.curve(again).loss.tolist() == store.curve(whole).loss.tolist()


def test_commands_reach_the_training(store: Store, endless: TrainConfig) -> None:
    run = begin(store, endless)
    thread = threading.Thread(target=execute, args=(store, run, Control()))
    thread.start()

    def wait_for(status: str) -> None:
        wait_until(lambda: found(store, run).status == status, 10)

    wait_for("running")
    store.command(run, "learning rate", 0.5)
    store.command(run, "pause")
    wait_for("paused")
    before = found(store, run).step
    store.command(run, "step")
    wait_until(lambda: found(store, run).step > before, 5)
    assert found(store, run).step == before + 1
    store.command(run, "resume")
    wait_for("running")
    store.command(run, "stop")
    store.command(run, "stop")
    begun = time.monotonic()
    wait_for("stopped")
    assert time.monotonic() - begun < 1
    thread.join(10)
    assert found(store, run).usable
    factors = [event.factor for event in store.events(run) if isinstance(event, LearningRateChange)]
    assert factors == [0.5]


def test_this_machine_sets_an_end_in_time(store: Store, endless: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_MAX_SECONDS", "0.5")
    run = begin(store, endless)
    assert execute(store, run, Control()) == "finished"
    assert "Its 0.5 seconds ran out" in found(store, run).reason


def test_a_state_of_another_network_is_said(store: Store, config: TrainConfig) -> None:
    run = begin(store, config)
    CheckpointStore(store.folder / run).save_state({"a": torch.ones(1)}, {"b": torch.ones(1)})
    assert execute(store, run, Control()) == "failed"
    assert "does not fit its network" in found(store, run).reason


def test_a_diverged_run_says_so_with_advice(store: Store, config: TrainConfig) -> None:
    run = begin(store, changed(config, optimizer="sgd", learning_rate=100.0, weight_decay=10.0, epochs=200))
    assert execute(store, run, Control()) == "diverged"
    record = found(store, run)
    assert "Try a learning rate below 100" in record.reason
    assert not record.usable
    assert all(math.isfinite(loss) for loss in store.curve(run).loss)
    with pytest.raises(NoNetwork):
        final_network(store, record)


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB"), "out of memory", "smaller batch"),
        (MemoryError(), "out of memory", "smaller batch"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory"), "out of memory", "smaller batch"),
        (RuntimeError("mat1 and mat2 cannot be multiplied\nmore"), "failed", "mat1 and mat2 cannot be multiplied"),
        (OSError(28, "No space left on device"), "failed", "The disk is full."),
        (OSError(30, "Read-only file system"), "failed", "Read-only file system."),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(
    store: Store, config: TrainConfig, monkeypatch: pytest.MonkeyPatch, problem: Exception, status: str, words: str
) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(module, "train", fail)
    run = begin(store, config)
    assert execute(store, run, Control()) == status
    assert words in found(store, run).reason
    assert "\n" not in found(store, run).reason


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"data": "own:0123456789abcdef"}, "no such data set"),
        ({"validation_images": 230}, "too few"),
        ({"network": {"kind": "cnn", "blocks": [{"kernel_size": 9, "pooling": "max"}] * 4}}, "does not fit"),
    ],
)
def test_a_run_that_cannot_begin_says_why(
    store: Store, config: TrainConfig, changes: dict[str, object], words: str
) -> None:
    tree = config.model_dump(mode="json")
    tree["task"] |= changes
    run = begin(store, read_config(tree))
    assert execute(store, run, Control()) == "failed"
    assert words in found(store, run).reason


def test_a_full_disk_ends_the_run_and_not_the_process(
    store: Store, config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(store, config)

    def full(*_: object) -> None:
        from core.runs.store.checkpoints import CheckpointProblem

        raise CheckpointProblem("The weights could not be written: No space left on device.")

    monkeypatch.setattr(CheckpointStore, "save", full)
    assert execute(store, run, Control()) == "failed"
    assert "No space left" in found(store, run).reason
