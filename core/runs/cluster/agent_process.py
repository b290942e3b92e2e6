"""The agent of a cluster, seen from the server."""

import contextlib
import importlib.util
import logging
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from core.paths import ROOT
from core.runs.cluster.agent import Report, read_report
from core.runs.cluster.seats import SeatState

log = logging.getLogger(__name__)

FRESH = 5.0
"""Seconds for which a line of the agent counts."""
HANGING = 60.0
"""Seconds without a line after which an agent is ended, and another started: a first look at a cluster takes long."""
AGAIN = (2.0, 60.0)
"""Seconds between the end of an agent and the start of the next one: at first, and where they never have a word."""

NOT_INSTALLED = "Trainings wait: Ray is not installed on this server"
SEARCHING = "Looking for the machines of the cluster"
SILENT = "The cluster does not answer"
NO_SEATS = "No machine of the cluster answers"


def has_ray() -> bool:
    """Return whether Ray is installed, without importing it."""
    return importlib.util.find_spec("ray") is not None


class AgentProcess:
    """Keeps an agent running. No method waits for it.

    Args:
        home: of the playground.
        address: of the cluster.
    """

    def __init__(self, home: Path, address: str) -> None:
        self._address = address
        self._command = [sys.executable, "-m", "core.runs.cluster.agent", str(home), address]
        self._environment = {"PLAYGROUND_HOME": str(home)}
        self._report = Report()
        self._began = self._heard = -math.inf
        self._installed = has_ray()
        if not self._installed:
            log.warning("PLAYGROUND_CLUSTER needs Ray: pip install -r requirements-cluster.txt, then start again.")
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, spare: bool = False) -> bool:
        """Start the agent, unless it runs, and let it look at the queue now; return whether it was started."""
        if not self._installed:
            return False
        with self._lock:
            first = self._thread is None
            if self._thread is None:
                self._began = time.monotonic()
                self._thread = threading.Thread(target=self._keep, name="cluster", daemon=True)
                self._thread.start()
        self._say("- look")
        return first

    def close(self) -> None:
        """End the agent; the seats go on."""
        self._over.set()
        process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if self._thread:
            self._thread.join(AGAIN[0])

    def told(self, run: str, stops: bool) -> None:
        """Let the agent tell the seat of a run that there is a command in the store."""
        self._say(f"{run} {'stop' if stops else 'command'}")

    def seats(self) -> Sequence[SeatState]:
        """Return the seats that have answered within the last seconds."""
        return self._report.seats if self._is_fresh else ()

    def trouble(self) -> str:
        """Return why nothing can be trained now, as a sentence without its full stop; empty where there are seats."""
        if not self._installed:
            return NOT_INSTALLED
        if self._is_fresh and self._report.seats:
            return ""
        if self._report.trouble:  # also where the agent is silent: it may be trying again, which takes long
            return self._report.trouble
        if self._is_fresh:
            return NO_SEATS
        return SEARCHING if time.monotonic() - self._began < HANGING else SILENT

    @property
    def _is_fresh(self) -> bool:
        return time.monotonic() - self._heard <= FRESH

    def _say(self, line: str) -> None:
        process = self._process
        if process is not None and process.stdin is not None:
            with self._lock, contextlib.suppress(OSError, ValueError):  # it has ended: the next one looks by itself
                process.stdin.write(line + "\n")
                process.stdin.flush()

    def _keep(self) -> None:
        pause = AGAIN[0]
        while not self._over.is_set():
            began = self._heard = time.monotonic() - FRESH - 1
            with contextlib.suppress(BrokenPipeError):  # closing its pipe writes once more what it never read
                self._run()
            if self._heard == began and not self._over.is_set():
                log.warning(
                    "The cluster at %s does not answer. Is Ray running there, with the token and the version that this "
                    "server has? It is tried again.",
                    self._address,
                )
            pause = AGAIN[0] if self._heard > began else min(2 * pause, AGAIN[1])
            self._over.wait(pause)

    def _run(self) -> None:
        with subprocess.Popen(  # noqa: S603 - our own module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | self._environment,
            start_new_session=True,  # Ctrl-C in the terminal is for the server
        ) as self._process:
            reader = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
            reader.start()
            while reader.is_alive():
                reader.join(1)
                if self._over.is_set() or time.monotonic() - self._heard > HANGING + FRESH:
                    self._process.kill()

    def _listen(self, lines: IO[str] | None) -> None:
        for line in lines or ():
            self._report, self._heard = read_report(line), time.monotonic()
