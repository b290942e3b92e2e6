"""What runs a training, wherever that is: pages know no more of it than this."""

from typing import Protocol

from core.runs.store.store import Store
from core.runs.sweeps.sweep import SweepConfig
from core.training.config import TrainConfig


class Runner(Protocol):
    """Takes runs, starts them when it is their turn, and passes levers on to them. Thread-safe."""

    @property
    def store(self) -> Store:
        """Where the runs can be read."""

    def submit(self, config: TrainConfig, session: str) -> str:
        """Put a run at the end of the queue and return its id.

        Raises:
            BadConfig, ImpossibleShape: the run cannot be done on this machine.
            Busy: the session has an active run.
            StoreProblem: nothing could be written.
        """

    def go_on(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to go on where it was.

        Raises:
            Busy: the session has an active run.
            StoreProblem: nothing could be written, or there is nothing to go on from.
        """

    def train_longer(self, run: str, epochs: float, session: str) -> str:
        """Train the network of a run that has ended for more epochs, as a new run, and return its id.

        `core.runs.workers.extend` says what that means for the learning rate.

        Raises:
            BadConfig: more epochs than this machine allows.
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written, or there is nothing to go on from.
        """

    def start_sweep(self, config: SweepConfig, session: str) -> str:
        """Begin a sweep and return its id; its trials are runs, one after the other.

        Raises:
            BadConfig, ImpossibleShape: a value that no run can have, or more trials than this machine allows.
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written.
        """

    def stop_sweep(self, sweep: str) -> None:
        """End a sweep and the trial that runs; those that have ended are kept."""

    def pause(self, run: str) -> None:
        """Let a run rest before its next update."""

    def resume(self, run: str) -> None:
        """Let a run go on."""

    def step(self, run: str) -> None:
        """Let a run make one update and rest."""

    def stop(self, run: str) -> None:
        """End a run and keep what it learnt; one that waits leaves the queue."""

    def set_learning_rate(self, run: str, factor: float) -> None:
        """Multiply the learning rate of a run's schedule by `factor` from its next update on."""

    def queue(self) -> list[str]:
        """Return the ids of the runs that wait, the next one first."""
