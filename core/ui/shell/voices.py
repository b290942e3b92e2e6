"""Recordings of voices leave the disk also where nobody looks at the page again."""

import contextlib
import time
from collections.abc import Callable

from core.runs.store.store import Store, StoreProblem
from core.ui.widgets.voices import remove_unused_voices

EVERY = 60.0
"""Seconds between two looks."""


def tidy_voices(store: Store, wait: Callable[[float], object] = time.sleep) -> None:
    """Remove what nothing needs any more, every minute for as long as the server runs."""
    while True:
        with contextlib.suppress(StoreProblem, OSError):  # next time
            remove_unused_voices(store)
        wait(EVERY)
