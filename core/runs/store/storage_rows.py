"""The rows of runs as what they fill on disk."""

import time
from dataclasses import dataclass

from core.runs.store.database import Database, marks
from core.runs.store.record import ACTIVE


@dataclass(frozen=True)
class StoredRun:
    """A run as something that fills the disk.

    Attributes:
        id: of the run.
        session: whose it is.
        title: for people; their own text.
        bytes: of its weights; 0 while they are not measured.
        ended: when it ended, seconds since 1970, or None.
        active: whether it has not ended.
    """

    id: str
    session: str
    title: str
    bytes: int
    ended: float | None
    active: bool

    def ended_before(self, seconds: float) -> bool:
        """Return whether it ended longer ago than some seconds."""
        return not self.active and self.ended is not None and self.ended < time.time() - seconds


class StorageRows(Database):
    """What the runs in the store fill."""

    def stored_runs(self) -> list[StoredRun]:
        """Return all runs as what they fill, the one that ended first at the beginning."""
        with self._read() as database:
            found = database.execute(
                "SELECT id, session, title, COALESCE(bytes, 0), ended, status FROM runs WHERE deleted IS NULL "
                "ORDER BY ended IS NULL, ended, place"
            ).fetchall()
        return [
            StoredRun(run, session, title, size, ended, status in ACTIVE)
            for run, session, title, size, ended, status in found
        ]

    def unmeasured(self) -> list[str]:
        """Return the ended runs of which nobody knows what they fill."""
        with self._read() as database:
            found = database.execute(
                f"SELECT id FROM runs WHERE bytes IS NULL AND status NOT IN ({marks(ACTIVE)})",  # noqa: S608
                tuple(ACTIVE),
            ).fetchall()
        return [row[0] for row in found]

    def set_bytes(self, run: str, size: int) -> None:
        """Write what a run fills."""
        with self._write() as database:
            database.execute("UPDATE runs SET bytes = ? WHERE id = ?", (size, run))
