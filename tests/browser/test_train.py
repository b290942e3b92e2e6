"""The page "Train" in a real Chromium, with a real worker: what only a browser shows."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.machine import slowness
from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser

LONG = "train?network=mlp&hidden=64&images=50000&validation_images=500&epochs=50&batch_size=16"
"""Long enough to be stopped."""

WATCH = """() => {
    const chart = document.querySelector('.st-key-live-loss [data-testid=stEChartsChart]');
    chart.marked = true;
    window.steps = new Set();
    window.watching = setInterval(() => {
        const said = document.querySelector('.run-status .numbers')?.innerText || '';
        window.steps.add((said.match(/update ([0-9,]+) of/) || [])[1]);
    }, 50);
    return chart.querySelector('canvas').toDataURL();
}"""
SEEN = """() => {
    clearInterval(window.watching);
    const chart = document.querySelector('.st-key-live-loss [data-testid=stEChartsChart]');
    return [chart.marked === true, chart.querySelector('canvas').toDataURL(), window.steps.size];
}"""


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    """A browser of one person, who may open several tabs."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context
    context.close()


def word(page: Page, said: str, seconds: float = 30) -> None:
    expect(page.locator(".run-status .word")).to_have_text(said, timeout=1000 * seconds)


def press(page: Page, name: str) -> None:
    page.locator(".stMain").get_by_role("button", name=name, exact=True).click()  # Streamlit has a "Stop" of its own


def height_of(first: dict, last: dict) -> float:
    """How high a place is that begins with one box and ends with another."""
    return last["y"] + last["height"] - first["y"]


def updates(page: Page) -> int:
    numbers = page.locator(".run-status .numbers").inner_text()
    return int(re.search(r"update ([\d,]+) of", numbers)[1].replace(",", ""))


def test_curves_grow_in_place_and_the_run_is_steered(server: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server}/{LONG}")
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled(timeout=60_000)
    page.get_by_role("button", name="Train", exact=True).dblclick()
    word(page, "Learning", 60)  # the first training of a server waits for the process that it is forked from
    expect(page.locator(".run-status .numbers")).to_contain_text("images/s")

    before = page.evaluate(WATCH)
    # At least twice a second, with a beat to spare.
    wait_for_script(page, "window.steps.size >= 5", seconds=3 * slowness())
    same, after, _ = page.evaluate(SEEN)
    assert same  # the DOM node is the one of before
    assert after != before

    press(page, "Pause")
    word(page, "Resting")
    at = updates(page)
    press(page, "One step")
    expect(page.locator(".run-status .numbers")).to_contain_text(f"update {at + 1:,} of")
    press(page, "Rate × 2")
    expect(page.get_by_text("2 times the learning rate")).to_be_visible()
    press(page, "Rate × 2")
    expect(page.get_by_text("4 times the learning rate")).to_be_visible()
    press(page, "One step")
    expect(page.locator(".run-status .numbers")).to_contain_text("learning rate 0.004")

    run = re.search(r"run=([0-9a-f]+)", page.url)[1]
    second = context.new_page()
    second.goto(page.url)
    word(second, "Resting")
    assert run in second.url
    assert "hidden=64" in second.url
    second.get_by_role("link", name="Convolution by hand").first.click()
    expect(second.get_by_role("heading", name="Convolution by hand")).to_be_visible()
    second.get_by_role("link", name="Train", exact=True).first.click()
    word(second, "Resting")
    assert run in second.url
    press(second, "Resume")
    word(second, "Learning")
    word(page, "Learning")

    live = [page.locator(f".st-key-live-{name}").bounding_box() for name in ("loss", "gradients")]
    press(page, "Stop")
    word(page, "Stopped")
    ended = page.locator(".st-key-figure-curves")
    expect(ended.locator(".js-plotly-plot .xy").first).to_be_visible(timeout=60_000)
    box = ended.bounding_box()
    assert box and height_of(box, box) == pytest.approx(height_of(*live), abs=3)  # nothing below it moves
    word(second, "Stopped")
    expect(page.locator(".run-status .numbers")).to_contain_text("test")
    expect(page.get_by_role("button", name="Use this network")).to_be_visible()
    expect(page.locator(".st-key-train-reading .says")).to_be_visible()
    assert page.locator("[class*=st-key-train-run-]").count() == 1  # the second click started nothing


def test_a_group_shows_what_is_chosen_and_a_phone_needs_no_sideways_scrolling(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{server}/train?recipe=overfit&learning_rate=0.003")
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled(timeout=60_000)
    expect(page.locator(".st-key-train-form")).to_contain_text("Adam 0.003")
    page.locator(".st-key-train-training-group button").first.click()
    rate = page.get_by_role("spinbutton", name="Learning rate")
    expect(rate).to_have_value("0.003")
    rate.fill("0.004")
    rate.press("Enter")
    page.wait_for_url("**learning_rate=0.004**")
    expect(rate).to_be_visible()  # the group stays open
    page.keyboard.press("Escape")
    group = page.locator(".st-key-train-training-group button").first
    group.focus()
    page.keyboard.press("Enter")
    expect(rate).to_be_visible()
    settle(page)
    page.keyboard.press("Tab")  # into the group, which is the last thing of the page
    assert page.evaluate("document.activeElement.closest('[data-testid=stPopoverBody]') !== null")
    page.keyboard.press("Shift+Tab")
    expect(group).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    # With snapping, the row stayed with "View" when a training brought Pause, One step and Stop before it.
    expect(page.locator(".st-key-row-train-levers")).to_have_css("scroll-snap-type", "none")
    form = page.locator(".st-key-train-form")
    page.get_by_role("radio", name="98.6 % fast").click()
    expect(form).to_contain_text("AdamW 0.008, batch 64, 0.4 epochs")
    page.locator(".st-key-train-regularisation-group button").first.click()
    page.get_by_role("spinbutton", name="Early stopping").fill("3")
    page.keyboard.press("Enter")  # the browser sends what it knows of all controls, also of those it does not show
    page.wait_for_url("**patience=3**")
    expect(form).to_contain_text("AdamW 0.008, batch 64, 0.4 epochs")
    page.keyboard.press("Escape")
    context.close()
