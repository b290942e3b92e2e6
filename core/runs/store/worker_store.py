"""What a training needs of the store, wherever it runs: the local store gives it, and so may one on another machine.

Every other method of the store is for the server and its pages.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.events import RunEvent
from core.runs.store.record import Command, Run, Setup, Status
from core.training.curve import Curve
from core.training.task import Score


class WorkerStore(Protocol):
    """Where a training reads its run and writes what happens. Thread-safe; every method raises `StoreProblem`."""

    def kept_open(self) -> AbstractContextManager[None]:
        """Have many calls cost less that follow one another."""
        return nullcontext()

    def get(self, run: str, deleted: bool = False) -> Run | None:
        """Return a run, or None where there is none of that id; deleted ones only where they are asked for."""

    def queue(self) -> list[str]:
        """Return the ids of the waiting runs, the next one first."""

    def commands(self, run: str, after: int = 0) -> list[tuple[int, Command, float]]:
        """Return (number, command, value) of the commands for a run with a number above `after`, in order."""

    def heartbeat(self, run: str) -> None:
        """Say that the process of a run is alive."""

    def set_setup(self, run: str, device: str, setup: Setup, total_steps: int) -> None:
        """Write what is known of a run once its data and its network are loaded."""

    def set_status(self, run: str, status: Status, reason: str = "") -> bool:
        """Set the status of a run; return whether that was written."""

    def set_score(self, run: str, score: Score) -> None:
        """Write the score on the test data."""

    def set_restored(self, run: str, step: int | None) -> None:
        """Write the step whose weights were restored."""

    def add_updates(self, run: str, curve: Curve) -> None:
        """Add updates to the curve of a run."""

    def add_event(self, run: str, event: RunEvent) -> None:
        """Add an event to a run."""

    def rewind(self, run: str, step: int) -> None:
        """Delete what came after `step`: a run that resumes there does it again."""

    def checkpoints(self, run: str) -> CheckpointStore:
        """Return the weights of a run, to read and to write."""
