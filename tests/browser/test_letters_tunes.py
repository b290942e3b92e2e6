"""Tunes in the browser: the score is drawn, played note by note and saved; nothing is fetched from elsewhere."""

import urllib.parse

import pytest
from playwright.sync_api import Page, expect

from tests.support.waiting import settle

pytestmark = pytest.mark.browser

TUNE = 'T:<b>Odd</b>\nM:3/4\nL:1/4\nK:G\n|:"G"GBd|g2|"D7"fed|"G"G3:|'


@pytest.mark.chromium
def test_a_tune_is_seen_heard_and_saved(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    query = {"letters-section": "Tunes", "tunes-show": "As you typed it", "tune": TUNE}
    page.goto(f"{server}/letters?{urllib.parse.urlencode(query)}")
    score = page.locator(".score")
    expect(score.locator("svg")).to_be_visible(timeout=30_000)
    settle(page)
    expect(score.locator("svg text", has_text="<b>Odd</b>")).to_be_visible()  # as text, not as markup
    assert score.locator(".abcjs-note.wrong").count() == 1  # the bar with two beats
    expect(score.locator(".time")).to_have_text("0:07")  # with the repeat, 22 beats at 180 a minute

    play = score.get_by_role("button", name="Play")
    play.focus()
    page.keyboard.press("Enter")
    expect(score.locator(".abcjs-note.playing")).to_have_count(1, timeout=15_000)
    score.get_by_role("button", name="Stop").click()
    expect(score.locator(".playing")).to_have_count(0)
    expect(play).to_be_visible()

    with page.expect_download() as saving:
        score.get_by_role("button", name="Save as MIDI").click()
    assert saving.value.suggested_filename == "tune.mid"
    assert saving.value.path().read_bytes()[:4] == b"MThd"
    page.get_by_role("textbox", name="How the tune begins").fill("K:C\n|3")  # abcjs finds no time for that
    page.keyboard.press("Control+Enter")
    expect(play).to_be_disabled(timeout=15_000)
    assert not problems
    own = (server, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert sum(url.endswith("score/score.json") for url in asked) == 1  # the library that draws them is in it
