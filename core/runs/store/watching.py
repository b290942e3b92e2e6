"""A run as it is now, read in small pieces and shared by everyone who watches it."""

import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from core.runs.store.events import Rewound, RunEvent
from core.runs.store.record import Run
from core.runs.store.store import Store
from core.training.curve import EMPTY, Curve
from core.training.events import Event

WATCHED = 64
"""Runs whose curves are kept in memory."""

AnyEvent = TypeVar("AnyEvent", bound=Event)


@dataclass(frozen=True)
class RunView:
    """A run with its history.

    Attributes:
        run: its current record.
        curve: what was measured at every update.
        events: in order.
        runs_ahead: how many runs are before it in the queue, or None where it does not wait.
        wait: seconds until it starts, an estimate; None where it does not wait, or nobody can know.
    """

    run: Run
    curve: Curve
    events: tuple[RunEvent, ...]
    runs_ahead: int | None = None
    wait: float | None = None

    def events_of(self, kind: type[AnyEvent]) -> list[AnyEvent]:
        """Return all events of a kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[AnyEvent]) -> AnyEvent | None:
        """Return the last event of a kind."""
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)


@dataclass
class _History:
    """What has been read of a run so far."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    curve: Curve = EMPTY
    last_updates: int = 0
    events: tuple[RunEvent, ...] = ()
    last_event: int = 0


@lru_cache(maxsize=WATCHED)
def _history(_folder: Path, _run: str) -> _History:
    return _History()


def watch(store: Store, run: str) -> RunView | None:
    """Return a run as it is now, or None where there is none of that id.

    Only what is new is read; twenty people who watch one run share what was read before.

    Raises:
        StoreProblem: the store cannot be read.
    """
    record = store.get(run)
    if record is None:
        return None
    history = _history(store.folder, run)
    with history.lock:
        events, last_event = store.new_events(run, history.last_event)
        if any(isinstance(event, Rewound) for event in events):
            history.last_updates, history.curve, history.events = 0, EMPTY, ()
            events, last_event = store.new_events(run, 0)
        history.events, history.last_event = (*history.events, *events), last_event
        updates, history.last_updates = store.new_updates(run, history.last_updates)
        if len(updates):
            history.curve = Curve.from_rows(np.concatenate([history.curve.rows, updates.rows]))
        curve, seen = history.curve, history.events
    queue = store.queue() if record.status == "queued" else []
    if run not in queue:
        return RunView(record, curve, seen)
    ahead = queue.index(run)
    return RunView(record, curve, seen, ahead, store.expected_wait(ahead))
