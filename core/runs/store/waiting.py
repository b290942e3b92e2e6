"""How long a run will wait for its turn, from what the runs before it have done and how long others took."""

import heapq
import statistics
from collections.abc import Sequence

MEASURED = 9
"""Runs that ended last, of whose times the median counts."""


def seconds_until_start(working: Sequence[float | None], before: int, typical: float | None) -> float | None:
    """Return the seconds until a waiting run starts, or None where nobody can know.

    Every run that has a process gives it to the next one when it ends; runs that wait before this one take `typical`
    seconds each.

    Args:
        working: seconds that the runs with a process will still take, None where that is unknown (a paused one).
        before: how many runs wait before this one.
        typical: seconds that a run takes on this server; None where none has ended yet.
    """
    free = [seconds for seconds in working if seconds is not None]
    if not free or (before and typical is None):
        return None
    heapq.heapify(free)
    for _ in range(before):
        heapq.heappush(free, heapq.heappop(free) + (typical or 0.0))
    return free[0]


def seconds_to_go(passed: float, done: float, typical: float | None) -> float | None:
    """Return the seconds that a run will still take, or None where nothing is known of it.

    Args:
        passed: seconds since it got its process.
        done: share of its updates that is done, 0-1.
        typical: seconds that a run takes on this server, for one that has not begun to learn.
    """
    if done > 0:
        return passed * (1 - done) / done
    return None if typical is None else max(0.0, typical - passed)


def typical_seconds(taken: Sequence[float]) -> float | None:
    """Return the median of what the last runs took; None where none has ended."""
    return statistics.median(taken) if taken else None
