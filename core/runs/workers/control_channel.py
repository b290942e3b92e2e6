"""Between the store and a training: commands come in, heartbeats go out."""

import threading
import time
from types import TracebackType

from core.runs.store.database import StoreProblem
from core.runs.store.worker_store import WorkerStore
from core.settings import settings
from core.training.control import Control

POLL = 0.1
"""Seconds between two looks for commands."""
TOLD_POLL = 1.0
"""The same, where somebody tells the channel that there are commands."""
HEARTBEAT = 1.0
"""Seconds between two heartbeats."""
HANGING = 30.0
"""Seconds without an update, or an evaluated batch, after which a training counts as hanging."""
SILENCE = 5.0
"""Seconds without a heartbeat after which a run counts as lost."""


class ControlChannel:
    """A thread beside a training: applies the commands of people, and sends heartbeats while the training does.

    The training must call `alive`. When it has not done so for `patience` seconds,
    the thread sends no more heartbeats, and the run is found to hang.

    A pause is for looking, not for keeping the others waiting: after `settings().pause_seconds` of rest, all pauses
    together, a run whose place others wait for is interrupted, and `yielded` says so.

    Args:
        store: with the run.
        run: its id.
        control: of its training.
        patience: seconds that may pass between two calls of `alive`.
        told: set by whoever has left a command; without it, the channel looks often by itself.
    """

    def __init__(
        self, store: WorkerStore, run: str, control: Control, patience: float, told: threading.Event | None = None
    ) -> None:
        self.store, self.run, self.control, self.patience = store, run, control, patience
        self._last_alive = time.monotonic()
        self._poll = POLL if told is None else TOLD_POLL
        self._told = told or threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"control of {run}", daemon=True)
        self._last_command = 0
        self.yielded = False
        self._rested = 0.0

    def alive(self) -> None:
        """Say that the training makes progress."""
        self._last_alive = time.monotonic()

    def __enter__(self) -> "ControlChannel":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._told.set()
        self._thread.join()

    def _work(self) -> None:
        last_heartbeat, last_look = 0.0, time.monotonic()
        while not self._over.is_set():
            now = time.monotonic()
            try:
                self._apply_commands()
                self._rested += (now - last_look) * self.control.paused
                last_look = now
                if now - last_heartbeat >= HEARTBEAT and now - self._last_alive < self.patience:
                    self.store.heartbeat(self.run)
                    last_heartbeat = now
                    self._yield_place()
            except StoreProblem:
                pass  # busy for a moment, or gone: then the training itself will find out when it writes
            self._told.wait(self._poll)
            self._told.clear()

    def _yield_place(self) -> None:
        if self.control.paused and self._rested >= settings().pause_seconds and self.store.queue():
            self.yielded = True
            self.control.interrupt()

    def _apply_commands(self) -> None:
        for number, command, value in self.store.commands(self.run, self._last_command):
            self._last_command = number
            if command == "learning rate":
                self.control.scale_learning_rate(value)
            else:
                getattr(self.control, command)()
