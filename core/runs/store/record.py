"""What the store knows of runs and sweeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from core.runs.sweeps.config import SweepConfig, read_sweep
from core.training.config import TrainConfig, read_config
from core.training.task import Score

Status = Literal[
    "queued",
    "starting",
    "running",
    "paused",
    "finished",
    "stopped",
    "interrupted",
    "diverged",
    "out of memory",
    "lost",
    "failed",
]
ACTIVE: frozenset[Status] = frozenset({"queued", "starting", "running", "paused"})
"""A run that has not ended."""
WORKING: frozenset[Status] = frozenset({"starting", "running", "paused"})
"""A run that has a process."""
USABLE: frozenset[Status] = frozenset({"finished", "stopped"})
"""A run whose network is kept and tested."""
Command = Literal["pause", "resume", "step", "stop", "learning rate"]


@dataclass(frozen=True)
class RunSummary:
    """A run as a table shows it.

    Attributes:
        id: unique, a lower-case hexadecimal number.
        session: of the person who started it.
        title: for people; their own text.
        tags: short texts by which people find it again.
        status: what it is doing, or how it ended.
        created: when it was submitted, seconds since 1970.
        ended: when it ended, or None.
        step: updates done.
        total_steps: updates planned.
        epoch: passes over the training data done.
        seconds: spent on updates.
        score: on the test data, once it is known.
        sweep: the sweep that it is a trial of, or None.
        parent: the run that it continues, or None.
        parameters: how many numbers its network learns; None before it started.
        data: the name of its data set.
        network: the kind of its network.
        learns: what it learns: "images", "stories" ...
    """

    id: str
    session: str
    title: str
    tags: tuple[str, ...]
    status: Status
    created: float
    ended: float | None
    step: int
    total_steps: int
    epoch: float
    seconds: float
    score: Score | None
    sweep: str | None
    parent: str | None
    parameters: int | None
    data: str | None
    network: str | None
    learns: str

    @property
    def active(self) -> bool:
        """Whether it has not ended."""
        return self.status in ACTIVE

    @property
    def usable(self) -> bool:
        """Whether its network can be used."""
        return self.status in USABLE and self.score is not None

    @property
    def accuracy(self) -> float | None:
        """Share of the test data that it got right, 0-1, once it is known."""
        return self.score.accuracy if self.score else None


@dataclass(frozen=True)
class Claims:
    """What the file of an imported network says of its training. Nobody has checked it."""

    score: Score | None = None
    steps: int = 0
    epochs: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True)
class Setup:
    """What is known of a run once its data and its network are loaded.

    Attributes:
        sizes: examples for training, validation and test.
        notes: where the data comes from, for people.
        outputs: names of the network's outputs.
        parameters: how many numbers the network learns.
        steps_per_epoch: updates in one pass over the training data.
        batch_size: examples of one update.
        stated: of an imported network.
    """

    sizes: tuple[int, int, int] = (0, 0, 0)
    notes: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    parameters: int | None = None
    steps_per_epoch: int = 0
    batch_size: int = 0
    stated: Claims | None = None


@dataclass(frozen=True)
class Run(RunSummary):
    """A run with everything the store knows of it but its history.

    Attributes:
        raw_config: the configuration as it was stored; `config` reads it.
        reason: a sentence where the status alone does not say enough.
        device: what it computes on, for people.
        setup: its data and its network.
        restored: the step whose weights were restored after early stopping, or None.
    """

    raw_config: Mapping[str, Any]
    reason: str
    device: str
    setup: Setup
    restored: int | None

    @cached_property
    def config(self) -> TrainConfig:
        """The whole configuration.

        Raises:
            BadConfig: another version of the app made it, with settings that this one does not know.
        """
        return read_config(dict(self.raw_config))

    @property
    def imported(self) -> bool:
        """Whether its network came as a file."""
        return self.setup.stated is not None


SweepStatus = Literal["running", "finished", "stopped", "interrupted", "failed"]


@dataclass(frozen=True)
class Sweep:
    """Several runs that differ in a few hyperparameters, which a sampler chose.

    Attributes:
        id: unique, a lower-case hexadecimal number.
        session: of the person who started it.
        title: for people; their own text.
        raw_config: the configuration as it was stored; `config` reads it.
        status: what it is doing, or how it ended.
        reason: a sentence where the status alone does not say enough.
        created: when it was started, seconds since 1970.
        ended: when it ended, or None.
    """

    id: str
    session: str
    title: str
    raw_config: Mapping[str, Any]
    status: SweepStatus
    reason: str
    created: float
    ended: float | None

    @property
    def active(self) -> bool:
        """Whether it has not ended."""
        return self.status == "running"

    @cached_property
    def config(self) -> SweepConfig:
        """The whole configuration.

        Raises:
            BadConfig: another version of the app made it, with settings that this one does not know.
        """
        return read_sweep(dict(self.raw_config))

    @property
    def learns(self) -> str:
        """What its trials learn: "images", "stories" ..."""
        return learns(self.raw_config.get("base", {}))

    @property
    def data(self) -> str:
        """The name of the data that they learn from; empty where the configuration does not say it."""
        return str(self.raw_config.get("base", {}).get("task", {}).get("data", ""))


def learns(config: Mapping[str, Any]) -> str:
    """Return what a stored configuration of a run learns."""
    return str(config.get("task", {}).get("learns", "images"))
