"""Waiting for something to come true, instead of sleeping."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(condition: Callable[[], T], seconds: float = 30, every: float = 0.02) -> T:
    """Return what `condition` gives as soon as that is true; fail after some seconds, saying what it gave last."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"still {found!r} after {seconds:g} s"
        time.sleep(every)
    return found
