"""Runs, their curves and what happened in them, in one SQLite file that many processes share."""

import json
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.runs.store.database import StoreProblem
from core.runs.store.labels import clean_tags, clean_title
from core.runs.store.record import ACTIVE, WORKING, Command, Happening, Run, Status, Summary
from core.runs.store.sweep_rows import SweepRows

__all__ = ["COLUMNS", "REWOUND", "TRIAL", "Busy", "Store", "StoreProblem"]

COLUMNS = ("step", "epoch", "seconds", "loss", "accuracy", "learning_rate")
"""Of a curve: one row an update."""

REWOUND = "rewound"
"""What happened when a run went back to a checkpoint: who has read its curve must read it again."""

TRIAL = "trial"
"""What happens first in a run that is a trial of a sweep: it gets its number and its values."""

_FIELDS = (
    "id, session, title, config, status, reason, created, ended, device, about, "
    "step, epoch, seconds, total_steps, score, restored, tags, sweep, parent"
)
_SUMMARY = (
    "id, session, title, tags, status, created, ended, step, total_steps, epoch, seconds, score, sweep, parent, "
    "json_extract(about, '$.parameters'), json_extract(config, '$.task.data'), "
    "json_extract(config, '$.task.network.kind'), coalesce(json_extract(config, '$.task.learns'), 'images')"
)
_ACTIVE = ", ".join(f"'{status}'" for status in sorted(ACTIVE))
_WORKING = ", ".join(f"'{status}'" for status in sorted(WORKING))

UNDO = 60.0
"""Seconds for which a deleted run can be had back."""


class Busy(RuntimeError):
    """The session has something on its way already.

    Attributes:
        run: the id of its active run; empty where a sweep has none at this moment.
        sweep: the id of its sweep, where it is one.
    """

    def __init__(self, run: str, sweep: str | None = None) -> None:
        what = "a sweep" if sweep else "a run"
        super().__init__(f"You have {what} on its way already. Stop it, or wait until it has finished.")
        self.run, self.sweep = run, sweep


class Store(SweepRows):
    """The runs under one folder. Cheap to make; every call opens the file anew, so any thread may use it."""

    # -- making and ending ---------------------------------------------------------------------------

    def create(
        self,
        config: Mapping[str, Any],
        title: str,
        session: str,
        status: Status = "queued",
        *,
        identity: str | None = None,
        parent: str | None = None,
        sweep: str | None = None,
        trial: Mapping[str, Any] | None = None,
        at_once: int = 1,
        curve: bool = False,
    ) -> str:
        """Add a run and return its id; a session has one active run at a time, or one sweep.

        Args:
            config: the whole configuration, as JSON has it.
            title: for people.
            session: of the person whose run it is.
            status: where it stands.
            identity: its id, where `new_id` was asked before.
            parent: the run that it goes on from.
            sweep: the sweep that it is a trial of.
            trial: what that sweep gave it; the first that happens in it, of the kind `TRIAL`.
            at_once: how many trials of that sweep may be active.
            curve: whether it begins with the curve of `parent`, and with what was measured there.

        Raises:
            Busy: the session has an active run or sweep, or the sweep as many active trials as it may.
            StoreProblem: nothing could be written.
        """
        identity = identity or new_id()
        now = time.time()
        with self._write() as database:
            if status in ACTIVE:
                _refuse_second(database, session, sweep, at_once)
            database.execute(
                "INSERT INTO runs (id, session, title, config, status, created, heartbeat, parent, sweep, place) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(place), 0) + 1 FROM runs))",
                (identity, session, title, json.dumps(config), status, now, now, parent, sweep),
            )
            if trial is not None:
                database.execute(
                    "INSERT INTO happenings (run, kind, step, epoch, seconds, data) VALUES (?, ?, 0, 0, 0, ?)",
                    (identity, TRIAL, json.dumps(trial)),
                )
            if curve:
                _copy_curve(database, str(parent), identity)
        return identity

    def create_sweep(self, config: Mapping[str, Any], title: str, session: str) -> str:
        """Add a running sweep and return its id; a session has one active run at a time, or one sweep.

        Raises:
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written.
        """
        identity = new_id()
        with self._write() as database:
            _refuse_second(database, session)
            self._add_sweep(database, identity, config, title, session)
        return identity

    def queue_again(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to go on where it was.

        Raises:
            Busy: the session has an active run or sweep, or the run is active.
            StoreProblem: there is no such run, or nothing could be written.
        """
        with self._write() as database:
            found = database.execute("SELECT status FROM runs WHERE id = ? AND deleted IS NULL", (run,)).fetchone()
            if found is None:
                raise StoreProblem("There is no such run any more.")
            if found[0] in ACTIVE:
                raise Busy(run)
            _refuse_second(database, session)
            database.execute("DELETE FROM commands WHERE run = ?", (run,))
            database.execute(
                "UPDATE runs SET status = 'queued', reason = '', ended = NULL, score = NULL, restored = NULL, "
                "session = ?, owner = '', place = (SELECT MAX(place) + 1 FROM runs) WHERE id = ?",
                (session, run),
            )

    def claim(self, owner: str, at_once: int) -> str | None:
        """Take the first run of the queue for `owner` and return its id; None when none may start.

        Args:
            owner: the server that takes it.
            at_once: how many runs may have a process, over all servers on this store.
        """
        with self._write() as database:
            (working,) = database.execute(f"SELECT COUNT(*) FROM runs WHERE status IN ({_WORKING})").fetchone()  # noqa: S608
            first = database.execute(
                "SELECT id FROM runs WHERE status = 'queued' AND deleted IS NULL ORDER BY place LIMIT 1"
            ).fetchone()
            if working >= at_once or first is None:
                return None
            database.execute(
                "UPDATE runs SET status = 'starting', owner = ?, heartbeat = ? WHERE id = ?",
                (owner, time.time(), first[0]),
            )
            return str(first[0])

    def set_status(self, run: str, status: Status, reason: str = "", only_from: Sequence[Status] = ()) -> bool:
        """Say where a run stands; return whether that was written.

        Args:
            run: its id.
            status: the new one.
            reason: a sentence.
            only_from: leave it alone unless it has one of these; empty means always.
        """
        ended = None if status in ACTIVE else time.time()
        marks = ", ".join("?" * len(only_from))
        condition = f" AND status IN ({marks})" if only_from else ""
        with self._write() as database:
            done = database.execute(
                f"UPDATE runs SET status = ?, reason = ?, ended = ?, heartbeat = ? WHERE id = ?{condition}",  # noqa: S608
                (status, reason, ended, time.time(), run, *only_from),
            )
            return done.rowcount > 0

    def happened_in_sweep(self, sweep: str, kinds: Sequence[str]) -> list[tuple[str, str, Mapping[str, Any]]]:
        """Return (run, kind, data) of what happened in the trials of a sweep, of some kinds, in order."""
        marks = ", ".join("?" * len(kinds))
        with self._read() as database:
            found = database.execute(
                "SELECT run, kind, data FROM runs JOIN happenings ON happenings.run = runs.id "  # noqa: S608
                f"WHERE sweep = ? AND kind IN ({marks}) ORDER BY number",
                (sweep, *kinds),
            ).fetchall()
        return [(run, kind, json.loads(data)) for run, kind, data in found]

    # -- tidying up ----------------------------------------------------------------------------------

    def rename(self, run: str, title: str) -> None:
        """Give a run another title: one line, at most `core.runs.store.labels.TITLE` characters.

        Raises:
            BadLabel: nothing is left of it.
        """
        with self._write() as database:
            database.execute("UPDATE runs SET title = ? WHERE id = ?", (clean_title(title), run))

    def set_tags(self, run: str, tags: Iterable[str]) -> None:
        """Give a run these tags and no others: short texts, each once.

        Raises:
            BadLabel: too many.
        """
        with self._write() as database:
            database.execute("UPDATE runs SET tags = ? WHERE id = ?", (json.dumps(clean_tags(tags)), run))

    def delete(self, run: str) -> bool:
        """Let a run disappear, and stop it where it is active; return whether there was one.

        Its rows and weights stay until `purge`, so that `undelete` can bring it back.
        """
        now = time.time()
        with self._write() as database:
            done = database.execute("UPDATE runs SET deleted = ? WHERE id = ? AND deleted IS NULL", (now, run))
            database.execute(
                "UPDATE runs SET status = 'stopped', reason = 'It was stopped before it began.', ended = ? "
                "WHERE id = ? AND status = 'queued'",
                (now, run),
            )
            database.execute(
                f"INSERT INTO commands (run, command, value) SELECT id, 'stop', 0 FROM runs "  # noqa: S608
                f"WHERE id = ? AND status IN ({_WORKING})",
                (run,),
            )
            return done.rowcount > 0

    def undelete(self, run: str) -> bool:
        """Bring a deleted run back; return whether it was still there."""
        with self._write() as database:
            done = database.execute("UPDATE runs SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL", (run,))
            return done.rowcount > 0

    def purge(self, older_than: float = UNDO) -> list[str]:
        """Remove for good what was deleted some seconds ago, rows and weights, and return the ids.

        A run whose process has not ended yet, or gave a sign of life since, is left for the next time.
        """
        before = time.time() - older_than
        with self._write() as database:
            gone = [
                row[0]
                for row in database.execute(
                    f"SELECT id FROM runs WHERE deleted <= ? AND heartbeat <= ? AND status NOT IN ({_WORKING})",  # noqa: S608
                    (before, before),
                )
            ]
            for run in gone:
                for table, column in (("curves", "run"), ("happenings", "run"), ("commands", "run"), ("runs", "id")):
                    database.execute(f"DELETE FROM {table} WHERE {column} = ?", (run,))  # noqa: S608
                shutil.rmtree(self.folder / run, ignore_errors=True)
        return gone

    # -- while it runs -------------------------------------------------------------------------------

    def introduce(self, run: str, device: str, about: Mapping[str, Any], total_steps: int) -> None:
        """Write what is known once the data and the network are there."""
        with self._write() as database:
            database.execute(
                "UPDATE runs SET device = ?, about = ?, total_steps = ? WHERE id = ?",
                (device, json.dumps(about), total_steps, run),
            )

    def beat(self, run: str) -> None:
        """Say that the process of a run is alive."""
        with self._write() as database:
            database.execute("UPDATE runs SET heartbeat = ? WHERE id = ?", (time.time(), run))

    def add_rows(self, run: str, rows: NDArray[np.float64]) -> None:
        """Add updates to the curve: `rows` is (N, 6), with the `COLUMNS`."""
        with self._write() as database:
            database.execute(
                "INSERT INTO curves (run, rows) SELECT id, ? FROM runs WHERE id = ?",  # nothing for one that was purged
                (rows.astype("<f8").tobytes(), run),
            )
            step, epoch, seconds = rows[-1, :3].tolist()
            database.execute(
                "UPDATE runs SET step = ?, epoch = ?, seconds = ?, heartbeat = ? WHERE id = ?",
                (int(step), epoch, seconds, time.time(), run),
            )

    def add_happening(
        self, run: str, kind: str, place: tuple[int, float, float], data: Mapping[str, Any] | None = None
    ) -> None:
        """Add something that happened at a `place`: step, epoch, seconds."""
        with self._write() as database:
            database.execute(
                "INSERT INTO happenings (run, kind, step, epoch, seconds, data) "
                "SELECT id, ?, ?, ?, ?, ? FROM runs WHERE id = ?",
                (kind, *place, json.dumps(data or {}), run),
            )

    def set_score(self, run: str, score: Mapping[str, float]) -> None:
        """Write the score on the test data."""
        with self._write() as database:
            database.execute("UPDATE runs SET score = ? WHERE id = ?", (json.dumps(score), run))

    def set_restored(self, run: str, step: int | None) -> None:
        """Write which step's weights came back."""
        with self._write() as database:
            database.execute("UPDATE runs SET restored = ? WHERE id = ?", (step, run))

    def rewind(self, run: str, step: int) -> None:
        """Forget what came after `step`: a run that is resumed from there does it again."""
        with self._write() as database:
            for number, blob in database.execute("SELECT number, rows FROM curves WHERE run = ?", (run,)).fetchall():
                rows = _rows(blob)
                kept = rows[rows[:, 0] <= step]
                if len(kept) == len(rows):
                    continue
                database.execute("DELETE FROM curves WHERE number = ?", (number,))
                if len(kept):
                    database.execute("INSERT INTO curves (run, rows) VALUES (?, ?)", (run, kept.tobytes()))
            database.execute("DELETE FROM happenings WHERE run = ? AND step > ?", (run, step))
            database.execute(
                "INSERT INTO happenings (run, kind, step, epoch, seconds, data) VALUES (?, ?, ?, 0, 0, '{}')",
                (run, REWOUND, step),
            )

    # -- levers --------------------------------------------------------------------------------------

    def command(self, run: str, command: Command, value: float = 0.0) -> None:
        """Leave a command for the process of a run."""
        with self._write() as database:
            database.execute(
                "INSERT INTO commands (run, command, value) SELECT id, ?, ? FROM runs WHERE id = ?",
                (command, value, run),
            )

    def commands(self, run: str, after: int) -> list[tuple[int, Command, float]]:
        """Return the commands for a run with a number above `after`, in order."""
        with self._read() as database:
            return database.execute(
                "SELECT number, command, value FROM commands WHERE run = ? AND number > ? ORDER BY number", (run, after)
            ).fetchall()

    # -- looking -------------------------------------------------------------------------------------

    def get(self, run: str, deleted: bool = False) -> Run | None:
        """Return a run, or None where there is none of that id.

        Args:
            run: its id.
            deleted: also where it was deleted: its process has to find it.
        """
        hidden = "" if deleted else "AND deleted IS NULL"
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM runs WHERE id = ? {hidden}", (run,)).fetchone()  # noqa: S608
        return _run(found) if found else None

    def runs(
        self,
        session: str | None = None,
        statuses: Sequence[Status] = (),
        limit: int = 200,
        sweep: str | None = None,
    ) -> list[Run]:
        """Return runs, the newest first: of one session or of all, with some statuses or any, of one sweep or all."""
        where, values = _where(session, statuses, sweep)
        with self._read() as database:
            found = database.execute(
                f"SELECT {_FIELDS} FROM runs WHERE {where} ORDER BY created DESC LIMIT ?",  # noqa: S608
                (*values, limit),
            ).fetchall()
        return [_run(row) for row in found]

    def summaries(
        self,
        session: str | None = None,
        statuses: Sequence[Status] = (),
        limit: int = 5000,
        sweep: str | None = None,
    ) -> list[Summary]:
        """Return what a table shows of runs, the newest first; reads neither curves nor whole configurations.

        Thousands are read in some hundredths of a second. The arguments are those of `runs`.
        """
        where, values = _where(session, statuses, sweep)
        with self._read() as database:
            found = database.execute(
                f"SELECT {_SUMMARY} FROM runs WHERE {where} ORDER BY created DESC LIMIT ?",  # noqa: S608
                (*values, limit),
            ).fetchall()
        return [_summary(row) for row in found]

    def count(self, session: str | None = None, statuses: Sequence[Status] = (), sweep: str | None = None) -> int:
        """Return how many runs there are; the arguments are those of `runs`."""
        where, values = _where(session, statuses, sweep)
        with self._read() as database:
            return int(database.execute(f"SELECT COUNT(*) FROM runs WHERE {where}", values).fetchone()[0])  # noqa: S608

    def queue(self) -> list[str]:
        """Return the ids of the runs that wait, the next one first."""
        with self._read() as database:
            return [
                row[0]
                for row in database.execute(
                    "SELECT id FROM runs WHERE status = 'queued' AND deleted IS NULL ORDER BY place"
                )
            ]

    def pulse(self, run: str) -> tuple[Status, float, str] | None:
        """Return status, last sign of life and owner of a run."""
        with self._read() as database:
            found: tuple[Status, float, str] | None = database.execute(
                "SELECT status, heartbeat, owner FROM runs WHERE id = ?", (run,)
            ).fetchone()
        return found

    def silent(self, seconds: float) -> list[tuple[str, str]]:
        """Return (id, owner) of the runs that have a process but gave no sign of life for some seconds."""
        with self._read() as database:
            return database.execute(
                f"SELECT id, owner FROM runs WHERE status IN ({_WORKING}) AND heartbeat < ?",  # noqa: S608
                (time.time() - seconds,),
            ).fetchall()

    def rows(self, run: str, after: int = 0) -> tuple[NDArray[np.float64], int]:
        """Return the updates of a curve (N, 6) that were written after a number, and the number of the last."""
        with self._read() as database:
            found = database.execute(
                "SELECT number, rows FROM curves WHERE run = ? AND number > ? ORDER BY number", (run, after)
            ).fetchall()
        if not found:
            return np.empty((0, len(COLUMNS))), after
        return np.concatenate([_rows(blob) for _, blob in found]), int(found[-1][0])

    def happenings(self, run: str, after: int = 0) -> list[Happening]:
        """Return what happened in a run after a number, in order."""
        with self._read() as database:
            found = database.execute(
                "SELECT number, kind, step, epoch, seconds, data FROM happenings "
                "WHERE run = ? AND number > ? ORDER BY number",
                (run, after),
            ).fetchall()
        return [
            Happening(number, kind, step, epoch, seconds, json.loads(data))
            for number, kind, step, epoch, seconds, data in found
        ]


def new_id() -> str:
    """Return an id that no run or sweep has."""
    return uuid.uuid4().hex[:12]


def _refuse_second(database: sqlite3.Connection, session: str, sweep: str | None = None, at_once: int = 1) -> None:
    """Raise `Busy` where a session may have no further run: trials of its own sweep count among themselves only."""
    active = database.execute(
        f"SELECT id, sweep FROM runs WHERE session = ? AND deleted IS NULL AND status IN ({_ACTIVE})",  # noqa: S608
        (session,),
    ).fetchall()
    if sweep is None:
        running = database.execute(
            "SELECT id FROM sweeps WHERE session = ? AND status = 'running'", (session,)
        ).fetchone()
        if active or running:
            raise Busy(active[0][0] if active else "", running[0] if running else None)
        return
    going_on = database.execute("SELECT id FROM sweeps WHERE id = ? AND status = 'running'", (sweep,)).fetchone()
    if going_on is None or len(active) >= at_once or any(of != sweep for _, of in active):
        raise Busy(active[0][0] if active else "", sweep)


def _copy_curve(database: sqlite3.Connection, parent: str, run: str) -> None:
    """Give a run the curve of its parent, and what was measured there; checkpoints stay with the parent."""
    database.execute(
        "INSERT INTO curves (run, rows) SELECT ?, rows FROM curves WHERE run = ? ORDER BY number", (run, parent)
    )
    database.execute(
        "INSERT INTO happenings (run, kind, step, epoch, seconds, data) SELECT ?, kind, step, epoch, seconds, data "
        "FROM happenings WHERE run = ? AND kind IN ('validation', 'vitals', 'rate') ORDER BY number",
        (run, parent),
    )
    database.execute(
        "UPDATE runs SET (step, epoch, seconds) = (SELECT step, epoch, seconds FROM runs WHERE id = ?) WHERE id = ?",
        (parent, run),
    )


def _where(session: str | None, statuses: Sequence[Status], sweep: str | None) -> tuple[str, list[Any]]:
    """Return the condition for runs that are asked for, and its values."""
    conditions, values = ["deleted IS NULL"], list[Any]()
    for column, value in (("session", session), ("sweep", sweep)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if statuses:
        conditions.append(f"status IN ({', '.join('?' * len(statuses))})")
        values += statuses
    return " AND ".join(conditions), values


def _rows(blob: bytes) -> NDArray[np.float64]:
    return np.frombuffer(blob, "<f8").reshape(-1, len(COLUMNS))


def _run(row: Sequence[Any]) -> Run:
    values = list(row)
    values[3], values[9] = json.loads(values[3]), json.loads(values[9])
    values[14] = json.loads(values[14]) if values[14] else None
    values[16] = tuple(json.loads(values[16]))
    return Run(*values)


def _summary(row: Sequence[Any]) -> Summary:
    values = list(row)
    values[3] = tuple(json.loads(values[3]))
    values[11] = json.loads(values[11]) if values[11] else None
    return Summary(*values)
