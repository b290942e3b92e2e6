"""The page in the browser: translations follow the keys, and nothing typed is lost by a swap, Undo or another page."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.waiting import settle

pytestmark = pytest.mark.browser

PATIENT = 40_000


def test_translations_follow_the_keys_and_go_along(page: Page, server: str) -> None:
    page.goto(f"{server}/translate?text=ninety&to=de")
    answers = page.locator(".st-key-prediction")
    expect(answers).to_contain_text("neunzig", timeout=PATIENT)
    page.get_by_label("A number, in words or in digits").click()
    page.keyboard.press("End")
    page.keyboard.type("-seven")
    expect(answers).to_contain_text("This is 97.", timeout=PATIENT)
    sections = page.locator(".st-key-translate-look").bounding_box()
    page.keyboard.type(" thousa")
    expect(answers.get_by_role("button", name="Read it so")).to_be_visible(timeout=PATIENT)
    expect(answers).to_contain_text("Below is still 97.")
    assert page.locator(".st-key-translate-look").bounding_box() == sections
    page.keyboard.type("nd")
    expect(answers).to_contain_text("This is 97,000", timeout=PATIENT)
    expect(answers).to_contain_text("siebenundneunzigtausend")
    expect(page.locator(".st-key-alignment canvas").first).to_be_visible()
    page.get_by_role("button", name="Swap").click()
    field = page.get_by_label("A number, in words or in digits")
    expect(field).to_have_value("siebenundneunzigtausend", timeout=PATIENT)
    expect(answers).to_contain_text("ninety-seven thousand", timeout=PATIENT)
    settle(page)
    field.fill("<b>97</b>")
    expect(page.get_by_text("Digits and words are mixed here")).to_be_visible(timeout=PATIENT)
    page.get_by_role("button", name="Undo").click()
    expect(answers).to_contain_text("This is 97,000", timeout=PATIENT)
    page.get_by_role("link", name="Read a number").first.click()
    expect(page.get_by_role("heading", name="Read a number")).to_be_visible(timeout=PATIENT)
    page.go_back()
    expect(field).to_have_value("siebenundneunzigtausend", timeout=PATIENT)
    expect(answers).to_contain_text("ninety-seven thousand", timeout=PATIENT)
