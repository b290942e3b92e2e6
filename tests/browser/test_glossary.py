"""Words that not everybody knows: their sentence is shown on hover, focus and tap."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.glossary import PLACE, glossary
from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser

SENTENCES = {word.title: word.sentence for word in glossary()}
BUBBLE = "#glossary-bubble"


def word_on(page: Page, server: str, written: str) -> Locator:
    page.goto(f"{server}/train?recipe=sigmoid")
    word = page.locator(f"a[href='{PLACE}']", has_text=written).first
    expect(word).to_be_visible(timeout=60_000)
    expect(page.locator(BUBBLE)).to_be_attached()  # whoever explains is there
    return word


def test_hover_and_focus_show_the_sentence_and_escape_hides_it_also_below_the_fold(page: Page, server: str) -> None:
    word = word_on(page, server, "sigmoid")
    bubble = page.locator(BUBBLE)
    address = page.url
    expect(word).to_have_css("text-decoration-style", "dotted")
    word.hover()
    expect(bubble).to_have_text(SENTENCES["Sigmoid"])
    page.mouse.move(5, 700)
    expect(bubble).to_be_hidden()
    word.focus()
    expect(bubble).to_have_text(SENTENCES["Sigmoid"])
    expect(word).to_have_accessible_description(SENTENCES["Sigmoid"])
    page.keyboard.press("Tab")  # on to the next word
    expect(bubble).to_have_text(SENTENCES["SGD"])
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    page.keyboard.press("Enter")
    expect(bubble).to_have_text(SENTENCES["SGD"])
    assert page.url == address
    page.keyboard.press("Escape")

    page.set_viewport_size({"width": 1366, "height": 250})
    word = page.locator(f"a[href='{PLACE}']", has_text="learning rate").last
    settle(page)
    assert word.bounding_box()["y"] > 250  # type: ignore[index]
    page.evaluate("() => { window.scrolls = 0; addEventListener('scroll', () => window.scrolls++, true) }")
    word.focus()
    wait_for_script(page, "window.scrolls > 0")
    settle(page)
    expect(page.locator(BUBBLE)).to_have_text(SENTENCES["Learning rate"])
    expect(page.locator(BUBBLE)).to_be_in_viewport()


@pytest.mark.chromium
def test_a_tap_shows_the_sentence_and_another_hides_it(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    word = word_on(page, server, "gradients")
    word.tap()
    bubble = page.locator(BUBBLE)
    expect(bubble).to_have_text(SENTENCES["Gradient"])
    box = bubble.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(bubble).to_be_hidden()
    page.locator(".st-key-train-recipe [data-testid=stTooltipIcon]").first.tap()
    expect(page.get_by_text(SENTENCES["Sigmoid"])).to_be_visible()  # "Five sigmoids" is the name of a recipe
    context.close()


def test_words_that_cannot_be_links_are_listed_below_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/cnn-inside?inside=Shift+and+turn")
    listed = page.locator(".glossary a")
    expect(listed).to_have_text(["Softmax"], timeout=60_000)  # the name of another section
    listed.hover()
    expect(page.locator(BUBBLE)).to_have_text(SENTENCES["Softmax"])
    page.get_by_role("radio", name="Pixels and softmax").click()
    expect(page.locator(f".stMain a[href='{PLACE}']", has_text="Softmax").first).to_be_visible()
    expect(listed).to_have_count(0)
    page.goto(f"{server}/neurons?neurons-section=A+network+learns")
    expect(listed.filter(has_text="Momentum")).to_be_visible(timeout=60_000)  # an option of a component
    listed.filter(has_text="Momentum").focus()
    expect(page.locator(BUBBLE)).to_have_text(SENTENCES["Momentum"])


def test_a_word_on_a_card_opens_no_page_and_the_card_beside_it_does(page: Page, server: str) -> None:
    page.goto(server)
    card = page.locator(".st-key-page-card-distance")
    word = card.locator(f"a[href='{PLACE}']")
    expect(word).to_be_visible(timeout=60_000)
    expect(page.locator(BUBBLE)).to_be_attached()
    word.click()
    expect(page.locator(BUBBLE)).to_have_text(SENTENCES["Gradient"])
    expect(page.locator("h1")).to_have_text("See deep learning at work")
