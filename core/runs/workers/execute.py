"""One run from beginning to end: trains, and writes what happens into the store."""

import contextlib
import errno
import threading
from collections.abc import Callable

import torch

from core.models.device import name_device
from core.models.shipped import count_parameters
from core.runs.store.checkpoints import CheckpointProblem, CheckpointStore
from core.runs.store.database import StoreProblem
from core.runs.store.events import CheckpointSaved
from core.runs.store.record import Setup, Status
from core.runs.store.worker_store import WorkerStore
from core.runs.workers.control_channel import HANGING, ControlChannel
from core.settings import settings
from core.training.config import BadConfig, TrainConfig
from core.training.control import Control
from core.training.events import (
    Checkpoint,
    Ended,
    FinalScore,
    Paused,
    Resumed,
    TrainingEvent,
    Updates,
)
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.prepare import prepare
from core.training.task import Task

PREPARING = 300.0
"""Seconds that loading data and network may take."""

Listener = Callable[[TrainingEvent, Task], None]


def execute(
    store: WorkerStore,
    run: str,
    control: Control,
    listener: Listener | None = None,
    told: threading.Event | None = None,
    bring: Callable[[TrainConfig], None] = lambda _: None,
) -> Status:
    """Train a run of the store, in this thread, and return how it ended; never raises for what a run may do.

    Args:
        store: where the run is read and its events are written.
        run: its id.
        control: of the training.
        listener: also gets every event.
        told: set by whoever has left a command in the store, where that is known.
        bring: fetches the data of a run onto this machine, where they are elsewhere.
    """
    with ControlChannel(store, run, control, PREPARING, told) as channel:
        try:
            with store.kept_open():
                status, reason = _train(store, run, control, channel, listener, bring)
        except (LookupError, ValueError, OSError, RuntimeError, MemoryError) as problem:
            status, reason = describe_failure(problem)
        if status == "interrupted":
            reason = _YIELDED if channel.yielded else _ASKED_TO_END
    with contextlib.suppress(StoreProblem):  # then nothing can be written; the missing heartbeat shows it
        store.set_status(run, status, reason)
    return status


def describe_failure(problem: Exception) -> tuple[Status, str]:
    """Return how a run ends that met this problem, and a sentence about it."""
    text = str(problem.args[0] if problem.args else problem)
    if isinstance(problem, torch.OutOfMemoryError | MemoryError) or "not enough memory" in text:
        return "out of memory", _MEMORY
    if isinstance(problem, OSError):
        text = "The disk is full." if problem.errno == errno.ENOSPC else f"{problem.strerror or problem}."
    return "failed", text.splitlines()[0][:300] if text else f"{type(problem).__name__}."


_YIELDED = "It was paused while others waited, so the next run took its place."
_ASKED_TO_END = "Its process was asked to end before it was done."
_MEMORY = "There was not enough memory. Try a smaller batch, fewer channels or units, or fewer images."


def _train(
    store: WorkerStore,
    run: str,
    control: Control,
    channel: ControlChannel,
    listener: Listener | None,
    bring: Callable[[TrainConfig], None],
) -> tuple[Status, str]:
    record = store.get(run, deleted=True)  # if it was just deleted, the command to stop is there already
    if record is None:
        raise BadConfig("There is no such run.")
    bring(record.config)
    task = prepare(record.config)
    channel.alive()
    channel.patience = HANGING
    checkpoints, state = store.checkpoints(run), None
    if checkpoints.can_resume:
        weights, state = checkpoints.load_state()
        try:
            task.network.load_state_dict(weights)
            step = int(state["progress"][0])
        except (RuntimeError, LookupError):
            raise CheckpointProblem("What this run had learnt does not fit its network any more.") from None
        store.rewind(run, step)
        checkpoints.delete_after(step)
    total_steps = max(1, round(record.config.training.epochs * task.steps_per_epoch))
    store.set_setup(run, name_device(task.device, torch.get_num_threads()), _setup(record.config, task), total_steps)
    store.set_status(run, "running")
    status: Status = "failed"
    reason = ""
    for event in train(task, limit_time(record.config.training), control, state, channel.alive):
        _write(store, run, checkpoints, event)
        if listener:
            listener(event, task)
        if isinstance(event, Ended):
            status, reason = event.ending, event.reason
            if event.ending in {"finished", "stopped"}:
                checkpoints.save_final(task.network.state_dict())
            if event.ending == "stopped":
                store.set_status(run, "stopped")  # at once; the score follows
    return status, reason


def limit_time(training: Training) -> Training:
    """Return the training with a limit of seconds: its own, or that of this machine."""
    most = settings().max_seconds
    return training.model_copy(update={"seconds": min(training.seconds or most, most)})


def _setup(config: TrainConfig, task: Task) -> Setup:
    return Setup(
        sizes=task.sizes,
        notes=task.notes,
        outputs=task.outputs,
        parameters=count_parameters(task.network),
        steps_per_epoch=task.steps_per_epoch,
        batch_size=config.training.batch_size,
    )


def _write(store: WorkerStore, run: str, checkpoints: CheckpointStore, event: TrainingEvent) -> None:
    match event:
        case Updates(curve=curve):
            store.add_updates(run, curve)
        case FinalScore(score=score):
            store.set_score(run, score)
        case Checkpoint(step=step):
            if event.state is not None:
                checkpoints.save_state(event.weights, event.state)
            if step not in checkpoints.steps():
                checkpoints.save(step, event.weights)
                store.add_event(run, CheckpointSaved(step, event.epoch, event.seconds))
        case _:
            store.add_event(run, event)
    match event:
        case Paused():
            store.set_status(run, "paused")
        case Resumed():
            store.set_status(run, "running")
        case Ended(restored=restored):
            store.set_restored(run, restored)


def warm_up() -> None:
    """Do once what takes long the first time: read the images, and make two updates of the lab's network."""
    config = _small()
    with contextlib.suppress(LookupError, ValueError, OSError):
        task = prepare(config)
        for event in train(task, config.training.model_copy(update={"epochs": 1.0}), Control()):
            if isinstance(event, Ended):
                break


def read_images() -> None:
    """Read the images of the lab once; makes no thread and does not look for a GPU."""
    config = _small()
    with contextlib.suppress(LookupError, ValueError, OSError):
        prepare(config.model_copy(update={"training": config.training.model_copy(update={"device": "cpu"})}))


def _small() -> TrainConfig:
    config = TrainConfig()
    return config.model_copy(update={"task": config.task.model_copy(update={"images": 64, "validation_images": 0})})
