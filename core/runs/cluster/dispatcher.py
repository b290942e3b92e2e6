"""What gives the runs of the queue to the seats of a cluster, and finds those that are lost."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from core.runs.cluster.seats import Cluster, SeatState, is_seat
from core.runs.store.attempt_rows import Attempt
from core.runs.store.record import WORKING
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.commands import stop
from core.runs.workers.control_channel import SILENCE
from core.runs.workers.housekeeping import Housekeeping
from core.runs.workers.supervisor import SERVER_ENDED

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds between two looks at the cluster and the queue; a new run is seen at once."""
PATIENCE = 5.0
"""Seconds that a run has to end by itself after Stop, before its process is ended."""
STOPPED = "It did not end by itself within 5 seconds, so its process was ended. Its last checkpoint is kept."
RETRIED = "It was lost with its machine or process, and goes on from its last checkpoint by itself."
SILENT = "Its machine sent no sign of life."


class Dispatcher:
    """Works through the queue of a store with the seats of a cluster. Several servers may do so at once.

    Whatever is true for more than a moment is in the store, so a server that ends leaves nothing undone.

    Args:
        store: with the queue.
        cluster: with the seats.
        tell: hears of the seats after each look.
    """

    def __init__(
        self, store: Store, cluster: Cluster, tell: Callable[[Sequence[SeatState]], None] = lambda _: None
    ) -> None:
        self.store, self.cluster, self._tell = store, cluster, tell
        self._housekeeping = Housekeeping(store, partial(stop, store))
        self._stops: dict[Attempt, tuple[str, float]] = {}  # the seat, and when it was asked to stop
        self._beats: dict[tuple[str, str, float], float] = {}  # the last heartbeats, and when each was seen first
        self._last_look = 0.0
        self._wake = threading.Event()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def commanded(self, run: str, stops: bool) -> None:
        """Tell the seat of a run that there is a command for it, and whether it is to stop."""
        found = self.store.seat_of(run)
        if found is None:
            return
        seat, number = found
        attempt = Attempt(run, number)
        self.cluster.tell(seat, attempt)
        if stops:
            self._stops.setdefault(attempt, (seat, time.monotonic()))

    def tick(self) -> None:
        """Do what is due now.

        Raises:
            StoreProblem: the store cannot be read or written.
        """
        self.cluster.connect()
        for departure in self.cluster.departures():
            self._lose(departure.attempt, departure.reason)
        self._end_stopped()
        self._find_silent()
        self._housekeeping.tick()
        if self.cluster.desk_answers():
            self._assign(self.cluster.seats())
        self._tell(self.cluster.seats())

    def work(self) -> None:
        """Look at cluster and queue for ever."""
        while True:
            try:
                self.tick()
            except StoreProblem:  # read-only, full, busy or away: pages say so; tried again soon
                self._beats.clear()  # others could send no sign of life either
            except Exception:  # whatever it is, the queue must not stand still for it
                log.exception("The queue could not be looked after")
            self._wake.wait(TICK)
            self._wake.clear()

    def _assign(self, seats: Sequence[SeatState]) -> None:
        if not seats:
            return
        working = self.store.working()
        for seat in sorted(seats, key=lambda one: not one.gpu):
            if seat.attempt is not None and not self.store.is_current(seat.attempt):
                self.cluster.end(seat.name)  # it was cut off, and trains what is somebody else's by now
            elif seat.attempt is None and seat.name not in working:
                claimed = self.store.claim_for(seat.name)
                if claimed is None:
                    if not self.store.queue():
                        return
                    continue
                self.cluster.train(seat.name, Attempt(*claimed))

    def _end_stopped(self) -> None:
        for attempt, (seat, asked) in list(self._stops.items()):
            if self.store.seat_of(attempt.run) != (seat, attempt.number):
                del self._stops[attempt]
            elif time.monotonic() - asked >= PATIENCE:
                del self._stops[attempt]
                self.cluster.end(seat)
                self.store.end_attempt(attempt, "stopped", STOPPED)

    def _find_silent(self) -> None:
        """Lose the runs whose heartbeat stands still, if there is a desk to send it to. No clock is compared."""
        now, before, self._last_look = time.monotonic(), self._last_look, time.monotonic()
        if not self.cluster.desk_answers() or now - before > SILENCE:  # or this machine has slept
            self._beats.clear()
            return
        self._beats = {beat: self._beats.get(beat, now) for beat in self.store.heartbeats()}
        for run, seat in [(run, seat) for (run, seat, _), seen in self._beats.items() if now - seen >= SILENCE]:
            found = self.store.seat_of(run)
            if not is_seat(seat):
                self.store.set_status(run, "interrupted", SERVER_ENDED, tuple(WORKING))
            elif found is not None and found[0] == seat:
                self.cluster.end(seat)
                self._lose(Attempt(run, found[1]), SILENT)

    def _lose(self, attempt: Attempt, reason: str) -> None:
        """Queue a run again whose process is gone; the second time, it is lost."""
        if self.store.retry(attempt, RETRIED):
            return
        if any(command == "stop" for _, command, _ in self.store.commands(attempt.run)):
            self.store.end_attempt(attempt, "stopped", STOPPED)
            return
        self.store.end_attempt(attempt, "lost", f"{reason} It can be resumed from its last checkpoint.")
