"""What a training tells while it goes on. Plain data: who listens decides where it is written or drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from core.training.task import Result

Ending = Literal["finished", "stopped", "interrupted", "diverged"]


@dataclass(frozen=True)
class Place:
    """A moment of a training.

    Attributes:
        step: updates done.
        epoch: passes over the training data done, with a fraction.
        seconds: time spent on updates; rests and evaluations do not count.
    """

    step: int
    epoch: float
    seconds: float


@dataclass(frozen=True)
class Steps:
    """Updates since the last report, one entry each in every column.

    `losses` and `accuracies` are those of the batch before its update, the
    latter as shares in 0-1.
    """

    steps: tuple[int, ...]
    epochs: tuple[float, ...]
    seconds: tuple[float, ...]
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]
    learning_rates: tuple[float, ...]


@dataclass(frozen=True)
class Vitals:
    """The norm of the loss gradient of every layer at one update (before clipping), and the memory in use."""

    place: Place
    gradient_norms: Mapping[str, float]
    memory_bytes: int


@dataclass(frozen=True)
class Validated:
    """The network on the validation data; `best` says whether the loss is the lowest so far."""

    place: Place
    result: Result
    best: bool


@dataclass(frozen=True)
class RateChanged:
    """A person multiplied the learning rate of the schedule; `factor` is what it is multiplied by now."""

    place: Place
    factor: float


@dataclass(frozen=True)
class Rests:
    """The training rests (`resting`), or goes on."""

    place: Place
    resting: bool


@dataclass(frozen=True)
class Checkpoint:
    """The weights as they are now, and what else is needed to go on from here.

    Both are the live tensors: write them before the training goes on. `state`
    is None where only the weights are worth keeping.
    """

    place: Place
    weights: Mapping[str, Tensor]
    state: Mapping[str, Tensor] | None


@dataclass(frozen=True)
class Ended:
    """No further update is made. `restored` is the step whose weights came back, where an earlier one was better."""

    place: Place
    ending: Ending
    reason: str
    restored: int | None = None
    early: bool = False


@dataclass(frozen=True)
class Scored:
    """The network on the test data: once, after the last update."""

    place: Place
    result: Result


Event = Steps | Vitals | Validated | RateChanged | Rests | Checkpoint | Ended | Scored
