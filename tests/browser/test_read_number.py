"""The wide canvas in the browser: the answer follows the pen, and Undo and Clear lose nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.number_line import write
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

PATIENT = 40_000
LATE_PICTURES = """() => {
  const [own, held] = [Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src'), []]
  const late = function (address) { held.push([this, address]) }
  Object.defineProperty(HTMLImageElement.prototype, 'src', { ...own, set: late })
  window.come = () => {
    Object.defineProperty(HTMLImageElement.prototype, 'src', own)
    for (const [picture, address] of held) picture.src = address
  }
}"""
"""A browser that is slow to read pictures: none is there until `come` is called."""


def test_a_number_is_written_followed_undone_and_taken_from_draw_a_digit(page: Page, server: str) -> None:
    page.goto(f"{server}/read-number")
    answer = page.locator(".st-key-number-verdict .digits")
    expect(page.locator(".st-key-number-verdict")).to_contain_text("The true number is", timeout=PATIENT)
    undo = page.locator(".number-canvas").get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    write(page, "36", 60)
    expect(answer).to_have_text("36", timeout=PATIENT)
    write(page, "7", 260, lift=False)
    expect(answer).to_have_text("367", timeout=PATIENT)  # the pen is still down
    page.mouse.up()
    undo.click()
    expect(answer).to_have_text("36", timeout=PATIENT)
    write(page, "7", 260)
    expect(answer).to_have_text("367", timeout=PATIENT)
    page.keyboard.press("Control+z")  # wherever the focus is, as on "Draw a digit"
    expect(answer).to_have_text("36", timeout=PATIENT)
    page.locator(".number-canvas").get_by_role("button", name="Clear").click()
    expect(page.locator(".st-key-number-verdict")).to_contain_text("The sheet is empty", timeout=PATIENT)
    undo.click()
    expect(answer).to_have_text("36", timeout=PATIENT)
    page.get_by_role("link", name="Say a digit").first.click()
    expect(page.get_by_role("heading", name="Say a digit")).to_be_visible(timeout=PATIENT)
    page.evaluate(LATE_PICTURES)
    page.get_by_role("link", name="Read a number").first.click()
    expect(answer).to_have_text("36", timeout=PATIENT)  # it is still on the sheet, and is drawn on
    write(page, "7", 260)
    page.evaluate("come()")
    expect(answer).to_have_text("367", timeout=PATIENT)
    page.get_by_role("button", name="Another number").click()
    expect(page.locator(".st-key-number-verdict")).to_contain_text("The true number is", timeout=PATIENT)
    undo.click()
    expect(answer).to_have_text("367", timeout=PATIENT)
    settle(page)  # the canvas may be drawn after the answer
    page.reload()  # another session, with another number at first
    expect(answer).to_have_text("367", timeout=PATIENT)
    undo.click()
    expect(page.locator(".st-key-number-verdict")).to_contain_text("The true number is", timeout=PATIENT)
