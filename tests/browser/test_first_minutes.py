"""What a newcomer meets first: something to draw on, and its answer, on one screen."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support.drawing import canvas_of, draw
from tests.support.handwriting import HANDS
from tests.support.waiting import settle

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.mark.browser
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("path", ["", "draw-digit"])
def test_canvas_and_answer_fit_on_the_first_screen(browser: Browser, server: str, size, path: str) -> None:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    page.goto(f"{server}/{path}")
    for key in ("canvas", "prediction"):
        part = page.locator(f".st-key-{key}")
        expect(part).to_be_visible(timeout=60_000)
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size["height"], key
    context.close()


@pytest.mark.browser
def test_drawing_on_the_first_page_is_answered_and_a_whole_card_is_a_link(page, server: str) -> None:
    page.goto(server)
    canvas = page.locator(".st-key-canvas")
    expect(canvas).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-prediction .answer")).to_have_text("7", timeout=60_000)
    canvas_of(page)
    settle(page)
    draw(page, HANDS["round"][3], 80, 50, 110, 170)
    expect(page.locator(".st-key-prediction .answer")).to_have_text("3")
    card = page.locator(".st-key-page-card-distance")
    card.scroll_into_view_if_needed()
    corner = card.bounding_box()
    assert corner is not None
    page.mouse.click(corner["x"] + corner["width"] - 12, corner["y"] + corner["height"] - 8)
    expect(page).to_have_url(re.compile("/distance"))


@pytest.mark.browser
def test_back_leads_to_the_page_before_not_through_every_digit(page, server: str) -> None:
    page.goto(server)
    expect(page.locator(".st-key-prediction .answer")).to_have_text("7", timeout=60_000)
    page.get_by_role("link", name="Draw a digit").first.click()
    expect(page.locator("h1")).to_have_text("Draw a digit")
    for _ in range(3):
        before = page.url
        page.get_by_role("button", name="A random test digit").click()
        page.wait_for_url(lambda url, before=before: url != before)
    assert "test=" in page.url
    page.go_back()
    expect(page.locator("h1")).to_have_text("See deep learning at work")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Draw a digit")
    assert "test=" in page.url  # and the link still opens the last digit
