"""Attempts at a run on a cluster: which seat has it, and what becomes of it when the seat is lost.

A run that gets a process is one attempt further, and so is one that loses it. Whoever writes for an earlier attempt is
refused: a machine that was cut off comes back, and its messages arrive late.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.runs.store.database import Connection, Database, StoreProblem, marks
from core.runs.store.record import WORKING, Status


class StaleAttempt(StoreProblem):
    """A message of an attempt that is over."""


@dataclass(frozen=True)
class Attempt:
    """A run and the number of the attempt at it."""

    run: str
    number: int


class AttemptRows(Database):
    """The attempts in the store."""

    def working(self) -> dict[str, Attempt]:
        """Return the runs that have a process, by the name of the seat (or server) that has it."""
        with self._read() as database:
            found = database.execute(
                f"SELECT owner, id, attempt FROM runs WHERE status IN ({marks(WORKING)})",  # noqa: S608
                tuple(WORKING),
            ).fetchall()
        return {owner: Attempt(run, number) for owner, run, number in found}

    def seat_of(self, run: str) -> tuple[str, int] | None:
        """Return the seat (or server) that has a run, and the number of the attempt; None where none has it."""
        with self._read() as database:
            return database.execute(
                f"SELECT owner, attempt FROM runs WHERE id = ? AND status IN ({marks(WORKING)})",  # noqa: S608
                (run, *WORKING),
            ).fetchone()

    def is_current(self, attempt: Attempt) -> bool:
        """Return whether an attempt is the last one at its run."""
        with self._read() as database:
            return _number(database, attempt.run) == attempt.number

    def end_attempt(self, attempt: Attempt, status: Status, reason: str) -> bool:
        """End a run whose process is gone, unless that is another attempt's; return whether it was ended."""
        with self._write() as database:
            done = database.execute(
                "UPDATE runs SET status = ?, reason = ?, ended = ?, heartbeat = ?, attempt = attempt + 1 "  # noqa: S608
                f"WHERE id = ? AND attempt = ? AND status IN ({marks(WORKING)})",
                (status, reason, time.time(), time.time(), attempt.run, attempt.number, *WORKING),
            )
            return done.rowcount > 0

    def retry(self, attempt: Attempt, reason: str) -> bool:
        """Queue a run again whose process is gone, once, as long as nobody wants it to end; return whether it was.

        It keeps its place, and rests again where it rested. Once its owner queues it, it may be queued again by itself.
        """
        with self._write() as database:
            found = database.execute("SELECT status FROM runs WHERE id = ?", (attempt.run,)).fetchone()
            done = database.execute(
                "UPDATE runs SET status = 'queued', reason = ?, owner = '', attempt = attempt + 1, retried = 1 "  # noqa: S608
                f"WHERE id = ? AND attempt = ? AND retried = 0 AND deleted IS NULL AND status IN ({marks(WORKING)}) "
                "AND NOT EXISTS (SELECT 1 FROM commands WHERE run = runs.id AND command = 'stop')",
                (reason, attempt.run, attempt.number, *WORKING),
            )
            if not done.rowcount:
                return False
            database.execute("DELETE FROM commands WHERE run = ?", (attempt.run,))
            if found[0] == "paused":
                database.execute("INSERT INTO commands (run, command, value) VALUES (?, 'pause', 0)", (attempt.run,))
            return True


class OneAttempt(Database):
    """A store that writes for one attempt only; a mixin before `core.runs.store.store.Store`.

    Every change raises `StaleAttempt` within its own transaction where the attempt is over.
    """

    attempt: Attempt

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with super()._write() as database:
            require_current(database, self.attempt)
            yield database

    def require_current(self) -> None:
        """Do nothing as long as the attempt is not over.

        Raises:
            StaleAttempt: it is.
        """
        with self._read() as database:
            require_current(database, self.attempt)


def require_current(database: Connection, attempt: Attempt) -> None:
    """Do nothing as long as an attempt is not over.

    Raises:
        StaleAttempt: it is.
    """
    if _number(database, attempt.run) != attempt.number:
        raise StaleAttempt("This run is now trained elsewhere.")


def _number(database: Connection, run: str) -> int | None:
    found = database.execute("SELECT attempt FROM runs WHERE id = ?", (run,)).fetchone()
    return int(found[0]) if found else None
