"""What the live view takes of a frame, and how soon after the pen its bars are there."""

import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.support.drawing import ANSWER, LIVE_ANSWER, draw, wake_live_view, watch_latency
from tests.support.handwriting import ROUND
from tests.support.machine import slowness

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]
ROUNDS = 3  # the speed of a core changes within seconds


def test_the_bars_follow_the_pen_within_a_frame_or_two(page: Page, server: str) -> None:
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    wake_live_view(page)
    expect(page.locator(LIVE_ANSWER)).to_have_text("7")
    page.wait_for_timeout(1000)
    watch_latency(page, "live")
    beyond: list[float] = []  # of the bounds; 1 is within
    while len(beyond) < ROUNDS and min(beyond, default=2) > 1:
        slow, scripts = slowness(), []
        page.evaluate("window.latencies.length = 0")
        for digit in (3, 8):
            draw(page, ROUND[digit])
            scripts += page.evaluate("performance.getEntriesByName('live').map(frame => frame.duration)")
            page.wait_for_timeout(1000)
        latencies, slow = page.evaluate("window.latencies"), max(slow, slowness())
        script, latency = statistics.median(scripts), statistics.median(latencies)
        most = statistics.quantiles(scripts, n=20)[-1]
        print(
            f"\nlive view: {script:.1f} ms of script a frame (95 % below {most:.1f}; {len(scripts)} frames); "
            f"pointer move to bars drawn {latency:.0f} ms (median of {len(latencies)}); "
            f"the machine {slow:.1f} times slower than alone"
        )
        assert len(scripts) > 25
        assert len(latencies) > 50
        beyond.append(max(script / 16, latency / 50) / slow)
    assert min(beyond) <= 1
