"""A process that trains, seen from the server."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import IO

import psutil

from core.paths import ROOT

ENVIRONMENT = {"GOMP_SPINCOUNT": "20000", "OPENBLAS_NUM_THREADS": "1"}
"""Of a process that trains: its threads soon sleep while they wait for each other. Where they spin, and another
program wants a core too, a training almost stands still. NumPy has none of its own, which a fork would leave behind."""
CAN_FORK = sys.platform == "linux"
"""Elsewhere system libraries have threads that a fork leaves behind."""


def state_of(pid: int) -> str:
    """Return what a process does now, in psutil's words; on Linux it is running where any of its threads is.

    Its first thread alone says little: it sleeps while another one holds Python's lock and waits for a processor.
    """
    try:
        state = str(psutil.Process(pid).status())
    except psutil.Error:
        return psutil.STATUS_DEAD
    for thread in Path("/proc", str(pid), "task").glob("*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            if thread.read_text().rpartition(")")[2].split()[0] == "R":
                return psutil.STATUS_RUNNING
    return state


class WorkerProcess(ABC):
    """A process of `core.runs.workers.worker`, and the run that it has.

    Args:
        output: what it writes.
        on_change: called, in another thread, when the process is ready for a run or has ended.
    """

    def __init__(self, output: IO[str], on_change: Callable[[], None]) -> None:
        self.started = time.monotonic()
        self.ready, self.run = False, ""
        self.pid: int | None = None
        self.exit_code: int | None = None
        self._ended = threading.Event()
        self._on_change = on_change
        threading.Thread(target=self._listen, args=(output,), name="worker", daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return not self._ended.is_set()

    @property
    def state(self) -> str:
        """What the system says that it does now, in psutil's words: running, sleeping, stopped ..."""
        return state_of(self.pid) if self.pid else psutil.STATUS_DEAD

    def assign(self, run: str) -> None:
        """Hand a run to the process."""
        self.run = run
        with contextlib.suppress(OSError):  # it died just now, which will be noticed
            self._write(run + "\n")

    def kill(self, patience: float = 0.0) -> None:
        """End the process if it has not ended within some seconds."""
        if not self._ended.wait(patience):
            self._kill()
            self._ended.wait()

    @abstractmethod
    def ask_to_end(self) -> None:
        """Let the process save what it has learnt and end."""

    @abstractmethod
    def _write(self, text: str) -> None: ...

    @abstractmethod
    def _kill(self) -> None: ...

    @abstractmethod
    def _close(self) -> None:
        """Close what is open, when the process has ended; set the exit code where it was not told."""

    def _listen(self, output: IO[str]) -> None:
        """Read "ready PID", first when the process has started, then after every run, and "exit CODE"."""
        with output, contextlib.suppress(OSError):
            for line in output:
                word, number = line.split()
                if word == "exit":
                    self.exit_code = int(number)
                    continue
                if self.ready:
                    self.run = ""
                self.pid, self.ready = int(number), True
                self._on_change()
        self._close()
        self._ended.set()
        self._on_change()


class SpawnedWorker(WorkerProcess):
    """One that starts from nothing.

    Args:
        folder: of the store.
        on_change: called, in another thread, when the process is ready for a run or has ended.
        warm: let the process do once what takes long the first time, before it is ready.
    """

    def __init__(self, folder: Path, on_change: Callable[[], None], warm: bool = False) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "core.runs.workers.worker", str(folder), *["--warm"] * warm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
        )
        assert self._process.stdout
        super().__init__(self._process.stdout, on_change)

    def ask_to_end(self) -> None:
        """Let the process save what it has learnt and end."""
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def _write(self, text: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def _kill(self) -> None:
        self._process.kill()

    def _close(self) -> None:
        self.exit_code = self._process.wait()
        self.ask_to_end()


class ForkedWorker(WorkerProcess):
    """One that is forked from a template.

    Args:
        template: which has imported what a training needs.
        on_change: called, in another thread, when the process is ready for a run or has ended.
        warm: let the process do once what takes long the first time, before it is ready.
    """

    def __init__(self, template: "Template", on_change: Callable[[], None], warm: bool = False) -> None:
        self._template = template
        self._channel = template.fork(warm)
        super().__init__(self._channel.makefile("r"), on_change)

    def ask_to_end(self) -> None:
        """Let the process save what it has learnt and end."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)

    def _close(self) -> None:
        self._channel.close()

    def _write(self, text: str) -> None:
        self._channel.sendall(text.encode())

    def _kill(self) -> None:
        with contextlib.suppress(OSError):  # it ended just now
            if self.pid is None:  # it hangs before it could say who it is
                self._template.kill()
                self._channel.shutdown(socket.SHUT_RDWR)
            else:
                os.kill(self.pid, signal.SIGKILL)


class Template:
    """The process `core.runs.workers.template`, from which trainings are forked.

    Args:
        folder: of the store.
    """

    def __init__(self, folder: Path) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "core.runs.workers.template", str(folder), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env=os.environ | ENVIRONMENT,
            )

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def fork(self, warm: bool) -> socket.socket:
        """Ask for a worker, and return the socket to it; it answers when the process has forked it."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):  # it died just now: then the socket ends at once
            socket.send_fds(self._control, [b"warm" if warm else b"cold"], [theirs.fileno()])
        return ours

    def kill(self) -> None:
        """End the process; those that were forked from it go on."""
        self._control.close()
        self.process.kill()
        self.process.wait()

    def close(self, patience: float = 0.0) -> None:
        """Let the process end with the last one that was forked from it, and wait for that some seconds."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self.kill()
