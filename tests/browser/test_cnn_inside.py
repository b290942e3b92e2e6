"""The page "Inside the CNN" in a real Chromium."""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.figures import cut_off
from tests.support.serving import fresh_tab
from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser

SECTIONS = [
    ("Layer by layer", ".st-key-inside-stations"),
    pytest.param("Pixels and softmax", ".st-key-beside-softmax", marks=pytest.mark.long),
    pytest.param("Shift and turn", ".st-key-beside-shift-maps", marks=pytest.mark.long),
]
"""Sections, and something that only each of them shows."""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with fresh_tab(browser) as opened:
        yield opened


@pytest.fixture
def page(tab: Page) -> Page:
    """One tab for all tests: each opens its page anew, for half the price, as the browser has the scripts already."""
    return tab


def test_it_opens_cold_by_deep_link_and_layers_and_maps_can_be_chosen(server: str, page: Page) -> None:
    page.goto(f"{server}/cnn-inside?inside-layer=pool1&inside-map-look=What+excites+it")
    expect(page.get_by_text("pool1: 13 x 13 x 32", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-inside-exciting img")).to_have_count(8, timeout=60_000)
    page.get_by_role("radio", name="Its numbers and filter").click()
    page.get_by_role("button", name=re.compile("^conv2")).click()
    expect(page.get_by_text("conv2: 11 x 11 x 64", exact=True)).to_be_visible()
    page.get_by_role("button", name="17", exact=True).click()
    expect(page.get_by_text("Map 17 of conv2", exact=True)).to_be_visible()
    expect(page.locator(".st-key-inside-filter img")).to_have_count(32)
    settle(page)
    assert not cut_off(page)
    assert "inside-layer=conv2" in page.url and "inside-map=17" in page.url


def test_a_slider_move_is_soon_on_screen(server: str, page: Page) -> None:
    page.goto(f"{server}/cnn-inside?inside=While+it+learns")
    expect(page.get_by_text("Before the first step")).to_be_visible(timeout=60_000)
    handle = page.get_by_role("slider")
    handle.focus()
    times = []
    for said in ("After 30 steps", "After 100 steps", "After 300 steps", "After 1,406 steps"):
        begun = time.perf_counter()
        page.keyboard.press("ArrowRight")
        wait_for_script(page, "words => document.querySelector('.stMain').innerText.includes(words)", arg=said)
        times.append((time.perf_counter() - begun) * 1000)
    print(f"slider to screen: {', '.join(f'{one:.0f}' for one in times)} ms")
    assert min(times) < 2_000


@pytest.mark.parametrize(("section", "shown"), SECTIONS)
def test_a_phone_needs_no_sideways_scrolling(server: str, browser: Browser, section: str, shown: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{server}/cnn-inside?{urlencode({'inside': section})}")
    expect(page.locator(shown).first).to_be_visible(timeout=60_000)
    settle(page)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    context.close()
