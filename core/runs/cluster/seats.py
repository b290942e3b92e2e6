"""What a server knows of a cluster. `core.runs.cluster.engine` is the one that there is, with Ray."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.runs.store.attempt_rows import Attempt


def seat_name(number: int, gpu: bool) -> str:
    """Return the name of a seat, by which the store knows who has a run; numbers begin at 1."""
    return f"GPU seat {number}" if gpu else f"seat {number}"


def is_seat(owner: str) -> bool:
    """Return whether a run belongs to a seat, not to a server or the command line."""
    return re.fullmatch(r"(GPU )?seat \d+", owner) is not None


@dataclass(frozen=True)
class SeatState:
    """A place for one training, as it last answered.

    Attributes:
        name: by which the store knows it.
        machine: on which it is.
        gpu: name of the one that it computes on; empty where there is none.
        gpu_id: which one of its machine; seats may share it.
        process: its id on its machine.
        attempt: what it trains; None where it is free.
    """

    name: str
    machine: str
    gpu: str
    gpu_id: str
    process: int
    attempt: Attempt | None


@dataclass(frozen=True)
class Departure:
    """An attempt of which its seat does not know any more, and why, as a sentence."""

    attempt: Attempt
    reason: str


class Cluster(Protocol):
    """Seats and desk, seen from a server. No method waits longer than a moment, and none raises."""

    def connect(self) -> None:
        """Find the desk and the seats, and make those that are missing."""

    def seats(self) -> Sequence[SeatState]:
        """Return the seats that have answered within the last seconds."""

    def desk_answers(self) -> bool:
        """Whether the desk has answered within the last seconds: without it, silent runs are not lost."""

    def train(self, seat: str, attempt: Attempt) -> None:
        """Let a seat train a run."""

    def tell(self, seat: str, attempt: Attempt) -> None:
        """Tell a seat that its run has a command."""

    def end(self, seat: str) -> None:
        """End the process of a seat; another takes its place."""

    def departures(self) -> Sequence[Departure]:
        """Return the attempts whose seats have died since the last question."""
