"""Recordings of voices that no training needs any more leave the disk, also where nobody looks at the page again."""

import contextlib
import time
from collections.abc import Callable

from core.data.audio.own_voice import remove_old_voices
from core.runs.store.record import ACTIVE
from core.runs.store.store import Store, StoreProblem

EVERY = 60.0
"""Seconds between two looks; a voice stays so long before its training is in the queue."""


def tidy_voices(store: Store, wait: Callable[[float], object] = time.sleep) -> None:
    """Remove what nothing needs any more, every minute for as long as the server runs."""
    while True:
        with contextlib.suppress(StoreProblem, OSError):  # next time
            remove_unused_voices(store)
        wait(EVERY)


def remove_unused_voices(store: Store, older_than: float = EVERY) -> None:
    """Remove the voices that no run and no sweep needs which has not ended.

    Raises:
        StoreProblem: the store cannot be read.
        OSError: a file cannot be removed.
    """
    needed = {run.data or "" for run in store.summaries(statuses=tuple(ACTIVE))}
    needed |= {sweep.data for sweep in store.sweeps() if sweep.active}
    remove_old_voices(older_than, needed)
