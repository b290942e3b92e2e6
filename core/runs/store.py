"""Runs, their curves and what happened in them, in one SQLite file that many processes share."""

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.runs.record import ACTIVE, WORKING, Command, Happening, Run, Status

COLUMNS = ("step", "epoch", "seconds", "loss", "accuracy", "learning_rate")
"""Of a curve: one row an update."""

REWOUND = "rewound"
"""What happened when a run went back to a checkpoint: who has read its curve must read it again."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, session TEXT NOT NULL, title TEXT NOT NULL, config TEXT NOT NULL,
    status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', created REAL NOT NULL, ended REAL,
    device TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '{}',
    step INTEGER NOT NULL DEFAULT 0, epoch REAL NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL DEFAULT 0, score TEXT, restored INTEGER,
    owner TEXT NOT NULL DEFAULT '', heartbeat REAL NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS runs_by_status ON runs (status);
CREATE INDEX IF NOT EXISTS runs_by_session ON runs (session);
CREATE TABLE IF NOT EXISTS curves (number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, rows BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS curves_by_run ON curves (run, number);
CREATE TABLE IF NOT EXISTS happenings (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, kind TEXT NOT NULL,
    step INTEGER NOT NULL, epoch REAL NOT NULL, seconds REAL NOT NULL, data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS happenings_by_run ON happenings (run, number);
CREATE TABLE IF NOT EXISTS commands (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, command TEXT NOT NULL, value REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS commands_by_run ON commands (run, number);
"""

_FIELDS = (
    "id, session, title, config, status, reason, created, ended, device, about, "
    "step, epoch, seconds, total_steps, score, restored"
)


class StoreProblem(RuntimeError):
    """The store cannot be read or written; the message is a sentence for the person who asked."""


class Busy(RuntimeError):
    """The session has an active run already; `run` is its id."""

    def __init__(self, run: str) -> None:
        super().__init__("You have a run on its way already. Stop it, or wait until it has finished.")
        self.run = run


class Store:
    """The runs under one folder. Cheap to make; every call opens the file anew, so any thread may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ready = False

    # -- making and ending ---------------------------------------------------------------------------

    def create(self, config: Mapping[str, Any], title: str, session: str, status: Status = "queued") -> str:
        """Add a run and return its id; a session has one active run at a time.

        Raises:
            Busy: the session has an active run.
            StoreProblem: nothing could be written.
        """
        identity = uuid.uuid4().hex[:12]
        with self._write() as database:
            marks = ", ".join("?" * len(ACTIVE))
            there = database.execute(
                f"SELECT id FROM runs WHERE session = ? AND status IN ({marks})",  # noqa: S608 - only question marks
                (session, *ACTIVE),
            ).fetchone()
            if there:
                raise Busy(there[0])
            database.execute(
                "INSERT INTO runs (id, session, title, config, status, created, heartbeat, place) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(place), 0) + 1 FROM runs))",
                (identity, session, title, json.dumps(config), status, time.time(), time.time()),
            )
        return identity

    def queue_again(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to go on where it was.

        Raises:
            Busy: the session has an active run.
            StoreProblem: nothing could be written.
        """
        with self._write() as database:
            marks = ", ".join("?" * len(ACTIVE))
            there = database.execute(
                f"SELECT id FROM runs WHERE (session = ? OR id = ?) AND status IN ({marks})",  # noqa: S608
                (session, run, *ACTIVE),
            ).fetchone()
            if there:
                raise Busy(there[0])
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
            (working,) = database.execute(
                "SELECT COUNT(*) FROM runs WHERE status IN ('starting', 'running', 'paused')"
            ).fetchone()
            first = database.execute("SELECT id FROM runs WHERE status = 'queued' ORDER BY place LIMIT 1").fetchone()
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
            database.execute("INSERT INTO curves (run, rows) VALUES (?, ?)", (run, rows.astype("<f8").tobytes()))
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
                "INSERT INTO happenings (run, kind, step, epoch, seconds, data) VALUES (?, ?, ?, ?, ?, ?)",
                (run, kind, *place, json.dumps(data or {})),
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
            database.execute("INSERT INTO commands (run, command, value) VALUES (?, ?, ?)", (run, command, value))

    def commands(self, run: str, after: int) -> list[tuple[int, Command, float]]:
        """Return the commands for a run with a number above `after`, in order."""
        with self._read() as database:
            return database.execute(
                "SELECT number, command, value FROM commands WHERE run = ? AND number > ? ORDER BY number", (run, after)
            ).fetchall()

    # -- looking -------------------------------------------------------------------------------------

    def get(self, run: str) -> Run | None:
        """Return a run, or None where there is none of that id."""
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM runs WHERE id = ?", (run,)).fetchone()  # noqa: S608
        return _run(found) if found else None

    def runs(self, session: str | None = None, statuses: Sequence[Status] = (), limit: int = 200) -> list[Run]:
        """Return runs, the newest first: of one session or of all, with some statuses or with any."""
        conditions, values = [], list[Any]()
        if session is not None:
            conditions.append("session = ?")
            values.append(session)
        if statuses:
            conditions.append(f"status IN ({', '.join('?' * len(statuses))})")
            values += statuses
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        with self._read() as database:
            found = database.execute(
                f"SELECT {_FIELDS} FROM runs {where} ORDER BY created DESC LIMIT ?",  # noqa: S608
                (*values, limit),
            ).fetchall()
        return [_run(row) for row in found]

    def queue(self) -> list[str]:
        """Return the ids of the runs that wait, the next one first."""
        with self._read() as database:
            return [row[0] for row in database.execute("SELECT id FROM runs WHERE status = 'queued' ORDER BY place")]

    def pulse(self, run: str) -> tuple[Status, float, str] | None:
        """Return status, last sign of life and owner of a run."""
        with self._read() as database:
            found: tuple[Status, float, str] | None = database.execute(
                "SELECT status, heartbeat, owner FROM runs WHERE id = ?", (run,)
            ).fetchone()
        return found

    def silent(self, seconds: float) -> list[tuple[str, str]]:
        """Return (id, owner) of the runs that have a process but gave no sign of life for some seconds."""
        marks = ", ".join("?" * len(WORKING))
        with self._read() as database:
            return database.execute(
                f"SELECT id, owner FROM runs WHERE status IN ({marks}) AND heartbeat < ?",  # noqa: S608
                (*WORKING, time.time() - seconds),
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

    # -- the file ------------------------------------------------------------------------------------

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            yield database

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.commit()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._ready:
                self.folder.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.folder / "runs.sqlite", timeout=5, isolation_level=None)
            try:
                if not self._ready:
                    database.execute("PRAGMA journal_mode = WAL")
                    database.executescript(_SCHEMA)
                    self._ready = True
                database.execute("PRAGMA synchronous = NORMAL")
                yield database
            finally:
                database.close()
        except sqlite3.Error as error:
            raise StoreProblem(_sentence(str(error))) from None
        except OSError as error:
            raise StoreProblem(f"The folder of the runs cannot be used: {error.strerror or error}.") from None


def _sentence(error: str) -> str:
    if "locked" in error:
        return "The store of the runs is busy; try again in a moment."
    if "full" in error:
        return "The disk is full, so nothing of a run can be kept."
    if "readonly" in error or "unable to open" in error:
        return "The folder of the runs cannot be written to."
    return f"The store of the runs cannot be used: {error}."


def _rows(blob: bytes) -> NDArray[np.float64]:
    return np.frombuffer(blob, "<f8").reshape(-1, len(COLUMNS))


def _run(row: Sequence[Any]) -> Run:
    values = list(row)
    values[3], values[9] = json.loads(values[3]), json.loads(values[9])
    values[14] = json.loads(values[14]) if values[14] else None
    return Run(*values)
