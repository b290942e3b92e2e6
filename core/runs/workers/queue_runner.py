"""What all runners share: runs and sweeps go into the queue of the store, and somebody works through it."""

import atexit
import threading
from typing import TYPE_CHECKING, Protocol

from core.runs.limits import refuse_excess
from core.runs.runner import Runner
from core.runs.store.record import Command
from core.runs.store.rights import Person, require_right
from core.runs.store.store import Store, StoreProblem
from core.runs.sweeps.config import SweepConfig
from core.runs.sweeps.ending import end_sweep
from core.runs.workers.commands import send, stop
from core.runs.workers.extend import queue_extension
from core.settings import settings
from core.training.config import TrainConfig, check

if TYPE_CHECKING:
    from core.runs.sweeps.driver import SweepDriver


class WorksThroughQueue(Protocol):
    """Takes runs from the queue and has them trained, in a thread of its own."""

    def start(self, spare: bool = False) -> bool:
        """Start the thread, unless it runs, and check the queue now; return whether it was started."""

    def close(self) -> None:
        """End the thread."""


class QueueRunner(Runner):
    """Puts runs into the queue of a store; nothing is trained in this process.

    Args:
        store: with the queue.
        worker: that works through it.
    """

    def __init__(self, store: Store, worker: WorksThroughQueue) -> None:
        self._store, self._worker = store, worker
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
        if self._worker.start(spare):
            atexit.register(self.close)

    def close(self) -> None:
        """Leave sweeps and queue."""
        if self._sweeps:
            self._sweeps.close()
        self._worker.close()

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
        if not self._store.checkpoints(run).can_resume:
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
            self._sweeps = self._sweeps or SweepDriver(self._store, self._stop, self.start, self._trials_at_once)
        self.start()
        return self._sweeps.start(config, by)

    def stop_sweep(self, sweep: str, by: Person) -> None:
        """End a sweep and its active trials."""
        record = self._store.sweep(sweep)
        if record is not None:
            require_right(by, record.session)
        end_sweep(self._store, self._stop, sweep)

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        """Send a command to a run; nothing where it has ended."""
        send(self._store, run, command, by, value)

    def _stop(self, run: str) -> None:
        stop(self._store, run)

    def _trials_at_once(self) -> int:
        return settings().trials_at_once
