"""How soon what follows the pen is on the screen."""

import statistics
from collections.abc import Callable

from playwright.sync_api import Page

from tests.support.machine import slowness

ROUNDS = 3
"""The speed of a core changes within seconds."""


def follow_in_time(page: Page, draw_some: Callable[[], list[float]], least: int, title: str) -> None:
    """See that a frame takes at most 16 ms of script, and 50 ms pass from the pen to the screen, in one of some rounds.

    Args:
        page: on which `tests.support.drawing.watch_latency` was begun.
        draw_some: draws, and returns the milliseconds of script in every frame.
        least: so many frames are enough to say something.
        title: of what is measured.
    """
    beyond: list[float] = []  # of the bounds; 1 is within
    while len(beyond) < ROUNDS and min(beyond, default=2) > 1:
        slow = slowness()
        page.evaluate("window.latencies.length = 0")
        scripts, latencies = draw_some(), page.evaluate("window.latencies")
        slow = max(slow, slowness())
        script, latency = statistics.median(scripts), statistics.median(latencies)
        print(
            f"\n{title}: {script:.1f} ms of script a frame (95 % below {statistics.quantiles(scripts, n=20)[-1]:.1f}; "
            f"{len(scripts)} frames); from the pen to the screen {latency:.0f} ms (median of {len(latencies)}); "
            f"the machine {slow:.1f} times slower than alone"
        )
        assert len(scripts) > least
        assert len(latencies) > 50
        beyond.append(max(script / 16, latency / 50) / slow)
    assert min(beyond) <= 1
