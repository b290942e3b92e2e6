"""The path of a sentence in the browser: markup stays text, and typing moves the picture without making it again."""

from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.inspection.text.trajectories import state_plane, trajectory
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

CHART = ".st-key-sentence-path-lstm canvas"
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 62, 40  # of the chart, beside the grid


def open_path(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}/sentence?{urlencode({'text': text, 'sentence-look': 'The path'})}")
    expect(page.locator(CHART).first).to_be_visible(timeout=90_000)
    page.locator(CHART).first.scroll_into_view_if_needed()
    settle(page)  # the page above settles


def test_markup_is_shown_as_text_and_typing_moves_the_picture_and_nothing_jumps(page: Page, server: str) -> None:
    open_path(page, server, "< fine")
    box = page.locator(CHART).first.bounding_box()
    assert box is not None
    plane = state_plane("lstm")
    share = (trajectory("lstm", ("<", "fine")).points[1] - plane.low) / (plane.high - plane.low)
    size = np.array([box["width"] - LEFT - RIGHT, box["height"] - TOP - BOTTOM])
    x, y = np.array([box["x"] + LEFT, box["y"] + TOP]) + np.array([share[0], 1 - share[1]]) * size
    page.mouse.move(x - 30, y - 30)
    page.mouse.move(x, y, steps=4)
    expect(page.get_by_text("after “<”: ")).to_be_visible()

    chart = page.locator(CHART).first
    chart.evaluate("element => { window.before = element }")
    before = chart.bounding_box()
    assert before is not None
    field = page.get_by_label("Your sentence").first
    field.evaluate("element => { element.focus({ preventScroll: true }) }")
    page.keyboard.press("End")
    page.keyboard.type(" film", delay=80)
    expect(page.get_by_text("This sentence: < fine film. It ends at")).to_be_visible()
    assert chart.evaluate("element => element === window.before")
    after = chart.bounding_box()
    assert after is not None
    assert (after["height"], after["width"]) == (before["height"], before["width"])
