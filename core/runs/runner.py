"""What runs trainings, wherever that is. Pages know only this protocol, so a cluster can take this machine's place.

Every change says who asks for it; whether they may is decided here and in the store, never by a page alone.
"""

from typing import Protocol

from core.runs.store.record import Command
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig
from core.training.config import TrainConfig


class Runner(Protocol):
    """Queues runs, starts them when it is their turn, and passes commands to them. Thread-safe."""

    @property
    def store(self) -> Store:
        """Where the runs can be read."""

    def about(self) -> str:
        """Where it trains, for people; empty for this machine, with the device that pages use."""
        return ""

    def trouble(self) -> str:
        """Why nothing can be trained now, as a sentence without its full stop; empty where that is not so."""
        return ""

    def submit(self, config: TrainConfig, by: Person) -> str:
        """Put a run at the end of the queue and return its id.

        Raises:
            BadConfig, ImpossibleShape: this machine cannot do the run.
            Busy: they have an active run or sweep.
            OverLimit: they, or all together, have asked for more than this server allows.
            StoreProblem: nothing could be written.
        """

    def requeue(self, run: str, by: Person) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to resume where it was.

        Raises:
            Busy: they have an active run or sweep.
            NotAllowed: it is not their run.
            OverLimit: they, or all together, have asked for more than this server allows.
            StoreProblem: nothing could be written, or there is nothing to resume from.
        """

    def extend(self, run: str, epochs: float, by: Person) -> str:
        """Train the network of an ended run for more epochs, as a new run, and return its id.

        `core.runs.workers.extend` says what that means for the learning rate.

        Raises:
            BadConfig: more epochs than this machine allows.
            Busy: they have an active run or sweep.
            OverLimit: they, or all together, have asked for more than this server allows.
            StoreProblem: nothing could be written, or there is nothing to continue.
        """

    def start_sweep(self, config: SweepConfig, by: Person) -> str:
        """Start a sweep and return its id; its trials are runs.

        Raises:
            BadConfig, ImpossibleShape: a value that no run can have, or more trials than this machine allows.
            Busy: they have an active run or sweep.
            OverLimit: they, or all together, have asked for more than this server allows.
            StoreProblem: nothing could be written.
        """

    def stop_sweep(self, sweep: str, by: Person) -> None:
        """End a sweep and its active trials; those that have ended are kept.

        Raises:
            NotAllowed: it is not theirs.
            StoreProblem: nothing could be written.
        """

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        """Send a command to a run; nothing where it has ended.

        Args:
            run: its id.
            command: "pause" waits before the next update, "resume" continues, "step" makes one update and waits;
                "stop" ends the run and keeps what it learnt, and a waiting run leaves the queue; "learning rate"
                multiplies the schedule by `value` from the next update on.
            by: who sends it.
            value: of the command, where it has one.

        Raises:
            NotAllowed: it is not their run.
            StoreProblem: nothing could be written.
        """
