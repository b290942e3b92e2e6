"""Runs on this machine: a queue that is fair by person, and a few warm processes."""

import atexit
import threading
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.runs.limits import refuse_excess
from core.runs.runner import Runner
from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.record import Command
from core.runs.store.rights import Person, require_right
from core.runs.store.store import Store, StoreProblem
from core.runs.sweeps.config import SweepConfig
from core.runs.sweeps.ending import end_sweep
from core.runs.workers.commands import send, stop
from core.runs.workers.extend import queue_extension
from core.runs.workers.supervisor import Supervisor
from core.settings import settings
from core.training.config import TrainConfig, check

if TYPE_CHECKING:
    from core.runs.sweeps.driver import SweepDriver


class LocalRunner(Runner):
    """Runs at most `at_once` trainings in processes of their own; nothing is trained in this one."""

    def __init__(self, store: Store, at_once: int) -> None:
        self._store = store
        self.supervisor = Supervisor(store, at_once)
        self._sweeps: SweepDriver | None = None
        self._lock = threading.Lock()

    @property
    def store(self) -> Store:
        """Where the runs can be read."""
        return self._store

    def start(self, spare: bool = False) -> None:
        """Start to work through the queue, unless that has begun, and check it now.

        Args:
            spare: have a process ready before anybody asks for it.
        """
        if self.supervisor.start(spare):
            atexit.register(self.close)

    def close(self) -> None:
        """End the processes; what they were training is saved, to be resumed."""
        if self._sweeps:
            self._sweeps.close()
        self.supervisor.close()

    def submit(self, config: TrainConfig, by: Person) -> str:
        """Put a run at the end of the queue and return its id."""
        check(config)
        with self._lock:
            refuse_excess(self._store, by)
            run = self._store.create(config, by.session, address=by.address)
        self.start()
        return run

    def requeue(self, run: str, by: Person) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to resume where it was."""
        if not CheckpointStore(self._store.folder / run).can_resume:
            raise StoreProblem("This run cannot be resumed: it has no checkpoint.")
        with self._lock:
            refuse_excess(self._store, by)
            self._store.requeue(run, by)
        self.start()

    def extend(self, run: str, epochs: float, by: Person) -> str:
        """Train the network of an ended run for more epochs, as a new run, and return its id."""
        with self._lock:
            refuse_excess(self._store, by)
            longer = queue_extension(self._store, run, epochs, by)
        self.start()
        return longer

    def start_sweep(self, config: SweepConfig, by: Person) -> str:
        """Start a sweep and return its id."""
        from core.runs.sweeps.driver import SweepDriver  # with Optuna, which nobody else waits for

        with self._lock:
            refuse_excess(self._store, by)
            self._sweeps = self._sweeps or SweepDriver(self._store, partial(stop, self._store), self.start)
        self.start()
        return self._sweeps.start(config, by)

    def stop_sweep(self, sweep: str, by: Person) -> None:
        """End a sweep and its active trials."""
        record = self._store.sweep(sweep)
        if record is not None:
            require_right(by, record.session)
        end_sweep(self._store, partial(stop, self._store), sweep)

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        """Send a command to a run; nothing where it has ended."""
        send(self._store, run, command, by, value)


def runner() -> Runner:
    """Return the runner of this server, over the runs in ``PLAYGROUND_HOME``."""
    return local_runner()


def local_runner() -> LocalRunner:
    """Return the runner of this server as what it is, to start and end it."""
    chosen = settings()
    return _of(chosen.home / "runs", chosen.runs_at_once)


@cache
def _of(folder: Path, at_once: int) -> LocalRunner:
    return LocalRunner(Store(folder), at_once)
