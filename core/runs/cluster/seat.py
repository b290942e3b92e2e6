"""A seat: a process on some machine that trains one run after another, and stays warm in between."""

import os
import shutil
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from core.runs.cluster.desk_store import DeskLine, DeskStore
from core.runs.cluster.seats import SeatState
from core.runs.store.attempt_rows import Attempt
from core.runs.store.database import StoreProblem
from core.settings import settings

LIMITS = ("PLAYGROUND_MAX_SECONDS", "PLAYGROUND_PAUSE_SECONDS")
"""Settings of the server that hold on every machine; a seat hears of them with each run."""


class Brings(DeskLine):
    """A way to the desk that also brings the files of people."""

    def brought(self) -> dict[str, bytes]:
        """Return the files that people have brought and this run learns from, by their names below the home."""
        raise NotImplementedError


class Seat:
    """Trains one run at a time. Three threads may call it: one trains, one tells of commands, one asks how it is.

    What people have brought is in a folder of its own while it is learnt from, and removed afterwards.

    Args:
        name: by which the store knows it.
        machine: on which it is.
        line: returns a way to the desk for an attempt.
    """

    def __init__(self, name: str, machine: str, line: Callable[[Attempt], Brings]) -> None:
        import torch

        from core.runs.workers.execute import warm_up
        from core.runs.workers.worker import prepare_process

        self._name, self._machine, self._line = name, machine, line
        self._attempt: Attempt | None = None
        self._told = threading.Event()
        self._home = _own_home(name)
        self._forget()
        torch.set_num_threads(settings().training_threads)
        self._gpu = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
        warm_up()
        prepare_process()

    def alive(self) -> SeatState:
        """Answer what it does now."""
        gpu_id = os.environ.get("CUDA_VISIBLE_DEVICES", "")
        return SeatState(self._name, self._machine, self._gpu, gpu_id, os.getpid(), self._attempt)

    def lever(self, attempt: Attempt) -> None:
        """Look for commands now."""
        if attempt == self._attempt:
            self._told.set()

    def train(self, attempt: Attempt, limits: Mapping[str, str]) -> str:
        """Train a run and return how it ended."""
        from core.runs.workers.execute import execute
        from core.training.config import TrainConfig
        from core.training.control import Control
        from core.training.elsewhere import download_published

        if self._attempt is not None:
            raise RuntimeError("this seat has a run")
        self._attempt, self._told = attempt, threading.Event()
        for name in LIMITS:
            os.environ.pop(name, None)
        os.environ.update(limits)
        line = self._line(attempt)
        store = DeskStore(line)

        def bring(config: TrainConfig) -> None:
            download_published(config)
            for name, data in line.brought().items():
                (self._home / name).parent.mkdir(parents=True, exist_ok=True)
                (self._home / name).write_bytes(data)

        try:
            status = execute(store, attempt.run, Control(), told=self._told, bring=bring)
            store.settle()
            return status
        except StoreProblem as problem:  # the attempt is over, or there is no desk: nobody would read of it
            return str(problem)
        finally:
            self._attempt = None
            store.close()
            self._forget()

    def _forget(self) -> None:
        for name in ("own", "voices"):
            shutil.rmtree(self._home / name, ignore_errors=True)


def _own_home(seat: str) -> Path:
    """Give a seat a home of its own, which shares the downloads of its machine, and return it."""
    machine = settings().home
    mine = machine / "seats" / seat.replace(" ", "-")
    mine.mkdir(parents=True, exist_ok=True)
    (machine / "data").mkdir(exist_ok=True)
    if not (mine / "data").is_symlink():
        (mine / "data").symlink_to(machine / "data", target_is_directory=True)
    os.environ["PLAYGROUND_HOME"] = str(mine)
    return mine
