"""The rows of sweeps in the store: where each stands, and which server drives it."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any

from core.runs.store.database import Database
from core.runs.store.record import Sweep, SweepStatus

_FIELDS = "id, session, title, config, status, reason, created, ended"


class SweepRows(Database):
    """The sweeps in the store; their trials are ordinary runs that bear the id of the sweep."""

    def sweep(self, sweep: str) -> Sweep | None:
        """Return a sweep, or None where there is none of that id."""
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM sweeps WHERE id = ?", (sweep,)).fetchone()  # noqa: S608
        return _sweep(found) if found else None

    def sweeps(self, session: str | None = None, limit: int = 50) -> list[Sweep]:
        """Return sweeps, the newest first: of one session or of all."""
        where, values = ("WHERE session = ?", (session,)) if session is not None else ("", ())
        with self._read() as database:
            found = database.execute(
                f"SELECT {_FIELDS} FROM sweeps {where} ORDER BY created DESC LIMIT ?",  # noqa: S608
                (*values, limit),
            ).fetchall()
        return [_sweep(row) for row in found]

    def set_sweep_status(self, sweep: str, status: SweepStatus, reason: str = "") -> bool:
        """Say how a sweep ended; return whether that was written: one that has ended stays as it is."""
        with self._write() as database:
            done = database.execute(
                "UPDATE sweeps SET status = ?, reason = ?, ended = ? WHERE id = ? AND status = 'running'",
                (status, reason, time.time(), sweep),
            )
            return done.rowcount > 0

    def beat_sweep(self, sweep: str) -> None:
        """Say that somebody drives a sweep."""
        with self._write() as database:
            database.execute("UPDATE sweeps SET heartbeat = ? WHERE id = ?", (time.time(), sweep))

    def silent_sweeps(self, seconds: float) -> list[str]:
        """Return the running sweeps that nobody has driven for some seconds."""
        with self._read() as database:
            found = database.execute(
                "SELECT id FROM sweeps WHERE status = 'running' AND heartbeat < ?", (time.time() - seconds,)
            ).fetchall()
        return [row[0] for row in found]

    def _add_sweep(
        self,
        database: sqlite3.Connection,
        identity: str,
        config: Mapping[str, Any],
        title: str,
        session: str,
    ) -> None:
        now = time.time()
        database.execute(
            "INSERT INTO sweeps (id, session, title, config, status, created, heartbeat) "
            "VALUES (?, ?, ?, ?, 'running', ?, ?)",
            (identity, session, title, json.dumps(config), now, now),
        )


def _sweep(row: Sequence[Any]) -> Sweep:
    values = list(row)
    values[3] = json.loads(values[3])
    return Sweep(*values)
