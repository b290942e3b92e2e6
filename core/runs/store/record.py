"""What is known of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

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
"""A run that is not over."""
WORKING: frozenset[Status] = frozenset({"starting", "running", "paused"})
"""A run that has a process."""
USABLE: frozenset[Status] = frozenset({"finished", "stopped"})
"""A run whose network is kept and tested."""
Command = Literal["pause", "resume", "step", "stop", "learning rate"]


@dataclass(frozen=True)
class Run:
    """A run as the store has it.

    Attributes:
        id: unique, a lower-case hexadecimal number.
        session: of the person who started it.
        title: for people; their own text.
        config: the whole configuration, as JSON has it.
        status: where it stands.
        reason: a sentence where the status alone does not say enough.
        created: when it was submitted, seconds since 1970.
        ended: when it was over, or None.
        device: what it computes on, for people.
        about: what the task says of itself: sizes, notes, outputs, parameters, steps.
        step: updates done.
        epoch: passes done.
        seconds: spent on updates.
        total_steps: updates planned.
        score: on the test data, once it is known: loss, correct, cases.
        restored: the step whose weights came back after early stopping, or None.
        tags: short texts of people, by which they find it again.
        sweep: the sweep that it is a trial of, or None.
        parent: the run that it goes on from, or None.
    """

    id: str
    session: str
    title: str
    config: Mapping[str, Any]
    status: Status
    reason: str
    created: float
    ended: float | None
    device: str
    about: Mapping[str, Any]
    step: int
    epoch: float
    seconds: float
    total_steps: int
    score: Mapping[str, float] | None
    restored: int | None
    tags: tuple[str, ...] = ()
    sweep: str | None = None
    parent: str | None = None

    @property
    def active(self) -> bool:
        """Whether it is not over."""
        return self.status in ACTIVE

    @property
    def usable(self) -> bool:
        """Whether its network can be used."""
        return self.status in USABLE and self.score is not None

    @property
    def learns(self) -> str:
        """What it learns, in a word: "images", "stories" ..."""
        return str(self.config.get("task", {}).get("learns", "images"))

    @property
    def imported(self) -> bool:
        """Whether its network came as a file; what that said of itself is in ``about["stated"]``, unproven."""
        return "stated" in self.about


@dataclass(frozen=True)
class Summary:
    """What a table shows of a run; the fields that `Run` has too mean the same.

    Attributes:
        parameters: how many numbers its network learns; None before it began.
        data: the name of its data set, where its task has one.
        network: the kind of its network, where its task has one.
        learns: what it learns, in a word.
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
    score: Mapping[str, float] | None
    sweep: str | None
    parent: str | None
    parameters: int | None
    data: str | None
    network: str | None
    learns: str

    @property
    def active(self) -> bool:
        """Whether it is not over."""
        return self.status in ACTIVE

    @property
    def usable(self) -> bool:
        """Whether its network can be used."""
        return self.status in USABLE and self.score is not None

    @property
    def accuracy(self) -> float | None:
        """Share of the test data that it has right, 0-1, once it is known."""
        return self.score["correct"] / self.score["cases"] if self.score else None


SweepStatus = Literal["running", "finished", "stopped", "interrupted", "failed"]


@dataclass(frozen=True)
class Sweep:
    """Several runs that differ in a few hyperparameters, made one after the other by a sampler.

    Attributes:
        id: unique, a lower-case hexadecimal number.
        session: of the person who started it.
        title: for people; their own text.
        config: a `core.runs.sweeps.sweep.SweepConfig`, as JSON has it.
        status: where it stands.
        reason: a sentence where the status alone does not say enough.
        created: when it was started, seconds since 1970.
        ended: when it was over, or None.
    """

    id: str
    session: str
    title: str
    config: Mapping[str, Any]
    status: SweepStatus
    reason: str
    created: float
    ended: float | None

    @property
    def active(self) -> bool:
        """Whether it is not over."""
        return self.status == "running"


@dataclass(frozen=True)
class Happening:
    """Something that happened in a run at one moment; `data` as JSON has it."""

    number: int
    kind: str
    step: int
    epoch: float
    seconds: float
    data: Mapping[str, Any]
