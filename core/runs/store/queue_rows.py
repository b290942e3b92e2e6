"""New runs and sweeps, and the queue in which they wait: first come, first served, one of each session at a time."""

import json
import sqlite3
import time
import uuid

from core.runs.store.database import Database, StoreProblem, marks
from core.runs.store.events import TrialStarted
from core.runs.store.history_rows import copy_history, insert_event
from core.runs.store.record import ACTIVE, WORKING, Status
from core.runs.sweeps.config import SweepConfig
from core.training.config import TrainConfig


class Busy(RuntimeError):
    """The session already has something active.

    Attributes:
        run: the id of its active run; empty where a sweep has none at this moment.
        sweep: the id of its sweep, where it is one.
    """

    def __init__(self, run: str, sweep: str | None = None) -> None:
        what = "a sweep" if sweep else "a run"
        super().__init__(f"You already have {what} in progress. Stop it, or wait until it has finished.")
        self.run, self.sweep = run, sweep


class QueueRows(Database):
    """The queue in the store."""

    def create(
        self,
        config: TrainConfig,
        session: str,
        status: Status = "queued",
        *,
        run_id: str | None = None,
        sweep: str | None = None,
        trial: TrialStarted | None = None,
        trials_at_once: int = 1,
        parent: str | None = None,
    ) -> str:
        """Add a run and return its id; a session has one active run at a time, or one sweep.

        Args:
            config: the whole configuration, with the title.
            session: of the person whose run it is.
            status: of the run.
            run_id: its id, where `new_id` was called before.
            sweep: the sweep that it is a trial of.
            trial: number and values that the sweep gave it.
            trials_at_once: how many trials of that sweep may be active.
            parent: the run that it continues, and whose curve it begins with.

        Raises:
            Busy: the session has an active run or sweep, or the sweep as many active trials as it may.
            StoreProblem: nothing could be written.
        """
        run_id, now = run_id or new_id(), time.time()
        with self._write() as database:
            if status in ACTIVE:
                _refuse_second(database, session, sweep, trials_at_once)
            database.execute(
                "INSERT INTO runs (id, session, title, config, status, created, heartbeat, parent, sweep, place) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(place), 0) + 1 FROM runs))",
                (run_id, session, config.title, _json(config), status, now, now, parent, sweep),
            )
            if trial is not None:
                insert_event(database, run_id, trial)
            if parent is not None:
                copy_history(database, parent, run_id)
        return run_id

    def requeue(self, run: str, session: str) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to resume where it was.

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
            (working,) = database.execute(
                f"SELECT COUNT(*) FROM runs WHERE status IN ({marks(WORKING)})",  # noqa: S608
                tuple(WORKING),
            ).fetchone()
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

    def queue(self) -> list[str]:
        """Return the ids of the waiting runs, the next one first."""
        with self._read() as database:
            found = database.execute("SELECT id FROM runs WHERE status = 'queued' AND deleted IS NULL ORDER BY place")
            return [row[0] for row in found]

    def create_sweep(self, config: SweepConfig, session: str) -> str:
        """Add a running sweep and return its id; a session has one active run at a time, or one sweep.

        Raises:
            Busy: the session has an active run or sweep.
            StoreProblem: nothing could be written.
        """
        sweep, now = new_id(), time.time()
        with self._write() as database:
            _refuse_second(database, session)
            database.execute(
                "INSERT INTO sweeps (id, session, title, config, status, created, heartbeat) "
                "VALUES (?, ?, ?, ?, 'running', ?, ?)",
                (sweep, session, config.title, _json(config), now, now),
            )
        return sweep


def new_id() -> str:
    """Return an id that no run or sweep has."""
    return uuid.uuid4().hex[:12]


def _json(config: TrainConfig | SweepConfig) -> str:
    return json.dumps(config.model_dump(mode="json"))


def _refuse_second(
    database: sqlite3.Connection, session: str, sweep: str | None = None, trials_at_once: int = 1
) -> None:
    """Raise `Busy` where a session may have no further run: trials of its own sweep count among themselves only."""
    active = database.execute(
        f"SELECT id, sweep FROM runs WHERE session = ? AND deleted IS NULL AND status IN ({marks(ACTIVE)})",  # noqa: S608
        (session, *ACTIVE),
    ).fetchall()
    running = database.execute("SELECT id FROM sweeps WHERE session = ? AND status = 'running'", (session,)).fetchone()
    if sweep is None:
        if active or running:
            raise Busy(active[0][0] if active else "", running[0] if running else None)
        return
    going_on = database.execute("SELECT id FROM sweeps WHERE id = ? AND status = 'running'", (sweep,)).fetchone()
    if going_on is None or len(active) >= trials_at_once or any(of != sweep for _, of in active):
        raise Busy(active[0][0] if active else "", sweep)
