"""The page in the browser: tags follow the keys in place, words are chosen with the keyboard, markup stays text."""

import urllib.parse

import pytest
from playwright.sync_api import Page, expect

from core.ui.sections.both_ways.fields import PAIRS
from tests.support.keys import type_in_time
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

SECOND = ".st-key-both-ways-tags-1 .tagged"
WATCH = """() => {
  const hosts = [...document.querySelectorAll('.st-key-both-ways-tags-1 *')]
  const words = hosts.map((one) => one.shadowRoot?.querySelector('.tagged')).find((one) => one)
  const old = words.textContent
  window.took = null
  document.addEventListener('keydown', () => {
    const pressed = performance.now()
    const look = () => {
      if (words.textContent !== old) window.took = performance.now() - pressed
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, { once: true, capture: true })
}"""
"""Take the time from the next key to other words or numbers in the second sentence."""


def of_address(url: str) -> tuple[str, ...]:
    """Return the second sentence and the word in an address."""
    found = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    return tuple(found.get(name, [""])[0] for name in ("second", "word"))


def open_page(page: Page, server: str, **query: str) -> None:
    page.goto(f"{server}/both-ways?{urllib.parse.urlencode(query)}")
    expect(page.locator(f"{SECOND} button").first).to_be_visible(timeout=40_000)
    expect(page.get_by_role("radio", name="Who is right how often")).to_be_visible(timeout=30_000)


def test_tags_follow_the_keys_and_the_address_keeps_the_text(page: Page, server: str) -> None:
    open_page(page, server, second="My friends and I say that Jordan")
    page.get_by_label("The other").click()
    page.keyboard.press("End")
    settle(page)
    type_in_time(page, [" is", " sma", "ll"], WATCH, 400, "new tags", still=" ")
    page.wait_for_url("**Jordan+is+small**", timeout=10_000)


def test_a_word_is_chosen_with_the_keyboard_and_kept_in_the_address_and_markup_stays_text(
    page: Page, server: str
) -> None:
    open_page(page, server)
    page.locator(f"{SECOND} button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = page.locator(f'{SECOND} button[aria-pressed="true"] .word')
    expect(chosen).to_have_text("Roosevelt", timeout=10_000)
    page.wait_for_url("**word=2.2**", timeout=10_000)
    for second, word in ((PAIRS[0][0], "1.2"), (PAIRS[0][1], "2.2")):
        page.get_by_role("button", name="Exchange").first.click()
        page.wait_for_url(lambda url, wanted=(second, word): of_address(url) == wanted, timeout=10_000)
    page.reload()
    expect(page.locator(f'{SECOND} button[aria-pressed="true"]')).to_have_count(1, timeout=30_000)
    expect(page.locator(f"{SECOND} button").nth(1)).to_have_attribute("aria-pressed", "true")
    settle(page)
    page.get_by_label("The other").fill("<b>Paris</b> **bold** $$x$$ :red[no]")
    for word in ("<", "Paris", "$", "bold", "red"):
        expect(page.locator(SECOND).get_by_text(word, exact=True).first).to_be_visible(timeout=10_000)
    assert page.locator(".katex").count() == 0
