"""The rows of runs: what is known of each, and who is alive."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core.runs.store.columns import JSON, PLAIN, SUMMARY, from_row, summary_from_row
from core.runs.store.database import Database, marks
from core.runs.store.record import ACTIVE, WORKING, Run, RunSummary, Setup, Status
from core.training.task import Score

_FIELDS = ", ".join((*PLAIN, *JSON))


class RunRows(Database):
    """The runs in the store."""

    # -- reading -------------------------------------------------------------------------------------

    def get(self, run: str, deleted: bool = False) -> Run | None:
        """Return a run, or None where there is none of that id.

        Args:
            run: its id.
            deleted: also find deleted runs: their processes need them.
        """
        hidden = "" if deleted else "AND deleted IS NULL"
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM runs WHERE id = ? {hidden}", (run,)).fetchone()  # noqa: S608
        return from_row(found) if found else None

    def runs(
        self,
        session: str | None = None,
        statuses: Sequence[Status] = (),
        limit: int = 200,
        sweep: str | None = None,
    ) -> list[Run]:
        """Return runs, the newest first: of one session or all, with some statuses or any, of one sweep or all."""
        return [from_row(row) for row in self._select(_FIELDS, session, statuses, sweep, limit)]

    def summaries(
        self,
        session: str | None = None,
        statuses: Sequence[Status] = (),
        limit: int = 5000,
        sweep: str | None = None,
    ) -> list[RunSummary]:
        """Return what a table shows of runs, the newest first; thousands take some hundredths of a second.

        The arguments are those of `runs`.
        """
        return [summary_from_row(row) for row in self._select(SUMMARY, session, statuses, sweep, limit)]

    def count(self, session: str | None = None, statuses: Sequence[Status] = (), sweep: str | None = None) -> int:
        """Return how many runs there are; the arguments are those of `runs`."""
        where, values = _where(session, statuses, sweep)
        with self._read() as database:
            (count,) = database.execute(f"SELECT COUNT(*) FROM runs WHERE {where}", values).fetchone()  # noqa: S608
        return int(count)

    def silent(self, seconds: float) -> list[tuple[str, str]]:
        """Return (id, owner) of the runs that have a process but sent no heartbeat for some seconds."""
        with self._read() as database:
            return database.execute(
                f"SELECT id, owner FROM runs WHERE status IN ({marks(WORKING)}) AND heartbeat < ?",  # noqa: S608
                (*WORKING, time.time() - seconds),
            ).fetchall()

    def heartbeats(self) -> list[tuple[str, str, float]]:
        """Return (id, owner, time of the last heartbeat) of the runs that have a process."""
        with self._read() as database:
            found = database.execute(
                f"SELECT id, owner, heartbeat FROM runs WHERE status IN ({marks(WORKING)})",  # noqa: S608
                tuple(WORKING),
            )
            return [(run, owner, beat) for run, owner, beat in found]

    def _select(
        self, fields: str, session: str | None, statuses: Sequence[Status], sweep: str | None, limit: int
    ) -> list[tuple[Any, ...]]:
        where, values = _where(session, statuses, sweep)
        query = f"SELECT {fields} FROM runs WHERE {where} ORDER BY created DESC LIMIT ?"  # noqa: S608
        with self._read() as database:
            return database.execute(query, (*values, limit)).fetchall()

    # -- writing -------------------------------------------------------------------------------------

    def set_status(self, run: str, status: Status, reason: str = "", only_from: Sequence[Status] = ()) -> bool:
        """Set the status of a run; return whether that was written.

        Args:
            run: its id.
            status: the new one.
            reason: a sentence.
            only_from: change it only from one of these; empty means always.
        """
        ended = None if status in ACTIVE else time.time()
        condition = f" AND status IN ({marks(only_from)})" if only_from else ""
        with self._write() as database:
            done = database.execute(
                f"UPDATE runs SET status = ?, reason = ?, ended = ?, heartbeat = ? WHERE id = ?{condition}",  # noqa: S608
                (status, reason, ended, time.time(), run, *only_from),
            )
            return done.rowcount > 0

    def set_setup(self, run: str, device: str, setup: Setup, total_steps: int) -> None:
        """Write what is known of a run once its data and its network are loaded."""
        self._set(run, device=device, about=json.dumps(asdict(setup)), total_steps=total_steps)

    def set_score(self, run: str, score: Score) -> None:
        """Write the score on the test data."""
        self._set(run, score=json.dumps(asdict(score)))

    def set_restored(self, run: str, step: int | None) -> None:
        """Write the step whose weights were restored."""
        self._set(run, restored=step)

    def heartbeat(self, run: str) -> None:
        """Say that the process of a run is alive."""
        self._set(run, heartbeat=time.time())

    def _set(self, run: str, **columns: Any) -> None:
        changes = ", ".join(f"{name} = ?" for name in columns)
        with self._write() as database:
            database.execute(f"UPDATE runs SET {changes} WHERE id = ?", (*columns.values(), run))  # noqa: S608


def _where(session: str | None, statuses: Sequence[Status], sweep: str | None) -> tuple[str, list[Any]]:
    """Return the condition for what `RunRows.runs` asks for, and its values."""
    conditions, values = ["deleted IS NULL"], list[Any]()
    for column, value in (("session", session), ("sweep", sweep)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if statuses:
        conditions.append(f"status IN ({marks(statuses)})")
        values += statuses
    return " AND ".join(conditions), values
