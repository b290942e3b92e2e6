"""What a training reports while it runs. Plain data: the listener decides where it is written or drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from core.training.curve import Curve
from core.training.task import Score

Ending = Literal["finished", "stopped", "interrupted", "diverged"]


@dataclass(frozen=True)
class Event:
    """Something that happened in a training.

    Attributes:
        step: updates done.
        epoch: passes over the training data done, with a fraction.
        seconds: time spent on updates; pauses and evaluations do not count.
    """

    step: int
    epoch: float
    seconds: float


@dataclass(frozen=True)
class Updates:
    """The updates since the last report."""

    curve: Curve


@dataclass(frozen=True)
class Diagnostics(Event):
    """The norm of the loss gradient of every layer at one update (before clipping), and the memory in use."""

    gradient_norms: Mapping[str, float]
    memory_bytes: int


@dataclass(frozen=True)
class Validation(Event):
    """The score on the validation data; `best` says whether the loss is the lowest so far."""

    score: Score
    best: bool


@dataclass(frozen=True)
class LearningRateChange(Event):
    """A person scaled the learning rate; from now on that of the schedule is multiplied by `factor`."""

    factor: float


@dataclass(frozen=True)
class Paused(Event):
    """The training waits before its next update."""


@dataclass(frozen=True)
class Resumed(Event):
    """The training no longer waits."""


@dataclass(frozen=True)
class Checkpoint(Event):
    """The current weights, and everything else needed to resume from here.

    Both are the live tensors: write them before the training continues. `state`
    is None where only the weights are worth keeping.
    """

    weights: Mapping[str, Tensor]
    state: Mapping[str, Tensor] | None


@dataclass(frozen=True)
class Ended(Event):
    """The last update was made.

    Attributes:
        ending: how the training ended.
        reason: a sentence where `ending` alone does not say enough.
        restored: the step whose weights were restored, where an earlier one was better.
        early: whether early stopping ended it.
    """

    ending: Ending
    reason: str = ""
    restored: int | None = None
    early: bool = False


@dataclass(frozen=True)
class FinalScore(Event):
    """The score on the test data: once, after the last update."""

    score: Score


TrainingEvent = (
    Updates | Diagnostics | Validation | LearningRateChange | Paused | Resumed | Checkpoint | Ended | FinalScore
)
