"""The page in the browser: a click on a step of the curve shows the window that the network saw there."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATIENT = 40_000


def test_a_step_is_clicked_and_a_list_that_is_used_has_one_frame(page: Page, server: str) -> None:
    page.goto(f"{server}/forecast?series=sine&noise=0.0&horizon=48&forecast-look=What+it+saw&from=540")
    words = page.get_by_text("The GRU sees 30 values")
    expect(words).to_contain_text("(step 540)", timeout=PATIENT)
    chart = page.locator(".st-key-forecast-picture canvas").nth(1)
    expect(chart).to_be_visible(timeout=PATIENT)
    known = page.get_by_role("slider", name="Known values")
    known.press("ArrowLeft")
    expect(words).to_contain_text("(step 539)", timeout=PATIENT)
    box = chart.bounding_box()
    assert box is not None
    chart.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(words).not_to_contain_text("(step 539)", timeout=PATIENT)
    expect(page.locator(".st-key-forecast-inside-gru")).to_be_visible(timeout=PATIENT)

    field = page.get_by_test_id("stSelectbox").locator("input").first
    field.focus()
    expect(field).to_have_css("outline-style", "none", timeout=PATIENT)
    frame = "box => getComputedStyle(box).borderColor"
    around, other = (page.get_by_test_id("stSelectbox").nth(k).locator("div:has(> input)") for k in range(2))
    assert around.evaluate(frame) != other.evaluate(frame)
