"""Another country in the text, and the answers follow the keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.keys import time_keys
from tests.support.machine import slowness
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

WATCH = """() => {
  const place = document.querySelector('.st-key-prediction')
  const old = place.innerHTML
  window.took = null
  document.addEventListener('keydown', () => {
    const pressed = performance.now()
    const look = () => {
      if (document.querySelector('.st-key-prediction').innerHTML !== old) window.took = performance.now() - pressed
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, { once: true, capture: true })
}"""


def test_the_answers_follow_the_country_in_the_text(page: Page, server: str) -> None:
    page.goto(f"{server}/distance")
    prediction = page.locator(".st-key-prediction")
    expect(prediction).to_contain_text("LSTM expects Italian", timeout=30_000)
    settle(page)
    field = page.get_by_label("The story")
    field.click()
    page.keyboard.press("Home")
    for _ in "Italy":
        page.keyboard.press("Delete")
    settle(page)
    within = False
    for country, language in (("Japan", "Japanese"), ("Sweden", "Swedish"), ("France", "French")):
        if within:  # this machine keeps up: other countries need no watch
            page.keyboard.type(country)
        else:
            median = time_keys(page, country, WATCH)
            print(f"from a key to new languages: a median of {median:.0f} ms")
            within = median <= 350 * slowness()
        expect(prediction).to_contain_text(re.compile(f"GRU expects {language}.*LSTM expects {language}", re.DOTALL))
        for _ in country:
            page.keyboard.press("Backspace")
        settle(page)
    assert within
    assert "story=" in page.url
