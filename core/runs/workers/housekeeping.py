"""What a server sees to beside its trainings: sweeps that nobody drives, and what is deleted or too old."""

import time
from collections.abc import Callable

from core.runs.storage import drop_excess
from core.runs.store.store import Store
from core.runs.sweeps.ending import end_silent_sweeps

PURGE = 60.0
"""Seconds between two purges of deleted runs."""


class Housekeeping:
    """Does what is due, whenever it is asked.

    Args:
        store: that is tidied.
        stop: ends a run.
    """

    def __init__(self, store: Store, stop: Callable[[str], None]) -> None:
        self._store, self._stop = store, stop
        self.last_purge = time.monotonic()

    def tick(self) -> None:
        """Do what is due now.

        Raises:
            StoreProblem: the store cannot be read or written.
        """
        end_silent_sweeps(self._store, self._stop)
        if time.monotonic() - self.last_purge >= PURGE:
            self.last_purge = time.monotonic()
            drop_excess(self._store)
            self._store.purge()
