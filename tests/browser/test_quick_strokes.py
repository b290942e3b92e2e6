"""Quick strokes on a slow device: however few frames the browser makes, no point of the pen is lost.

The browser sends one movement a frame and keeps the places in between. Playwright waits for
every movement, so here they are sent without waiting, as a hand does, by the API that can.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.async_api import CDPSession, Locator, Page, async_playwright, expect

from core.data.points.coding import decode_points
from tests.support.drawing import ANSWER
from tests.support.serving import CHROMIUM, CHROMIUM_FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")]

SLOWER = 8
POINTS = 60

COUNT = """() => {
  const curve = CanvasRenderingContext2D.prototype.quadraticCurveTo
  Object.assign(window, { drawn: 0, frames: 0 })
  CanvasRenderingContext2D.prototype.quadraticCurveTo = function (...given) {
    if (this.canvas.classList.contains('upper-canvas')) window.drawn++
    return curve.apply(this, given)
  }
  document.addEventListener('pointermove', event => { if (event.buttons) window.frames++ }, true)
}"""
"""Counts the points through which the canvas draws the stroke at hand, and the movements that the browser sends."""


@asynccontextmanager
async def slow_page(*, touch: bool) -> AsyncIterator[Page]:
    """A tab of a Chromium of its own, to be slowed down once it is ready."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        size = {"width": 390, "height": 844} if touch else {"width": 1366, "height": 768}
        context = await chromium.new_context(viewport=size, has_touch=touch, is_mobile=touch)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        yield await context.new_page()
        await chromium.close()


async def slow_down(page: Page) -> CDPSession:
    client = await page.context.new_cdp_session(page)
    await client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return client


async def circle_on(canvas: Locator, radius: tuple[float, float]) -> list[tuple[float, float]]:
    """Places on the screen, around the middle of a canvas; the radii are shares of its sides."""
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    across, down = radius[0] * box["width"], radius[1] * box["height"]
    turns = [2 * math.pi * number / POINTS for number in range(POINTS + 1)]
    return [(x + across * math.sin(turn), y - down * math.cos(turn)) for turn in turns]


async def draw_at_once(client: CDPSession, places: list[tuple[float, float]], *, touch: bool) -> None:
    def mouse(kind: str, place: tuple[float, float]) -> Coroutine[Any, Any, Any]:
        event = {"type": kind, "x": place[0], "y": place[1], "button": "left", "buttons": 1, "clickCount": 1}
        return client.send("Input.dispatchMouseEvent", event)

    def finger(kind: str, place: tuple[float, float] | None) -> Coroutine[Any, Any, Any]:
        points = [{"x": place[0], "y": place[1]}] if place else []
        return client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    if touch:
        events = [finger("touchStart", places[0]), *(finger("touchMove", place) for place in places[1:])]
        events.append(finger("touchEnd", None))
    else:
        events = [mouse("mousePressed", places[0]), *(mouse("mouseMoved", place) for place in places[1:])]
        events.append(mouse("mouseReleased", places[-1]))
    await asyncio.gather(*events)


def in_a_loop(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine in a thread of its own: the other browser tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(work())).result()


@pytest.mark.parametrize(
    "touch", [pytest.param(False, id="mouse", marks=pytest.mark.long), pytest.param(True, id="finger")]
)
def test_a_zero_drawn_at_once_keeps_all_its_points(server: str, touch: bool) -> None:
    async def draw_zero() -> None:
        async with slow_page(touch=touch) as page:
            await page.goto(f"{server}/draw-digit")
            await expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
            await page.locator(".st-key-canvas style.bare").wait_for(state="attached", timeout=30_000)
            await page.evaluate(COUNT)
            client = await slow_down(page)
            places = await circle_on(page.locator(".st-key-canvas canvas.upper-canvas"), (0.25, 0.36))
            await draw_at_once(client, places, touch=touch)
            await client.send("Emulation.setCPUThrottlingRate", {"rate": 1})  # the answer is no part of the stroke
            await expect(page.locator(ANSWER)).to_have_text("0", timeout=60_000)
            drawn, frames = await page.evaluate("[window.drawn, window.frames]")
            print(f"\n{frames} movements for {POINTS} places; the canvas drew through {drawn}")
            assert frames < POINTS / 2  # or nothing was tested
            assert drawn >= POINTS

    in_a_loop(draw_zero)


def test_a_ring_of_points_drawn_at_once_is_round(server: str) -> None:
    async def draw_ring() -> None:
        async with slow_page(touch=False) as page:
            await page.goto(f"{server}/neurons?neurons-section=A network learns")
            await page.get_by_role("button", name="Clear").click()
            await page.get_by_label("Draw points of class 1").click()
            client = await slow_down(page)
            dots = page.locator(".neurons .plane .dots")
            await draw_at_once(client, await circle_on(dots, (1 / 3, 1 / 3)), touch=False)
            await client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            await page.wait_for_url("**own=**0.**")
            points, _ = decode_points(parse_qs(urlsplit(page.url).query)["own"][0])
            assert len(points) > 20
            assert np.abs(np.hypot(*points.T) - 4).max() < 0.1

    in_a_loop(draw_ring)
