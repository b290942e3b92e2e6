"""The desk: what seats on other machines may do to the store and the files beside it. It stands where these are.

So no machine needs to share a disk with another. Every message says of which attempt it is, and those of an attempt
that is over are refused: a machine that was cut off comes back and sends what it still had to say.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.runs.store.attempt_rows import Attempt, OneAttempt
from core.runs.store.events import RunEvent
from core.runs.store.run_files import Folder
from core.runs.store.store import Store
from core.training.curve import Curve
from core.training.elsewhere import own_files


class _AttemptStore(OneAttempt, Store):
    """The store, for one attempt."""

    def __init__(self, folder: Path, attempt: Attempt) -> None:
        super().__init__(folder)
        self.attempt = attempt


KEPT = 256
"""Attempts whose stores are kept open; cheap to open again."""
STORE = frozenset(
    {
        *("get", "queue", "commands", "heartbeat", "set_setup", "set_status", "set_score", "set_restored"),
        *("add_updates", "add_event", "rewind"),
    }
)
"""The methods of the store that a seat may call."""
FILES = frozenset({"names", "read", "write", "remove"})
"""The same of the files of its run."""


class StoreDesk:
    """Answers seats. Thread-safe.

    Args:
        home: of the playground; the store is in ``runs`` below it.
        database: the address of the house's database; empty where that is a file there.
    """

    def __init__(self, home: str, database: str = "") -> None:
        os.environ |= {"PLAYGROUND_HOME": home, "PLAYGROUND_DATABASE": database}  # those of the server, not of Ray's
        self._home = Path(home)
        self._stores: dict[str, _AttemptStore] = {}

    def alive(self) -> str:
        """Answer with the home whose store this is."""
        return str(self._home)

    def ask(self, attempt: Attempt, method: str, arguments: tuple[Any, ...], again: bool = False) -> Any:
        """Return what a method of the store gives.

        Args:
            attempt: of which the message is.
            method: one of `STORE`.
            arguments: after the run.
            again: whether the message may have arrived before: the desk can end between doing and answering.

        Raises:
            StaleAttempt: the attempt is over, so nothing was changed.
            StoreProblem: the store cannot be read or written.
        """
        if method not in STORE:
            raise ValueError(f"A seat may not call {method}.")
        store = self._store(attempt)
        if again and self._is_there(store, attempt.run, method, arguments):
            return None
        if method == "queue":
            return store.queue()
        call: Callable[..., Any] = getattr(store, method)
        return call(attempt.run, *arguments)

    def file(self, attempt: Attempt, method: str, arguments: tuple[Any, ...]) -> Any:
        """Return what a method of the run's files gives.

        Raises:
            StaleAttempt: the attempt is over, so nothing was changed.
            OSError: the file cannot be read or written.
        """
        if method not in FILES or any(isinstance(one, str) and one != Path(one).name for one in arguments):
            raise ValueError("A seat may not do this to files.")
        store = self._store(attempt)
        store.require_current()
        return getattr(Folder(store.folder / attempt.run), method)(*arguments)

    def brought(self, attempt: Attempt) -> dict[str, bytes]:
        """Return the files that people have brought and this run learns from, by their names below the home."""
        store = self._store(attempt)
        store.require_current()
        record = store.get(attempt.run, deleted=True)
        names = own_files(record.config) if record else ()
        return {name: (self._home / name).read_bytes() for name in names if (self._home / name).is_file()}

    def _store(self, attempt: Attempt) -> _AttemptStore:
        known = self._stores.get(attempt.run)
        if known is None or known.attempt != attempt:
            if len(self._stores) >= KEPT:
                self._stores.clear()
            known = self._stores[attempt.run] = _AttemptStore(self._home / "runs", attempt)
        return known

    @staticmethod
    def _is_there(store: Store, run: str, method: str, arguments: tuple[Any, ...]) -> bool:
        """Whether updates or an event are in the store already; every other method may be called twice."""
        first = arguments[0] if arguments else None
        if method == "add_updates" and isinstance(first, Curve):
            rows = store.curve(run).rows
            return bool(len(rows) and rows[-1, 0] >= first.rows[-1, 0])
        if method == "add_event" and isinstance(first, RunEvent):
            return first in store.events(run)
        return False
