"""What the live view takes of a frame, and how soon after the pen its bars are there."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.drawing import ANSWER, LIVE_ANSWER, draw, wake_live_view, watch_latency
from tests.support.following import follow_in_time
from tests.support.handwriting import ROUND

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]


def test_the_bars_follow_the_pen_within_a_frame_or_two(page: Page, server: str) -> None:
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    wake_live_view(page)
    expect(page.locator(LIVE_ANSWER)).to_have_text("7")
    page.wait_for_timeout(1000)
    watch_latency(page, "live")

    def draw_some() -> list[float]:
        scripts: list[float] = []
        for digit in (3, 8, 5):
            draw(page, ROUND[digit])
            scripts += page.evaluate("performance.getEntriesByName('live').map(frame => frame.duration)")
            page.wait_for_timeout(1000)
        return scripts

    follow_in_time(page, draw_some, 50, "live view")
