"""A process that trains, seen from the server."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from core.paths import ROOT

ENVIRONMENT = {"GOMP_SPINCOUNT": "20000"}
"""Of a process that trains: its threads soon sleep while they wait for each other. Where they spin, and another
program wants a core too, a training almost stands still."""


class WorkerProcess:
    """A process of `core.runs.workers.worker`, and the run that it has.

    Args:
        folder: of the store.
        on_change: called, in another thread, when the process is ready for a run or has ended.
        warm: let the process do once what takes long the first time, before it is ready.
    """

    def __init__(self, folder: Path, on_change: Callable[[], None], warm: bool = False) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "core.runs.workers.worker", str(folder), *["--warm"] * warm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
        )
        self.started = time.monotonic()
        self.ready, self.run = False, ""
        self._on_change = on_change
        threading.Thread(target=self._listen, name="worker", daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def assign(self, run: str) -> None:
        """Hand a run to the process."""
        self.run = run
        assert self.process.stdin
        with contextlib.suppress(OSError):  # it died just now, which will be noticed
            self.process.stdin.write(run + "\n")
            self.process.stdin.flush()

    def ask_to_end(self) -> None:
        """Let the process save what it has learnt and end."""
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()

    def kill(self, patience: float = 0.0) -> None:
        """End the process if it has not ended within some seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self.process.kill()
        self.process.wait()
        self.ask_to_end()

    def _listen(self) -> None:
        """Read "ready": first when the process has started, then after every run."""
        assert self.process.stdout
        with self.process.stdout as output:
            for _ in output:
                if self.ready:
                    self.run = ""
                self.ready = True
                self._on_change()
        self._on_change()
