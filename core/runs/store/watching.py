"""A run as it is now, read in small pieces and shared by everyone who looks at it."""

import threading
from dataclasses import dataclass, field

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from core.runs.store.record import Happening, Run
from core.runs.store.store import COLUMNS, REWOUND, Store

WATCHED = 64
"""Runs whose curves are kept in memory."""


@dataclass(frozen=True)
class View:
    """A run, its curve and what happened in it.

    Attributes:
        run: where it stands.
        rows: (N, 6), an update each, with `core.runs.store.store.COLUMNS`.
        happenings: in order.
        waiting: how many runs are before it in the queue, or None where it does not wait.
    """

    run: Run
    rows: NDArray[np.float64]
    happenings: tuple[Happening, ...]
    waiting: int | None


@dataclass
class _Kept:
    """What has been read of a run so far."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rows: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, len(COLUMNS))))
    last_rows: int = 0
    happenings: tuple[Happening, ...] = ()
    last_happening: int = 0


_kept: LRUCache[tuple[str, str], _Kept] = LRUCache(WATCHED)
_kept_lock = threading.Lock()


def watch(store: Store, run: str) -> View | None:
    """Return a run as it is now, or None where there is none of that id.

    Only what is new is read; twenty people who watch one run share what was read before.

    Raises:
        StoreProblem: the store cannot be read.
    """
    record = store.get(run)
    if record is None:
        return None
    key = (str(store.folder), run)
    with _kept_lock:
        kept = _kept.setdefault(key, _Kept())
    with kept.lock:
        happened = store.happenings(run, kept.last_happening)
        if any(one.kind == REWOUND for one in happened):
            kept.last_rows, kept.rows, kept.happenings = 0, kept.rows[:0], ()
            happened = store.happenings(run)
        if happened:
            kept.happenings += tuple(happened)
            kept.last_happening = happened[-1].number
        new, kept.last_rows = store.rows(run, kept.last_rows)
        if len(new):
            kept.rows = np.concatenate([kept.rows, new])
        rows, happenings = kept.rows, kept.happenings
    waiting = None
    if record.status == "queued":
        queue = store.queue()
        waiting = queue.index(run) if run in queue else 0
    return View(record, rows, happenings, waiting)
