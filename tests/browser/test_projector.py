"""From the back of the room: projector size, light or dark, the whole screen, one click each."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser
LETTERS = "parseFloat(getComputedStyle(document.documentElement).fontSize)"


def test_size_theme_and_whole_screen_are_one_click_each_and_the_size_stays_on_every_page(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/distance")
    button = page.get_by_role("button", name="Projector size")
    expect(button).to_have_attribute("aria-pressed", "false", timeout=30_000)
    settle(page)
    before = page.evaluate(LETTERS)
    button.click()
    page.wait_for_url("**projector=1**")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    assert page.evaluate(LETTERS) > before
    settle(page)
    page.locator("[data-testid=stTopNavSection]", has_text="Text").click()  # the pages stand in a row on top
    page.get_by_role("menuitem", name="Order").click()
    expect(page.locator("h1")).to_have_text("Does order matter?")
    page.wait_for_url("**/order?**projector=1**")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true", timeout=30_000)
    settle(page)
    page.get_by_role("textbox", name="This sentence").fill(f"the {'a' * 150} was good")
    expect(page.locator(".seen")).to_contain_text("aaa")
    assert page.locator(".stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    button.click()
    expect(page.locator("[data-testid=stSidebar]")).to_be_visible()
    page.wait_for_url(lambda url: "projector" not in url)
    assert page.evaluate(LETTERS) == before

    for scheme in ("dark", "light"):
        page.get_by_role("button", name="Light or dark").click()
        wait_for_script(
            page, "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", scheme
        )
        expect(page.locator("[data-testid=stMainMenuItem-theme-Dark]")).to_have_count(0)  # its menu is shut again
    button = page.get_by_role("button", name="Full screen")
    button.click()
    wait_for_script(page, "document.fullscreenElement !== null")
    button.click()
    wait_for_script(page, "document.fullscreenElement === null")
