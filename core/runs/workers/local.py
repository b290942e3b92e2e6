"""Runs on this machine: a first-come queue and a few warm processes."""

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.paths import ROOT
from core.runs.runner import Runner
from core.runs.store.checkpoints import Shelf
from core.runs.store.record import WORKING, Command
from core.runs.store.store import Store, StoreProblem
from core.runs.sweeps.sweep import SweepConfig, end_silent_sweeps, end_sweep
from core.runs.workers.extend import queue_longer
from core.runs.workers.levers import HANGING, SILENCE
from core.settings import settings
from core.training.config import TrainConfig, check

if TYPE_CHECKING:
    from core.runs.sweeps.driver import SweepDriver

TICK = 0.5
"""Seconds between two looks at the processes and the queue; a new run is seen at once."""
WAKING = 60.0
"""Seconds that a process may take until it is ready."""
PURGE = 60.0
"""Seconds between two times that deleted runs are removed for good."""
GOODBYE = 5.0
"""Seconds that processes have to keep what they learnt when the server ends."""
_SILENT = (
    f"Its process gave no sign of life and was ended: it hung, or one update took more than {HANGING:.0f} s "
    "(try a smaller batch or network)."
)
_SERVER_ENDED = "The server that ran it has ended. It can be taken up again."
ENVIRONMENT = {"GOMP_SPINCOUNT": "20000"}
"""Of a process that trains: its threads soon sleep while they wait for each other. Where they spin on, and another
program wants a core too, a training all but stands still."""


@dataclass
class _Worker:
    """A process, whether it waits for a run, and the run that it has."""

    process: subprocess.Popen[str]
    began: float
    ready: bool = False
    run: str | None = None

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def bury(self) -> None:
        """End the process, if it has not ended, and let go of it."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()


class LocalRunner(Runner):
    """Runs at most `at_once` trainings in processes of their own; nothing is trained in this one."""

    def __init__(self, store: Store, at_once: int) -> None:
        self._store, self.at_once = store, at_once
        self._name = uuid.uuid4().hex[:12]
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._over = threading.Event()
        self._spare = False
        self._purged = time.monotonic()
        self._thread: threading.Thread | None = None
        self._sweeps: SweepDriver | None = None

    @property
    def store(self) -> Store:
        """Where the runs can be read."""
        return self._store

    # -- what people ask -----------------------------------------------------------------------------

    def submit(self, config: TrainConfig, session: str) -> str:
        """Put a run at the end of the queue and return its id."""
        check(config)
        run = self._store.create(config.model_dump(mode="json"), config.title, session)
        self.start()
        return run

    def go_on(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to go on where it was."""
        if not Shelf(self._store.folder / run).can_go_on:
            raise StoreProblem("There is nothing that this run could go on from.")
        self._store.queue_again(run, session)
        self.start()

    def train_longer(self, run: str, epochs: float, session: str) -> str:
        """Train the network of a run that has ended for more epochs, as a new run, and return its id."""
        longer = queue_longer(self._store, run, epochs, session)
        self.start()
        return longer

    def start_sweep(self, config: SweepConfig, session: str) -> str:
        """Begin a sweep and return its id."""
        from core.runs.sweeps.driver import SweepDriver  # with Optuna, which nobody else waits for

        with self._lock:
            self._sweeps = self._sweeps or SweepDriver(self._store, self.stop, self.start)
        self.start()
        return self._sweeps.start(config, session)

    def stop_sweep(self, sweep: str) -> None:
        """End a sweep and the trial that runs."""
        end_sweep(self._store, self.stop, sweep)

    def pause(self, run: str) -> None:
        """Let a run rest before its next update."""
        self._command(run, "pause")

    def resume(self, run: str) -> None:
        """Let a run go on."""
        self._command(run, "resume")

    def step(self, run: str) -> None:
        """Let a run make one update and rest."""
        self._command(run, "step")

    def stop(self, run: str) -> None:
        """End a run and keep what it learnt; one that waits leaves the queue."""
        if not self._store.set_status(run, "stopped", "It was stopped before it began.", only_from=("queued",)):
            self._command(run, "stop")

    def set_learning_rate(self, run: str, factor: float) -> None:
        """Multiply the learning rate of a run's schedule by `factor` from its next update on."""
        self._command(run, "learning rate", factor)

    def queue(self) -> list[str]:
        """Return the ids of the runs that wait, the next one first."""
        return self._store.queue()

    def _command(self, run: str, command: Command, value: float = 0.0) -> None:
        record = self._store.get(run)
        if record and record.active:
            self._store.command(run, command, value)

    # -- keeping the processes -----------------------------------------------------------------------

    def start(self, spare: bool = False) -> None:
        """Begin to look after the queue, if that has not begun, and look now.

        Args:
            spare: have a process ready before anybody asks for it.
        """
        with self._lock:
            self._spare = self._spare or spare
            if self._thread is None:
                self._thread = threading.Thread(target=self._look_after, name="runs", daemon=True)
                self._thread.start()
                atexit.register(self.close)
        self._wake.set()

    def close(self) -> None:
        """End the processes; what they were at is kept, to be resumed."""
        if self._sweeps:
            self._sweeps.close()
        self._over.set()
        self._wake.set()
        if self._thread:
            self._thread.join(GOODBYE)
        for worker in self._workers:
            if worker.process.stdin:
                with contextlib.suppress(OSError):
                    worker.process.stdin.close()
        deadline = time.monotonic() + GOODBYE
        for worker in self._workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(max(0.0, deadline - time.monotonic()))
            worker.bury()
        self._workers.clear()

    def _look_after(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(StoreProblem):  # read-only, full or busy: pages say so; tried again soon
                self._tick()
            self._wake.wait(TICK)
            self._wake.clear()

    def _tick(self) -> None:
        self._find_the_dead()
        self._find_the_silent()
        end_silent_sweeps(self._store, self.stop)
        while not self._over.is_set():
            busy = sum(worker.run is not None for worker in self._workers)
            if busy >= self.at_once or not self._store.queue():
                break
            run = self._store.claim(self._name, self.at_once)
            if run is None:
                break
            worker = next((one for one in self._workers if one.run is None and one.alive), None) or self._spawn()
            self._hand_over(worker, run)
        if self._spare and not self._workers:
            self._spawn("--warm")
        if time.monotonic() - self._purged >= PURGE:
            self._purged = time.monotonic()
            self._store.purge()

    def _find_the_dead(self) -> None:
        for worker in [one for one in self._workers if not one.alive]:
            self._workers.remove(worker)
            worker.bury()
            if worker.run:
                self._lose(worker.run, f"Its process died (exit code {worker.process.returncode}).")

    def _find_the_silent(self) -> None:
        mine = {worker.run: worker for worker in self._workers if worker.run}
        for worker in self._workers:
            if worker.run and not worker.ready and time.monotonic() - worker.began < WAKING:
                self._store.beat(worker.run)  # it is still importing torch
        for run, owner in self._store.silent(SILENCE):
            worker_of_run = mine.get(run)
            if worker_of_run:
                worker_of_run.bury()
                self._workers.remove(worker_of_run)
                self._lose(run, _SILENT)
            elif owner == self._name:
                self._lose(run, "Its process is gone.")
            else:
                self._store.set_status(
                    run,
                    "interrupted",
                    "The server that ran it has ended. It can be taken up again.",
                    only_from=tuple(WORKING),
                )

    def _lose(self, run: str, reason: str) -> None:
        self._store.set_status(run, "lost", f"{reason} What it had learnt can be taken up again.", tuple(WORKING))

    def _spawn(self, *options: str) -> _Worker:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "core.runs.workers.worker", str(self._store.folder), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
        )
        worker = _Worker(process, time.monotonic())
        self._workers.append(worker)
        threading.Thread(target=self._listen, args=(worker,), name="worker", daemon=True).start()
        return worker

    def _listen(self, worker: _Worker) -> None:
        """Hear "ready": first when it has woken up, then after every run."""
        assert worker.process.stdout
        with worker.process.stdout as output:
            for _ in output:
                if worker.ready:
                    worker.run = None
                worker.ready = True
                self._wake.set()
        self._wake.set()

    def _hand_over(self, worker: _Worker, run: str) -> None:
        worker.run = run
        assert worker.process.stdin
        with contextlib.suppress(OSError):  # it died just now; the next tick finds it
            worker.process.stdin.write(run + "\n")
            worker.process.stdin.flush()


def runner() -> Runner:
    """Return the runner of this server, over the runs in ``PLAYGROUND_HOME``."""
    return local_runner()


def local_runner() -> LocalRunner:
    """Return the runner of this server as what it is, for who starts and ends it."""
    chosen = settings()
    return _of(chosen.home / "runs", chosen.runs_at_once)


@cache
def _of(folder: Path, at_once: int) -> LocalRunner:
    return LocalRunner(Store(folder), at_once)
