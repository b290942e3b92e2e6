"""The rows of sweeps: the status of each, and which are driven by nobody."""

import json
import time
from typing import Any

from core.runs.store.database import Database
from core.runs.store.record import Sweep, SweepStatus

_FIELDS = "id, session, title, config, status, reason, created, ended"


class SweepRows(Database):
    """The sweeps in the store; their trials are ordinary runs with the id of the sweep."""

    def sweep(self, sweep: str) -> Sweep | None:
        """Return a sweep, or None where there is none of that id."""
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM sweeps WHERE id = ?", (sweep,)).fetchone()  # noqa: S608
        return _sweep(*found) if found else None

    def sweeps(self, session: str | None = None, limit: int = 50) -> list[Sweep]:
        """Return sweeps, the newest first: of one session or of all."""
        where, values = ("WHERE session = ?", (session,)) if session is not None else ("", ())
        with self._read() as database:
            found = database.execute(
                f"SELECT {_FIELDS} FROM sweeps {where} ORDER BY created DESC LIMIT ?",  # noqa: S608
                (*values, limit),
            ).fetchall()
        return [_sweep(*row) for row in found]

    def set_sweep_status(self, sweep: str, status: SweepStatus, reason: str = "") -> bool:
        """Write how a sweep ended; return whether that was written: an ended sweep stays as it is."""
        with self._write() as database:
            done = database.execute(
                "UPDATE sweeps SET status = ?, reason = ?, ended = ? WHERE id = ? AND status = 'running'",
                (status, reason, time.time(), sweep),
            )
            return done.rowcount > 0

    def sweep_heartbeat(self, sweep: str) -> None:
        """Say that a server drives a sweep."""
        with self._write() as database:
            database.execute("UPDATE sweeps SET heartbeat = ? WHERE id = ?", (time.time(), sweep))

    def silent_sweeps(self, seconds: float) -> list[str]:
        """Return the running sweeps without a heartbeat for some seconds."""
        with self._read() as database:
            found = database.execute(
                "SELECT id FROM sweeps WHERE status = 'running' AND heartbeat < ?", (time.time() - seconds,)
            ).fetchall()
        return [row[0] for row in found]


def _sweep(run_id: str, session: str, title: str, config: str, *rest: Any) -> Sweep:
    return Sweep(run_id, session, title, json.loads(config), *rest)
