"""Letters in the browser: the bars follow the keys, writing goes on by itself and can be stopped."""

import urllib.parse

import pytest
from playwright.sync_api import Page, expect

from tests.support.keys import type_in_time
from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser

WATCH = """() => {
  const look = () => document.querySelector('.st-key-chances .guesses')?.innerHTML
  const old = look()
  window.took = null
  document.addEventListener('keydown', () => {
    const pressed = performance.now()
    const again = () => {
      const now = look()
      if (now && now !== old) window.took = performance.now() - pressed
      else requestAnimationFrame(again)
    }
    requestAnimationFrame(again)
  }, { once: true, capture: true })
}"""
"""Take the time from the next key to other bars."""


def open_letters(page: Page, server: str, **query: str) -> None:
    page.goto(f"{server}/letters?{urllib.parse.urlencode(query)}")
    expect(page.locator(".st-key-chances .guesses")).to_be_visible(timeout=30_000)
    settle(page)


def test_the_bars_follow_the_keys_markup_stays_text_and_a_click_explains_a_letter(page: Page, server: str) -> None:
    open_letters(page, server, text="ROMEO:\nO, she doth teach the torches to burn b")
    field = page.get_by_label("Your text")
    field.click()
    page.keyboard.press("Control+End")
    settle(page)
    type_in_time(page, ["righ", "t, I", " say"], WATCH, 400, "the new bars of three networks")
    expect(page.locator(".st-key-chances")).to_contain_text("burn bright, I say")
    entries = page.evaluate("history.length")
    page.keyboard.type("!")
    page.wait_for_url("**say%21**", timeout=10_000)
    assert page.evaluate("history.length") == entries, "Back would lead through every letter"

    text = "<b>x</b> $$y$$ :red[z]"
    field.fill(text)
    expect(page.locator(".st-key-surprise pre").first).to_contain_text(text, timeout=10_000)
    assert page.locator(".katex").count() == 0
    page.get_by_role("radio", name="The hidden state").click()
    picture = page.locator(".st-key-states canvas").nth(3)
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": 5, "y": box["height"] / 2})
    expect(page.locator(".st-key-chances")).to_contain_text("Before letter 1 came", timeout=10_000)


@pytest.mark.chromium
def test_writing_streams_and_stops(page: Page, server: str) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda message: sent.append(message)))
    open_letters(page, server, text="KING RICHARD:\n", **{"letters-look": "Write on"})
    written = page.locator(".st-key-written pre")
    count = "document.querySelector('.st-key-written pre').textContent.length"
    page.locator(".st-key-letters-write button").first.click()
    expect(page.locator(".st-key-letters-stop button").first).to_be_enabled(timeout=10_000)
    wait_for_script(page, f"{count} > 40", seconds=10)
    first = page.evaluate(count)
    wait_for_script(page, f"{count} > {first}", seconds=10)
    page.locator(".st-key-letters-stop button").first.click()
    expect(page.locator(".st-key-letters-write button").first).to_be_enabled(timeout=10_000)
    settle(page, 300, within=".st-key-written")
    text = written.text_content()
    asked = len(sent)
    settle(page, 1000, within=".st-key-written")
    assert len(sent) == asked  # the browser no longer asks for more
    assert written.text_content() == text
    assert text and text.startswith("KING RICHARD:\n") and len(text) < 400
    # While it writes, typing is answered, and what was being written from another text stops.
    page.locator(".st-key-letters-write button").first.click()
    expect(page.locator(".st-key-letters-stop button").first).to_be_enabled(timeout=10_000)
    page.get_by_label("Your text").fill("QUEEN")
    expect(page.locator(".st-key-chances")).to_contain_text("QUEEN", timeout=10_000)
    expect(page.locator(".st-key-letters-write button").first).to_be_enabled(timeout=10_000)
