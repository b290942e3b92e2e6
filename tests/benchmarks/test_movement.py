"""What both networks together take of a frame while the pen is down, and how soon after the pen the strip has grown."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.support.drawing import ANSWER, draw, press, watch_latency
from tests.support.following import follow_in_time
from tests.support.handwriting import ROUND
from tests.support.waiting import settle

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]

FRAMES = """() => ['live', 'movement'].flatMap(name =>
  performance.getEntriesByName(name).map(({ startTime, duration }) => [startTime, duration, name]))"""


def frames(measures: list[tuple[float, float, str]]) -> list[float]:
    """Return the script of every frame in which both networks were at work, milliseconds.

    Both work before the screen is painted, one right after the other.
    """
    found = []
    for (start, duration, name), (after, long, other) in itertools.pairwise(sorted(measures)):
        if name != other and after - (start + duration) < 5:
            found.append(duration + long)
    return found


def test_both_networks_follow_the_pen_within_a_frame_or_two(page: Page, server: str) -> None:
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    expect(page.locator(".movement .says")).to_contain_text("has no movement")
    press(page, "clear")
    expect(page.locator(".movement .says")).to_have_text("Draw, and this network follows your pen.")
    settle(page)
    watch_latency(page, "movement")

    def draw_some() -> list[float]:
        scripts: list[float] = []
        for digit in (3, 8, 5):
            page.evaluate("performance.clearMeasures()")
            draw(page, ROUND[digit])
            scripts += frames(page.evaluate(FRAMES))
            expect(page.locator(".movement .says")).to_contain_text("of the stroke")
            settle(page)
            press(page, "clear")
            expect(page.locator(".movement .says")).to_have_text("Draw, and this network follows your pen.")
        return scripts

    follow_in_time(page, draw_some, 30, "CNN and GRU together")
