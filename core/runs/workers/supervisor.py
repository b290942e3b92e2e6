"""The thread of a server that gives the runs of the queue to processes, and finds those that died or hang."""

import threading
import time
import uuid
from functools import partial

import psutil

from core.runs.store.record import WORKING
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.commands import stop
from core.runs.workers.control_channel import HANGING, SILENCE
from core.runs.workers.housekeeping import Housekeeping
from core.runs.workers.processes import CAN_FORK, ForkedWorker, SpawnedWorker, Template, WorkerProcess

TICK = 0.5
"""Seconds between two checks of the processes and the queue; a new run is seen at once."""
STARTING = 60.0
"""Seconds that a process may take until it is ready."""
STARVED = 30.0
"""Seconds without a heartbeat after which a process that waits for its turn counts as hanging too. It gives way to the
pages, so on a busy server that may take long."""
ASLEEP = 3.0
"""Seconds for which every look must find a silent process asleep until it counts as hanging: one that works sleeps for
a moment, too, while it waits for the disk or the store."""
_PERHAPS = {psutil.STATUS_SLEEPING, psutil.STATUS_DISK_SLEEP}
ENDING = 5.0
"""Seconds that processes have to save what they learnt when the server ends."""
_SILENT = (
    f"Its process sent no sign of life and was ended: it hung, or one update took more than {HANGING:.0f} s "
    "(try a smaller batch or network)."
)
SERVER_ENDED = "The server that ran it has ended. It can be resumed."


class Supervisor:
    """Runs at most `at_once` trainings in processes of their own."""

    def __init__(self, store: Store, at_once: int) -> None:
        self.store, self.at_once = store, at_once
        self.workers: list[WorkerProcess] = []
        self._template: Template | None = None
        self.housekeeping = Housekeeping(store, partial(stop, store))
        self._name = uuid.uuid4().hex[:12]
        self._patient_until = 0.0
        self._asleep: dict[str, float] = {}  # silent runs whose processes sleep, and since when
        self._lock = threading.Lock()
        self._wake, self._over = threading.Event(), threading.Event()
        self._spare = False
        self._thread: threading.Thread | None = None

    def start(self, spare: bool = False) -> bool:
        """Start the thread, unless it runs, and check the queue now; return whether it was started.

        Args:
            spare: have a process ready before anybody asks for it.
        """
        with self._lock:
            self._spare = self._spare or spare
            first = self._thread is None
            if self._thread is None:
                self._thread = threading.Thread(target=self._supervise, name="runs", daemon=True)
                self._thread.start()
        self._wake.set()
        return first

    def close(self) -> None:
        """End the thread and the processes; what they were training is saved, to be resumed."""
        self._over.set()
        self._wake.set()
        if self._thread:
            self._thread.join(ENDING)
        for worker in self.workers:
            worker.ask_to_end()
        deadline = time.monotonic() + ENDING
        for worker in self.workers:
            worker.kill(max(0.0, deadline - time.monotonic()))
        self.workers.clear()
        if self._template:
            self._template.close(ENDING)

    def tick(self) -> None:
        """Do what is due now.

        Raises:
            StoreProblem: the store cannot be read or written.
        """
        self._handle_dead()
        if time.monotonic() >= self._patient_until:
            self._handle_silent()
            self.housekeeping.tick()
        self._assign_queued()
        if self._spare and not self.workers:
            self._spawn(warm=True)

    def _supervise(self) -> None:
        while not self._over.is_set():
            try:
                self.tick()
            except StoreProblem:  # read-only, full, busy or away: pages say so; tried again soon
                self._patient_until = time.monotonic() + SILENCE  # others could send no sign of life either
            self._wake.wait(TICK)
            self._wake.clear()

    def _assign_queued(self) -> None:
        while not self._over.is_set():
            busy = sum(bool(worker.run) for worker in self.workers)
            run = self.store.claim(self._name, self.at_once) if busy < self.at_once and self.store.queue() else None
            if run is None:
                return
            idle = next((worker for worker in self.workers if not worker.run and worker.alive), None)
            (idle or self._spawn()).assign(run)

    def _handle_dead(self) -> None:
        for worker in [one for one in self.workers if not one.alive]:
            self._remove(worker, f"Its process died (exit code {worker.exit_code}).")

    def _handle_silent(self) -> None:
        for worker in self.workers:
            if worker.run and not worker.ready and time.monotonic() - worker.started < STARTING:
                self.store.heartbeat(worker.run)  # it is still importing torch
        now, before, self._asleep = time.monotonic(), self._asleep, {}
        for run, owner in self.store.silent(SILENCE):
            mine = next((worker for worker in self.workers if worker.run == run), None)
            if mine:
                if (state := mine.state) != psutil.STATUS_RUNNING:
                    self._asleep[run] = before.get(run, now) if state in _PERHAPS else 0.0
                if now - self._asleep.get(run, now) >= ASLEEP or (run, owner) in self.store.silent(STARVED):
                    self._remove(mine, _SILENT)
            elif owner == self._name:
                self._mark_lost(run, "Its process is gone.")
            else:
                self.store.set_status(run, "interrupted", SERVER_ENDED, tuple(WORKING))

    def _remove(self, worker: WorkerProcess, reason: str) -> None:
        self.workers.remove(worker)
        worker.kill()
        if worker.run:
            self._mark_lost(worker.run, reason)

    def _mark_lost(self, run: str, reason: str) -> None:
        self.store.set_status(run, "lost", f"{reason} It can be resumed from its last checkpoint.", tuple(WORKING))

    def _spawn(self, warm: bool = False) -> WorkerProcess:
        worker = self._new_worker(warm)
        self.workers.append(worker)
        return worker

    def _new_worker(self, warm: bool) -> WorkerProcess:
        if not CAN_FORK:
            return SpawnedWorker(self.store.folder, self._wake.set, warm)
        if self._template and not self._template.alive:
            self._template.kill()  # closes what is open to it
            self._template = None
        self._template = self._template or Template(self.store.folder)
        return ForkedWorker(self._template, self._wake.set, warm)
