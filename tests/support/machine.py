"""How fast this machine is just now, beside the one that the bounds of the tests were measured on."""

import os
import time

_STEPS = 100_000
_STEPS_ALONE = 0.007  # s that so many steps take on a core of 2.5 GHz whose neighbours rest


def slowness() -> float:
    """How much slower than the machine of the bounds this one is just now, 1.0 where it is as fast or faster.

    The more of two things that have nothing to do with what is measured: processes at work per core, and the speed of
    a core, which others on the same chip halve for seconds without being seen in any load. Takes a tenth of a second.
    """
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1.0
    return max(1.0, waiting, min(_seconds_of_steps() for _ in range(5)) / _STEPS_ALONE)


def slowness_of_core() -> float:
    """How much slower than on the machine of the bounds a single thread computes in these milliseconds."""
    return max(1.0, _seconds_of_steps() / _STEPS_ALONE)


def _seconds_of_steps() -> float:
    begun, total = time.thread_time(), 0  # without the time in which others had the core
    for step in range(_STEPS):
        total += step * step
    return time.thread_time() - begun
