"""The store as a seat knows it: every method is a message to the desk, and says of which attempt it is."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.events import RunEvent
from core.runs.store.record import Command, Run, Setup, Status
from core.runs.store.run_files import RunFiles
from core.runs.store.worker_store import WorkerStore
from core.training.curve import Curve
from core.training.task import Score


class DeskLine(Protocol):
    """A way to the desk, for one attempt. Waits for the answer; while there is no desk, tries again."""

    def ask(self, method: str, *arguments: Any) -> Any:
        """Return what a method of the store gives for this run."""

    def file(self, method: str, *arguments: Any) -> Any:
        """Return what a method of the run's files gives."""


class DeskStore(WorkerStore):
    """The store of one run on another machine.

    What a training writes is on its way while the training goes on, one message after the other; what went wrong is
    raised by the next call. `settle` waits for the last one.
    """

    def __init__(self, line: DeskLine) -> None:
        self._line = line
        self._sender = ThreadPoolExecutor(1, "desk")
        self._last: Future[Any] | None = None

    def settle(self) -> None:
        """Wait until everything is written."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def close(self) -> None:
        """Send nothing more."""
        self._sender.shutdown(cancel_futures=True)

    def get(self, run: str, deleted: bool = False) -> Run | None:
        """Return a run, or None where there is none of that id."""
        found: Run | None = self._line.ask("get", deleted)
        return found

    def queue(self) -> list[str]:
        """Return the ids of the waiting runs, the next one first."""
        waiting: list[str] = self._line.ask("queue")
        return waiting

    def commands(self, run: str, after: int = 0) -> list[tuple[int, Command, float]]:
        """Return (number, command, value) of the commands for a run with a number above `after`, in order."""
        found: list[tuple[int, Command, float]] = self._line.ask("commands", after)
        return found

    def heartbeat(self, run: str) -> None:
        """Say that the process of a run is alive."""
        self._line.ask("heartbeat")

    def set_setup(self, run: str, device: str, setup: Setup, total_steps: int) -> None:
        """Write what is known of a run once its data and its network are loaded."""
        self._post("set_setup", device, setup, total_steps)

    def set_status(self, run: str, status: Status, reason: str = "") -> bool:
        """Set the status of a run."""
        self._post("set_status", status, reason)
        return True

    def set_score(self, run: str, score: Score) -> None:
        """Write the score on the test data."""
        self._post("set_score", score)

    def set_restored(self, run: str, step: int | None) -> None:
        """Write the step whose weights were restored."""
        self._post("set_restored", step)

    def add_updates(self, run: str, curve: Curve) -> None:
        """Add updates to the curve of a run."""
        self._post("add_updates", curve)

    def add_event(self, run: str, event: RunEvent) -> None:
        """Add an event to a run."""
        self._post("add_event", event)

    def rewind(self, run: str, step: int) -> None:
        """Delete what came after `step`."""
        self._post("rewind", step)

    def checkpoints(self, run: str) -> CheckpointStore:
        """Return the weights of a run, to read and to write."""
        return CheckpointStore(_DeskFiles(self._line, self.settle, self._send))

    def _post(self, method: str, *arguments: Any) -> None:
        self._send(lambda: self._line.ask(method, *arguments))

    def _send(self, message: Callable[[], Any]) -> None:
        self.settle()
        self._last = self._sender.submit(message)


class _DeskFiles(RunFiles):
    """The files of the run, at the desk."""

    def __init__(self, line: DeskLine, settle: Callable[[], None], send: Callable[[Callable[[], Any]], None]) -> None:
        self._line, self._settle, self._send = line, settle, send

    def names(self) -> list[str]:
        """Return the names of all files."""
        self._settle()
        found: list[str] = self._line.file("names")
        return found

    def read(self, name: str) -> bytes:
        """Return what is in a file."""
        self._settle()
        data: bytes = self._line.file("read", name)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file, in place of the earlier one."""
        self._send(lambda: self._line.file("write", name, data))

    def remove(self, name: str) -> None:
        """Delete a file, where there is one."""
        self._send(lambda: self._line.file("remove", name))
