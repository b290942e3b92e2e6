"""New runs and sweeps, and the queue in which they wait.

The queue is fair by person: whoever had the fewest runs lately comes first, of equals the one from the address with
the fewest, then the first who came. So a sweep of thirty trials keeps nobody waiting, nor do ten private windows.
An address counts as `CROWD` people at most, or a script that is somebody else with every run would always come first.
A run that was lost with its machine had its turn, and goes on before others begin. A teacher may give a run of the room
another turn, and hold all that wait there.
"""

import json
import time
import uuid

from core.runs.store.database import Connection, Database, StoreProblem, marks
from core.runs.store.events import TrialStarted
from core.runs.store.history_rows import copy_history, insert_event
from core.runs.store.record import ACTIVE, WORKING, Status
from core.runs.store.rights import NotAllowed, Person, inside, member_of, require_right, room_of
from core.runs.store.waiting import MEASURED, seconds_to_go, seconds_until_start, typical_seconds
from core.runs.sweeps.config import SweepConfig
from core.settings import settings
from core.training.config import TrainConfig

LATELY = 3600.0
"""Seconds for which a run that got a process counts in the queue."""

CROWD = 10
"""People that one network address counts as in the queue, at most."""

_FAIR = f"""
    SELECT id FROM (
        SELECT id, turn, retried, place,
        (SELECT COUNT(*) FROM runs WHERE session = waiting.session AND started > ?) AS of_person,
        (SELECT COUNT(*) FROM runs WHERE address = waiting.address AND address != '' AND started > ?) AS of_address
        FROM runs AS waiting WHERE status = 'queued' AND deleted IS NULL AND NOT EXISTS
        (SELECT 1 FROM rooms WHERE held = 1 AND closed IS NULL AND waiting.session LIKE 'room ' || rooms.id || ' %')
    ) AS fair
    ORDER BY turn, retried DESC,
    CASE WHEN of_person > of_address / {CROWD} THEN of_person ELSE of_address / {CROWD} END,
    of_address, of_person, place
"""  # noqa: S608


class Busy(RuntimeError):
    """The session already has something active.

    Attributes:
        run: the id of its active run; empty where a sweep has none at this moment.
        sweep: the id of its sweep, where it is one.
    """

    def __init__(self, run: str, sweep: str | None = None) -> None:
        most = settings().active_runs
        what = "a sweep" if sweep else "a run" if most == 1 else f"{most} runs"
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
        address: str = "",
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
            address: from where it was asked for, `core.runs.store.rights.Person.address`.

        Raises:
            Busy: the session has an active run or sweep, or the sweep as many active trials as it may.
            StoreProblem: nothing could be written.
        """
        run_id, now = run_id or new_id(), time.time()
        with self._write() as database:
            if status in ACTIVE:
                _refuse_second(database, session, sweep, trials_at_once)
            database.execute(
                "INSERT INTO runs (id, session, title, config, status, created, heartbeat, parent, sweep, address, "
                "place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(place), 0) + 1 FROM runs))",
                (run_id, session, config.title, _json(config), status, now, now, parent, sweep, address),
            )
            if trial is not None:
                insert_event(database, run_id, trial)
            if parent is not None:
                copy_history(database, parent, run_id)
        return run_id

    def requeue(self, run: str, by: Person) -> None:
        """Put a run that was interrupted, lost or stopped at the end of the queue, to resume where it was.

        Raises:
            Busy: its owner has an active run or sweep, or the run is active.
            NotAllowed: it is not theirs.
            StoreProblem: there is no such run, or nothing could be written.
        """
        with self._write() as database:
            found = database.execute(
                "SELECT status, session FROM runs WHERE id = ? AND deleted IS NULL", (run,)
            ).fetchone()
            if found is None:
                raise StoreProblem("There is no such run any more.")
            status, session = found
            require_right(by, session)
            if status in ACTIVE:
                raise Busy(run)
            _refuse_second(database, session)
            database.execute("DELETE FROM commands WHERE run = ?", (run,))
            database.execute(
                "UPDATE runs SET status = 'queued', reason = '', ended = NULL, score = NULL, restored = NULL, "
                "bytes = NULL, turn = 0, owner = '', retried = 0, place = (SELECT MAX(place) + 1 FROM runs) "
                "WHERE id = ?",
                (run,),
            )

    def held(self, session: str) -> bool:
        """Return whether the runs of a session rest because the teacher of its room has paused them all."""
        room = room_of(session)
        if not room:
            return False
        with self._read() as database:
            held = "SELECT 1 FROM rooms WHERE id = ? AND held = 1 AND closed IS NULL"
            return database.execute(held, (room,)).fetchone() is not None

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
            if working >= at_once:
                return None
            claimed = _give_first(database, owner)
            return claimed[0] if claimed else None

    def claim_for(self, seat: str) -> tuple[str, int] | None:
        """Take the first run of the queue for a seat of a cluster; return it and the number of this attempt.

        None where no run may start, or the seat has one already: several servers may ask for the same seat.
        """
        with self._write() as database:
            taken = database.execute(
                f"SELECT 1 FROM runs WHERE owner = ? AND status IN ({marks(WORKING)})",  # noqa: S608
                (seat, *WORKING),
            ).fetchone()
            return None if taken else _give_first(database, seat)

    def queue(self) -> list[str]:
        """Return the ids of the waiting runs, the next one first."""
        since = time.time() - LATELY
        with self._read() as database:
            return [row[0] for row in database.execute(_FAIR, (since, since))]

    def expected_wait(self, before: int) -> float | None:
        """Return the seconds until a run starts that waits behind `before` others, or None where nobody can know."""
        now = time.time()
        with self._read() as database:
            taken = database.execute(
                "SELECT ended - started FROM runs WHERE status = 'finished' AND started IS NOT NULL "
                "ORDER BY ended DESC LIMIT ?",
                (MEASURED,),
            ).fetchall()
            working = database.execute(
                "SELECT status, started, step, total_steps FROM runs "  # noqa: S608
                f"WHERE started IS NOT NULL AND status IN ({marks(WORKING)})",
                tuple(WORKING),
            ).fetchall()
        typical = typical_seconds([seconds for (seconds,) in taken])
        left = [
            None if status == "paused" else seconds_to_go(now - started, step / max(steps, 1), typical)
            for status, started, step, steps in working
        ]
        return seconds_until_start(left, before, typical)

    def set_turn(self, run: str, turn: int, by: Person) -> None:
        """Let a run come before (below 0) or after (above 0) all others that wait; 0 takes that back.

        Raises:
            NotAllowed: they are not its teacher: one's own run has no other turn than everybody's.
        """
        with self._write() as database:
            found = database.execute("SELECT session FROM runs WHERE id = ?", (run,)).fetchone()
            if found is None:
                return
            if not (by.teaches and room_of(found[0]) == by.room):
                raise NotAllowed("Only the teacher of the room may change whose turn it is.")
            database.execute("UPDATE runs SET turn = ? WHERE id = ?", (turn, run))

    def submitted(self, session: str, seconds: float) -> int:
        """Return how many runs and sweeps somebody has submitted within some seconds; trials do not count."""
        values = session, time.time() - seconds
        with self._read() as database:
            (runs,) = database.execute(
                "SELECT COUNT(*) FROM runs WHERE session = ? AND created > ? AND sweep IS NULL", values
            ).fetchone()
            (sweeps,) = database.execute(
                "SELECT COUNT(*) FROM sweeps WHERE session = ? AND created > ?", values
            ).fetchone()
        return int(runs + sweeps)

    def is_inside(self, by: Person) -> bool:
        """Return whether somebody is in an open room: as its teacher, or as a member whom nobody has taken out."""
        with self._read() as database:
            return inside(database, by)

    def active_of_latecomers(self, by: Person, first: int) -> int:
        """Return how many runs of the latecomers at somebody's network address are active; 0 where they are none.

        Args:
            by: a member of a room.
            first: so many who joined the room from that address before the others are no latecomers.
        """
        with self._read() as database:
            (count,) = database.execute(
                "WITH here AS (SELECT id, 'room ' || room || ' ' || id AS session, "  # noqa: S608
                "ROW_NUMBER() OVER (ORDER BY joined, id) AS came FROM members "
                "WHERE room = ? AND removed IS NULL AND address != '' AND address = "
                "(SELECT address FROM members AS me WHERE me.room = members.room AND me.id = ?)) "
                "SELECT COUNT(*) FROM runs JOIN here USING (session) WHERE came > ? AND deleted IS NULL "
                f"AND status IN ({marks(ACTIVE)}) AND EXISTS (SELECT 1 FROM here AS me WHERE me.id = ? AND came > ?)",
                (by.room, member_of(by.session), first, *ACTIVE, member_of(by.session), first),
            ).fetchone()
        return int(count)

    def active_from(self, address: str) -> int:
        """Return how many runs that were asked for from an address have not ended."""
        with self._read() as database:
            (count,) = database.execute(
                f"SELECT COUNT(*) FROM runs WHERE address = ? AND deleted IS NULL AND status IN ({marks(ACTIVE)})",  # noqa: S608
                (address, *ACTIVE),
            ).fetchone()
        return int(count)

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


def _give_first(database: Connection, owner: str) -> tuple[str, int] | None:
    """Give the first run of the queue to `owner`; return it and how often it has got a process by now."""
    now = time.time()
    first = database.execute(_FAIR + "LIMIT 1", (now - LATELY, now - LATELY)).fetchone()
    if first is None:
        return None
    database.execute(
        "UPDATE runs SET status = 'starting', owner = ?, heartbeat = ?, started = ?, attempt = attempt + 1 "
        "WHERE id = ?",
        (owner, now, now, first[0]),
    )
    (attempt,) = database.execute("SELECT attempt FROM runs WHERE id = ?", (first[0],)).fetchone()
    return str(first[0]), int(attempt)


def _json(config: TrainConfig | SweepConfig) -> str:
    return json.dumps(config.model_dump(mode="json"))


def _refuse_second(database: Connection, session: str, sweep: str | None = None, trials_at_once: int = 1) -> None:
    """Raise `Busy` where a session may have no further run: trials of its own sweep count among themselves only."""
    active = database.execute(
        f"SELECT id, sweep FROM runs WHERE session = ? AND deleted IS NULL AND status IN ({marks(ACTIVE)})",  # noqa: S608
        (session, *ACTIVE),
    ).fetchall()
    running = database.execute("SELECT id FROM sweeps WHERE session = ? AND status = 'running'", (session,)).fetchone()
    if sweep is None:
        if len(active) >= settings().active_runs or running:
            raise Busy(active[0][0] if active else "", running[0] if running else None)
        return
    going_on = database.execute("SELECT id FROM sweeps WHERE id = ? AND status = 'running'", (sweep,)).fetchone()
    if going_on is None or len(active) >= trials_at_once or any(of != sweep for _, of in active):
        raise Busy(active[0][0] if active else "", sweep)
