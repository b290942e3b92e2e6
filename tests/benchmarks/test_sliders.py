"""From the key that moves a slider to what it changes on screen, for the sliders of the page's settings."""

import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.support.machine import slowness
from tests.support.waiting import wait_for_script

pytestmark = [pytest.mark.browser, pytest.mark.benchmark, pytest.mark.long]

STOPWATCH = """(place) => {
  const look = () => document.querySelector(place)?.textContent + '|' +
    [...document.querySelectorAll(place + ' img')].map(image => image.src).join()
  const before = look(), pressed = []
  window.latency = null
  window.addEventListener('keydown', () => { pressed.push(performance.now()) }, {capture: true, once: true})
  const frame = () => {
    if (pressed.length && look() !== before) window.latency = performance.now() - pressed[0]
    else requestAnimationFrame(frame)
  }
  frame()
}"""
"""Notes in `window.latency` the time from the next key to a changed text or picture in `place`."""

SLIDERS = {
    "cnn-inside?inside=While+it+learns": {"inside-moment": ".bars"},
    "cnn-inside?inside=Shift+and+turn": {"inside-right": ".st-key-inside-moved", "inside-turn": ".st-key-inside-moved"},
    "cnn-inside?inside=Fool+it": {"inside-epsilon": ".st-key-inside-fooled"},
    "translate?translate-look=Word+by+word": {"translate-beam": ".st-key-beams"},
    "forecast?series=sine": {"forecast-horizon": ".st-key-forecast-verdict"},
    "convolution": {"conv-size": ".katex", "conv-stride": ".katex", "conv-dilation": ".katex"},
}
"""Per address: the key of a slider, and where on the page its effect is looked for."""


@pytest.mark.timeout(240)
def test_a_moved_slider_is_soon_on_screen(page: Page, server: str) -> None:
    everything = []
    for address, sliders in SLIDERS.items():
        page.goto(f"{server}/{address}")
        for key, place in sliders.items():
            handle = page.locator(f".st-key-{key}").get_by_role("slider")
            expect(handle).to_be_visible(timeout=60_000)
            page.wait_for_timeout(1500)
            times = []
            for arrow in ("ArrowRight", "ArrowRight", "ArrowLeft"):
                handle.focus()
                page.evaluate(STOPWATCH, place)
                page.keyboard.press(arrow)
                wait_for_script(page, "window.latency !== null", seconds=20)
                times.append(page.evaluate("window.latency"))
                page.wait_for_timeout(600)
            print(f"\n{key}: {', '.join(f'{one:.0f}' for one in times)} ms", end="")
            everything += times
    print(f"\nslider to screen: median {statistics.median(everything):.0f} ms of {len(everything)}")
    assert statistics.median(everything) <= 400 * slowness()
