"""The page Metrics in a browser: labels are typed, formulas drawn, and the address keeps both and the guide."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.fields import write

pytestmark = pytest.mark.browser

ROW = "[class*='st-key-measures'] tr"


def test_labels_are_typed_or_brought_and_survive_a_reload_as_the_guide_does(page: Page, server: str) -> None:
    page.goto(f"{server}/metrics")
    accuracy = page.locator(ROW, has_text="Accuracy").first
    expect(accuracy.locator("td").nth(1)).to_have_text("0.75", timeout=60_000)
    expect(accuracy.locator(".katex")).to_be_visible()
    prediction = page.get_by_role("textbox", name="Prediction")
    write(prediction, "0 1 1 1")
    prediction.press("Control+Enter")
    expect(page.locator(ROW, has_text="Recall of 1").locator("td").nth(1)).to_have_text("1", timeout=60_000)
    expect(page.locator(ROW, has_text="Precision of 1").locator("td").nth(1)).to_have_text("0.667")

    page.get_by_role("radio", name="Which network?").click()
    page.get_by_role("radio", name="A sequence").click()
    expect(page.locator(".st-key-metrics-advice h2")).to_have_text("RNN")
    page.reload()
    expect(page.locator(".st-key-metrics-advice h2")).to_have_text("RNN", timeout=60_000)
    page.get_by_role("radio", name="Classes").click()
    expect(page.locator(ROW, has_text="Recall of 1").locator("td").nth(1)).to_have_text("1", timeout=60_000)
    expect(page.locator(ROW, has_text="Precision of 1").locator("td").nth(1)).to_have_text("0.667")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(accuracy.locator("td").nth(1)).to_have_text("0.75")

    page.get_by_role("button", name="Paste a table").click()
    table = {"name": "table.csv", "mimeType": "text/csv", "buffer": b"id;truth;prediction\n1;cat;cat\n2;dog;cat\n"}
    page.locator(".st-key-metrics-classes-file input").set_input_files([table])
    expect(page.locator(ROW, has_text="Recall of dog").locator("td").nth(1)).to_have_text("0")
    page.keyboard.press("Escape")
    write(prediction, "dog dog")
    page.get_by_role("link", name="Forecast").first.click()  # as a tap: the text is sent some 40 ms later
    expect(page.locator("h1")).to_have_text("How does the curve go on?", timeout=60_000)
    page.go_back()
    expect(page.locator(ROW, has_text="Recall of dog").locator("td").nth(1)).to_have_text("1", timeout=60_000)

    page.get_by_role("radio", name="Which network?").click()
    page.get_by_role("link", name="Read a sentence").last.click()
    expect(page.locator("h1")).to_have_text("Read a sentence", timeout=60_000)
