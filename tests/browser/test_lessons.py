"""A lesson in a browser: it ticks itself off while somebody draws, outlives a reload, and covers nothing on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.drawing import canvas_of, draw, press
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

BAR, MORE = ".st-key-lesson-bar", ".st-key-lesson-more"
SEVEN = [[(0, 0), (1, 0), (0.35, 1)]]


def test_a_lesson_ticks_itself_off_while_one_draws_and_comes_back_after_a_reload(page: Page, server: str) -> None:
    page.goto(f"{server}/lessons")
    begin = page.locator(".st-key-lesson-begin-reading-a-digit button")
    expect(begin).to_be_visible(timeout=60_000)
    settle(page)  # what listens to the keyboard comes last
    begin.press("Enter")
    expect(page.locator("h1")).to_have_text("Draw a digit", timeout=60_000)
    expect(page.locator("h1")).to_be_focused(timeout=60_000)  # by keyboard, one goes on where the page begins
    expect(page.locator(MORE)).to_contain_text("Draw a digit yourself")
    for line in (".st-key-lesson-line", MORE):  # the words stand in the middle of their line, beside the buttons
        words, button = (page.locator(line).locator(one).first.bounding_box() for one in (".stMarkdown p", "button"))
        assert words and button
        assert abs(words["y"] + words["height"] / 2 - button["y"] - button["height"] / 2) < 3
    draw(page, SEVEN)
    expect(page.locator(MORE)).to_contain_text("Your drawing was read: CNN 7")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(BAR)).to_contain_text("Step 2 of 8")
    expect(page.get_by_role("radio", name="From your drawing to 28 x 28")).to_be_checked()
    page.get_by_role("link", name="Order").click()
    expect(page.locator("h1")).to_have_text("Does order matter?", timeout=60_000)
    expect(page.locator(BAR)).to_contain_text("Step 2 of 8")
    page.reload()
    expect(page.locator(BAR)).to_contain_text("Step 2 of 8", timeout=60_000)
    press(page, "lesson-previous")
    expect(page.locator(MORE)).to_contain_text("Your drawing was read: CNN 7", timeout=60_000)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Order").click()
    expect(page.locator("h1")).to_have_text("Does order matter?", timeout=60_000)
    press(page, "lesson-place")
    expect(page.locator("h1")).to_have_text("Draw a digit", timeout=60_000)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Does order matter?", timeout=60_000)


@pytest.mark.chromium
def test_a_report_is_kept_and_printed_without_what_is_for_the_screen(page: Page, server: str) -> None:
    page.goto(f"{server}/lessons?lesson=reading-a-digit&lesson-step=9")
    expect(page.locator(BAR)).to_be_visible(timeout=60_000)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download").click()
    assert "How a machine reads a digit" in download.value.path().read_text("utf-8")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What I found")).to_be_visible()
    expect(page.locator(BAR)).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


@pytest.mark.chromium
def test_a_lesson_is_printed_as_a_sheet_and_its_step_with_the_page(page: Page, server: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{server}/lessons?lesson=reading-a-digit&lesson-step=2")
    sheet = page.locator(".st-key-lesson-handout")
    expect(sheet.get_by_role("heading", name="How a machine reads a digit")).to_be_visible(timeout=60_000)
    expect(sheet.get_by_text("8. When there is no digit")).to_be_visible()
    for left_out in (BAR, ".st-key-heading", ".st-key-lesson-cards", ".st-key-lesson-keep"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
    page.emulate_media(media="screen")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Print this lesson")).to_be_visible()

    page.emulate_media(media="print")
    page.goto(f"{server}/draw-digit?lesson=reading-a-digit&lesson-step=2")
    expect(page.locator(BAR)).to_contain_text("Step 2 of 8", timeout=60_000)
    expect(page.locator(BAR)).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    for name in ("Next", "Leave", "Question"):
        left_out = page.locator(BAR).get_by_text(name, exact=True)
        expect(left_out.first).to_be_attached()  # a button with a help text stands in the page twice
        expect(left_out.filter(visible=True)).to_have_count(0)


@pytest.mark.chromium
def test_on_a_card_the_small_print_stands_below_the_title_and_paper_has_no_buttons(page: Page, server: str) -> None:
    page.goto(f"{server}/lessons")
    cards = page.locator("[class*=st-key-lesson-card-]")
    expect(cards.first).to_be_visible(timeout=60_000)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        gaps = cards.evaluate_all(
            "all => all.map(card => { const lines = document.createRange();"
            " lines.selectNodeContents(card.querySelector('h2'));"
            " return card.querySelector('p').getBoundingClientRect().top - lines.getBoundingClientRect().bottom; })"
        )
        assert gaps and all(2 <= gap <= 12 for gap in gaps), gaps
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".st-key-lesson-cards h2").first).to_be_visible()
    expect(page.locator(".st-key-lesson-cards button").first).to_be_hidden()


def test_on_a_phone_the_bar_covers_nothing(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server}/draw-digit?lesson=reading-a-digit&lesson-step=1")
    expect(page.locator(MORE)).to_contain_text("Draw a digit yourself", timeout=60_000)
    canvas_of(page)
    settle(page)
    bar, sheet = page.locator(BAR).bounding_box(), canvas_of(page).bounding_box()
    assert bar is not None and sheet is not None
    assert bar["y"] + bar["height"] <= sheet["y"]
    assert bar["x"] >= 0 and bar["x"] + bar["width"] <= 390
    assert bar["height"] < 844 / 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(f"{BAR} button:visible").all():
        box = button.bounding_box()
        assert box is not None and box["x"] + box["width"] <= 390
    context.close()
