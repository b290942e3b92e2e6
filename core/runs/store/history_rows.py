"""The rows of what happens in a run: its curve and its events."""

import json
import time
from collections.abc import Iterable

import numpy as np

from core.runs.store.database import Connection, Database, StoreProblem
from core.runs.store.events import KINDS, Rewound, RunEvent, decode, encode
from core.training.curve import COLUMNS, EMPTY, Column, Curve
from core.training.events import Diagnostics, LearningRateChange, Validation

_EVENT = "kind, step, epoch, seconds, data"


class HistoryRows(Database):
    """The curves and events in the store."""

    def add_updates(self, run: str, curve: Curve) -> None:
        """Add updates to the curve of a run."""
        step, epoch, seconds = curve.rows[-1, :3].tolist()
        with self._write() as database:
            database.execute(
                "INSERT INTO curves (run, rows) SELECT id, ? FROM runs WHERE id = ?",  # nothing for a purged run
                (curve.rows.astype("<f8").tobytes(), run),
            )
            database.execute(
                "UPDATE runs SET step = ?, epoch = ?, seconds = ?, heartbeat = ? WHERE id = ?",
                (int(step), epoch, seconds, time.time(), run),
            )

    def curve(self, run: str) -> Curve:
        """Return the whole curve of a run."""
        return self.new_updates(run, 0)[0]

    def new_updates(self, run: str, after: int) -> tuple[Curve, int]:
        """Return the updates written after a number, and the number of the last."""
        with self._read() as database:
            found = database.execute(
                "SELECT number, rows FROM curves WHERE run = ? AND number > ? ORDER BY number", (run, after)
            ).fetchall()
        if not found:
            return EMPTY, after
        return Curve.from_rows(np.concatenate([_rows(blob) for _, blob in found])), int(found[-1][0])

    def add_event(self, run: str, event: RunEvent) -> None:
        """Add an event to a run."""
        with self._write() as database:
            insert_event(database, run, event)

    def events(self, run: str) -> list[RunEvent]:
        """Return all events of a run, in order."""
        return self.new_events(run, 0)[0]

    def new_events(self, run: str, after: int) -> tuple[list[RunEvent], int]:
        """Return the events written after a number, in order, and the number of the last."""
        with self._read() as database:
            found = database.execute(
                f"SELECT number, {_EVENT} FROM happenings WHERE run = ? AND number > ? ORDER BY number",  # noqa: S608
                (run, after),
            ).fetchall()
        return [_event(*row) for _, *row in found], int(found[-1][0]) if found else after

    def sweep_events(self, sweep: str, kinds: Iterable[type[RunEvent]]) -> list[tuple[str, RunEvent]]:
        """Return (run, event) of some kinds from all trials of a sweep, in order."""
        names = [KINDS[kind] for kind in kinds]
        with self._read() as database:
            found = database.execute(
                "SELECT run, kind, happenings.step, happenings.epoch, happenings.seconds, data "  # noqa: S608
                "FROM runs JOIN happenings ON happenings.run = runs.id "
                f"WHERE sweep = ? AND kind IN ({', '.join('?' * len(names))}) ORDER BY number",
                (sweep, *names),
            ).fetchall()
        return [(run, _event(*row)) for run, *row in found]

    def rewind(self, run: str, step: int) -> None:
        """Delete what came after `step`: a run that resumes there does it again."""
        with self._write() as database:
            for number, blob in database.execute("SELECT number, rows FROM curves WHERE run = ?", (run,)).fetchall():
                rows = _rows(blob)
                kept = rows[rows[:, 0] <= step]
                if len(kept) < len(rows):
                    database.execute("DELETE FROM curves WHERE number = ?", (number,))
                    if len(kept):
                        database.execute("INSERT INTO curves (run, rows) VALUES (?, ?)", (run, kept.tobytes()))
            database.execute("DELETE FROM happenings WHERE run = ? AND step > ?", (run, step))
            insert_event(database, run, Rewound(step, 0.0, 0.0))


def insert_event(database: Connection, run: str, event: RunEvent) -> None:
    """Add an event to a run within a change of the database; nothing for a purged run."""
    *columns, data = encode(event)
    database.execute(
        f"INSERT INTO happenings (run, {_EVENT}) SELECT id, ?, ?, ?, ?, ? FROM runs WHERE id = ?",  # noqa: S608
        (*columns, json.dumps(data), run),
    )


def copy_history(database: Connection, parent: str, run: str) -> None:
    """Give a run the curve and the measurements of its parent; checkpoints stay with the parent."""
    database.execute(
        "INSERT INTO curves (run, rows) SELECT ?, rows FROM curves WHERE run = ? ORDER BY number", (run, parent)
    )
    kinds = [KINDS[kind] for kind in (Validation, Diagnostics, LearningRateChange)]
    database.execute(
        f"INSERT INTO happenings (run, {_EVENT}) SELECT ?, {_EVENT} "  # noqa: S608
        "FROM happenings WHERE run = ? AND kind IN (?, ?, ?) ORDER BY number",
        (run, parent, *kinds),
    )
    database.execute(
        "UPDATE runs SET (step, epoch, seconds) = (SELECT step, epoch, seconds FROM runs WHERE id = ?) WHERE id = ?",
        (parent, run),
    )


def _rows(blob: bytes) -> Column:
    return np.frombuffer(blob, "<f8").reshape(-1, len(COLUMNS))


def _event(kind: str, step: int, epoch: float, seconds: float, data: str) -> RunEvent:
    try:
        return decode(kind, step, epoch, seconds, json.loads(data))
    except (LookupError, TypeError, ValueError):
        raise StoreProblem("The store of the runs is damaged: it holds an event that cannot be read.") from None
