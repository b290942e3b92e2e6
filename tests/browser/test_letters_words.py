"""Words and names in the browser: answers follow the keys in place, and a click on the matrix shows its names."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.machine import slowness
from tests.support.waiting import settle

pytestmark = pytest.mark.browser


def test_corrections_follow_the_keys(page: Page, server: str) -> None:
    page.goto(f"{server}/letters?letters-section=Autocorrect&word=networ")
    expect(page.locator(".st-key-word-answer")).to_be_visible(timeout=30_000)
    field = page.get_by_label("Your word")
    letters = page.locator(".st-key-word-surprise")
    expect(letters).to_be_visible(timeout=10_000)
    settle(page)
    unknown = letters.bounding_box()
    field.click()
    page.keyboard.press("End")
    page.keyboard.type("k")
    expect(page.locator(".st-key-word-answer")).to_contain_text("is in the word list", timeout=10_000)
    expect(letters.locator("b")).to_have_count(8, timeout=10_000)
    assert (known := letters.bounding_box()) and unknown and known["y"] == unknown["y"]
    page.keyboard.press("Backspace")
    expect(page.locator(".st-key-word-answer")).to_contain_text("networ →", timeout=10_000)
    entries = page.evaluate("history.length")
    page.keyboard.type("c")
    expect(page.locator(".st-key-word-answer")).to_contain_text("networc → network", timeout=10_000)
    expect(page.locator(".st-key-word-surprise .most b")).to_have_text("c", timeout=10_000)
    expect(page.locator(".st-key-word-candidates .change").first).to_contain_text("≠ c")
    page.wait_for_url("**word=networc**", timeout=10_000)
    assert page.evaluate("history.length") == entries, "Back would lead through every letter"
    for letter in "abcde":  # the fastest of some: a server that has just begun still loads its libraries
        typed = f"networc{letter}"
        page.evaluate("performance.clearMarks(); performance.mark('key')")
        page.keyboard.type(letter)
        expect(page.locator(".st-key-word-answer")).to_contain_text(typed, timeout=10_000)
        took = page.evaluate("performance.now() - performance.getEntriesByName('key')[0].startTime")
        print(f"from a key to another correction: {took:.0f} ms")
        if took <= 400 * slowness():
            break
        page.keyboard.press("Backspace")
        expect(page.locator(".st-key-word-answer")).to_contain_text("networc →", timeout=10_000)
        settle(page)
    else:
        raise AssertionError("none of five keys was answered in time")


def test_a_click_on_the_matrix_shows_names_and_one_of_them_is_read(page: Page, server: str) -> None:
    page.goto(f"{server}/letters?letters-section=Names&names-look=On+names+it+has+never+seen")
    matrix = page.locator(".st-key-figure-confusion .nsewdrag").first
    expect(matrix).to_be_visible(timeout=60_000)
    cell = page.locator(".st-key-names-cell")
    expect(cell).to_contain_text("surest of")
    matrix.scroll_into_view_if_needed()
    settle(page)
    box = matrix.bounding_box()
    assert box
    page.mouse.click(box["x"] + 4.5 / 18 * box["width"], box["y"] + 6.5 / 18 * box["height"])
    expect(cell).to_contain_text("the list says German, but it says English", timeout=10_000)
    first = cell.locator(".st-key-names-found button").first
    name = first.inner_text()
    first.click()
    expect(page.get_by_label("A surname")).to_have_value(name, timeout=10_000)
    expect(page.locator(".st-key-names-answer")).to_contain_text("The list says", timeout=10_000)
