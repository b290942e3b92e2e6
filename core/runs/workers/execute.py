"""One run from its beginning to its end: trains, and writes what happens into the store."""

import contextlib
import errno
from collections.abc import Callable, Mapping
from dataclasses import asdict

import torch

from core.models.device import name_device
from core.models.shipped import count_parameters
from core.runs.store.checkpoints import CheckpointProblem, Shelf
from core.runs.store.record import Run, Status
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.levers import HANGING, Levers
from core.settings import settings
from core.training.config import BadConfig, TrainConfig, read_config
from core.training.control import Control
from core.training.events import (
    Checkpoint,
    Diagnostics,
    Ended,
    Event,
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
from core.training.prepare import prepare
from core.training.task import Task

PREPARING = 300.0
"""Seconds that data and network may take to be there."""


def execute(
    store: Store, run: str, control: Control, listen: Callable[[TrainingEvent, Task], None] | None = None
) -> Status:
    """Train a run of the store, in this thread, and return how it ended; never raises for what a run may do.

    Args:
        store: where the run is read and what happens is written.
        run: its id.
        control: its levers.
        listen: is told of every event too.
    """
    with Levers(store, run, control, PREPARING) as levers:
        try:
            status, reason = _train(store, run, control, levers, listen)
        except (LookupError, ValueError, OSError, RuntimeError, MemoryError) as problem:
            status, reason = explain(problem)
    with contextlib.suppress(StoreProblem):  # then nothing can be said; the silence says it
        store.set_status(run, status, reason)
    return status


def explain(problem: Exception) -> tuple[Status, str]:
    """Return how a run ends that met this problem, and a sentence about it."""
    text = str(problem.args[0] if problem.args else problem)
    if isinstance(problem, torch.OutOfMemoryError | MemoryError) or "not enough memory" in text:
        return "out of memory", _MEMORY
    if isinstance(problem, OSError):
        text = "The disk is full." if problem.errno == errno.ENOSPC else f"{problem.strerror or problem}."
    return "failed", text.splitlines()[0][:300] if text else f"{type(problem).__name__}."


_MEMORY = "There was not enough memory. Try a smaller batch, fewer channels or units, or fewer images."


def _train(
    store: Store, run: str, control: Control, levers: Levers, listen: Callable[[TrainingEvent, Task], None] | None
) -> tuple[Status, str]:
    record = store.get(run, deleted=True)  # deleted just now: the command to stop is there already
    if record is None:
        raise BadConfig("There is no such run.")
    config = read_config(dict(record.config))
    training = limit_time(config.training)
    task = prepare(config)
    levers.alive()
    levers.patience = HANGING
    shelf = Shelf(store.folder / run)
    state = None
    if shelf.can_go_on:
        weights, state = shelf.state()
        try:
            task.network.load_state_dict(weights)
            done = int(state["progress"][0])
        except (RuntimeError, LookupError):
            raise CheckpointProblem("What this run had learnt does not fit its network any more.") from None
        store.rewind(run, done)
        shelf.forget_after(done)
    device = name_device(task.device, torch.get_num_threads())
    store.introduce(run, device, about(config, task), _total_steps(config, task))
    store.set_status(run, "running")
    writer = _Writer(store, record, shelf)
    ending: Status = "failed"
    for event in train(task, training, control, state, levers.alive):
        writer.write(event)
        if listen:
            listen(event, task)
        if isinstance(event, Ended):
            ending = event.ending
            if ending in {"finished", "stopped"}:
                shelf.keep_final(task.network.state_dict())
            if ending == "stopped":
                store.set_status(run, "stopped")  # at once; the score follows
    return ending, writer.reason


def limit_time(training: Training) -> Training:
    """Return the training with an end in time: its own, or what this machine allows."""
    most = settings().max_seconds
    return training.model_copy(update={"seconds": min(training.seconds or most, most)})


def about(config: TrainConfig, task: Task) -> dict[str, object]:
    """Return what the task says of itself, as `core.runs.store.record.Run.about` holds it."""
    return {
        "sizes": task.sizes,
        "notes": task.notes,
        "outputs": task.outputs,
        "parameters": count_parameters(task.network),
        "steps_per_epoch": task.steps_per_epoch,
        "batch_size": config.training.batch_size,
    }


def _total_steps(config: TrainConfig, task: Task) -> int:
    return max(1, round(config.training.epochs * task.steps_per_epoch))


def warm_up() -> None:
    """Do once what takes long the first time: read the images, and make two updates of the lab's network."""
    config = TrainConfig()
    little = config.task.model_copy(update={"images": 64, "validation_images": 0})
    with contextlib.suppress(LookupError, ValueError, OSError):
        task = prepare(config.model_copy(update={"task": little}))
        for event in train(task, config.training.model_copy(update={"epochs": 1.0}), Control()):
            if isinstance(event, Ended):
                break


class _Writer:
    """Writes events into the store."""

    def __init__(self, store: Store, record: Run, shelf: Shelf) -> None:
        self.store, self.run, self.shelf = store, record.id, shelf
        self.reason = ""

    def write(self, event: TrainingEvent) -> None:
        match event:
            case Updates():
                self.store.add_rows(self.run, event.curve.rows)
            case Diagnostics():
                self._happened("vitals", event, {"norms": event.gradient_norms, "memory": event.memory_bytes})
            case Validation():
                self._happened("validation", event, asdict(event.score) | {"best": event.best})
            case LearningRateChange():
                self._happened("rate", event, {"factor": event.factor})
            case Paused() | Resumed():
                paused = isinstance(event, Paused)
                self._happened("rest", event, {"resting": paused})
                self.store.set_status(self.run, "paused" if paused else "running")
            case Checkpoint():
                if event.state is not None:
                    self.shelf.keep_state(event.weights, event.state)
                if event.step not in self.shelf.steps():
                    self.shelf.keep(event.step, event.weights)
                    self._happened("checkpoint", event, {})
            case Ended():
                self.reason = event.reason
                self.store.set_restored(self.run, event.restored)
                ended = {"ending": event.ending, "restored": event.restored, "early": event.early}
                self._happened("ended", event, ended)
            case FinalScore():
                self.store.set_score(self.run, asdict(event.score))

    def _happened(self, kind: str, event: Event, data: Mapping[str, object]) -> None:
        self.store.add_happening(self.run, kind, (event.step, event.epoch, event.seconds), data)
