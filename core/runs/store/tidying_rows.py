"""What people do with their runs afterwards: rename, tag and delete them. Each says who asks for it."""

import json
import shutil
import time
from collections.abc import Iterable

from core.runs.store.database import Connection, marks
from core.runs.store.labels import clean_tags, clean_title
from core.runs.store.record import WORKING
from core.runs.store.rights import Person, require_right
from core.runs.store.run_rows import RunRows

UNDO = 60.0
"""Seconds within which a deleted run can be restored."""


class TidyingRows(RunRows):
    """The titles, the tags and the deletion of runs."""

    def require_right_to(self, run: str, by: Person) -> None:
        """Do nothing where somebody may change a run, or where there is none of that id.

        Raises:
            NotAllowed: they may not.
        """
        with self._read() as database:
            _require(database, run, by)

    def rename(self, run: str, title: str, by: Person) -> None:
        """Give a run another title: one line, at most `core.runs.store.labels.TITLE` characters.

        Raises:
            BadLabel: nothing is left of it.
            NotAllowed: it is not theirs.
        """
        title = clean_title(title)
        with self._write() as database:
            _require(database, run, by)
            database.execute("UPDATE runs SET title = ? WHERE id = ?", (title, run))

    def set_tags(self, run: str, tags: Iterable[str], by: Person) -> None:
        """Give a run these tags and no others: short texts, each once.

        Raises:
            BadLabel: too many.
            NotAllowed: it is not theirs.
        """
        kept = json.dumps(clean_tags(tags))
        with self._write() as database:
            _require(database, run, by)
            database.execute("UPDATE runs SET tags = ? WHERE id = ?", (kept, run))

    def delete(self, run: str, by: Person) -> bool:
        """Hide a run, and stop it where it is active; return whether there was one.

        Its rows and weights stay until `purge`, so that `undelete` can restore it.

        Raises:
            NotAllowed: it is not theirs.
        """
        now = time.time()
        with self._write() as database:
            _require(database, run, by)
            done = database.execute("UPDATE runs SET deleted = ? WHERE id = ? AND deleted IS NULL", (now, run))
            database.execute(
                "UPDATE runs SET status = 'stopped', reason = 'It was stopped before it began.', ended = ? "
                "WHERE id = ? AND status = 'queued'",
                (now, run),
            )
            database.execute(
                f"INSERT INTO commands (run, command, value) SELECT id, 'stop', 0 FROM runs "  # noqa: S608
                f"WHERE id = ? AND status IN ({marks(WORKING)})",
                (run, *WORKING),
            )
            return done.rowcount > 0

    def undelete(self, run: str, by: Person) -> bool:
        """Restore a deleted run; return whether it was still there.

        Raises:
            NotAllowed: it is not theirs.
        """
        with self._write() as database:
            _require(database, run, by)
            done = database.execute("UPDATE runs SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL", (run,))
            return done.rowcount > 0

    def purge(self, older_than: float = UNDO) -> list[str]:
        """Remove for good what was deleted some seconds ago, rows and weights, and return the ids.

        A run whose process has not ended, or sent a heartbeat since, is left for the next time.
        """
        before = time.time() - older_than
        with self._write() as database:
            found = database.execute(
                f"SELECT id FROM runs WHERE deleted <= ? AND heartbeat <= ? AND status NOT IN ({marks(WORKING)})",  # noqa: S608
                (before, before, *WORKING),
            )
            gone = [row[0] for row in found]
            for run in gone:
                for table, column in (("curves", "run"), ("happenings", "run"), ("commands", "run"), ("runs", "id")):
                    database.execute(f"DELETE FROM {table} WHERE {column} = ?", (run,))  # noqa: S608
                shutil.rmtree(self.folder / run, ignore_errors=True)
        return gone


def _require(database: Connection, run: str, by: Person) -> None:
    """Raise `NotAllowed` where a run belongs to somebody whose runs `by` may not change."""
    found = database.execute("SELECT session FROM runs WHERE id = ?", (run,)).fetchone()
    if found is not None:
        require_right(by, found[0])
