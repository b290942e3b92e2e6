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

    @property
    def active(self) -> bool:
        """Whether it is not over."""
        return self.status in ACTIVE

    @property
    def usable(self) -> bool:
        """Whether its network can be used."""
        return self.status in USABLE and self.score is not None


@dataclass(frozen=True)
class Happening:
    """Something that happened in a run at one moment; `data` as JSON has it."""

    number: int
    kind: str
    step: int
    epoch: float
    seconds: float
    data: Mapping[str, Any]
