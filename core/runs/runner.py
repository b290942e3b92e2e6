"""What runs trainings, wherever that is. Pages know only this protocol, so a cluster could take its place."""

from typing import Protocol

from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig
from core.training.config import TrainConfig


class Runner(Protocol):
    """Queues runs, starts them when it is their turn, and passes commands to them. Thread-safe."""

    @property
    def store(self) -> Store:
        """Where the runs can be read."""

    def submit(self, config: TrainConfig, session: str) -> str:
        """Put a run at the end of the queue and return its id.

        Raises:
            BadConfig, ImpossibleShape: this machine cannot do the run.
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written.
        """

    def requeue(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to resume where it was.

        Raises:
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written, or there is nothing to resume from.
        """

    def extend(self, run: str, epochs: float, session: str) -> str:
        """Train the network of an ended run for more epochs, as a new run, and return its id.

        `core.runs.workers.extend` says what that means for the learning rate.

        Raises:
            BadConfig: more epochs than this machine allows.
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written, or there is nothing to continue.
        """

    def start_sweep(self, config: SweepConfig, session: str) -> str:
        """Start a sweep and return its id; its trials are runs.

        Raises:
            BadConfig, ImpossibleShape: a value that no run can have, or more trials than this machine allows.
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written.
        """

    def stop_sweep(self, sweep: str) -> None:
        """End a sweep and its active trials; those that have ended are kept."""

    def pause(self, run: str) -> None:
        """Let a run wait before its next update."""

    def resume(self, run: str) -> None:
        """Let a paused run continue."""

    def step(self, run: str) -> None:
        """Let a run make one update and wait."""

    def stop(self, run: str) -> None:
        """End a run and keep what it learnt; a waiting run leaves the queue."""

    def set_learning_rate(self, run: str, factor: float) -> None:
        """Multiply the learning rate of a run's schedule by `factor` from its next update on."""

    def queue(self) -> list[str]:
        """Return the ids of the waiting runs, the next one first."""
