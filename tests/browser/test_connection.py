"""A page that loses its server: a phone in a pocket, a server that was started again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.connection import find_connection, lose_connection, slow_connection, watch_connection
from tests.support.drawing import ANSWER, canvas_of, draw, press
from tests.support.fields import write
from tests.support.handwriting import HANDS
from tests.support.waiting import settle, wait_until

pytestmark = pytest.mark.browser

PLACE = (80, 50, 110, 170)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """Draw a digit, opened once, on a page whose connection can be lost."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    watch_connection(context)
    page = context.new_page()
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
    canvas_of(page)
    settle(page)
    yield page
    context.close()


@pytest.fixture
def digit_page(opened: Page) -> Page:
    """That page with an empty sheet."""
    canvas_of(opened)
    settle(opened)  # what the test before has set off is over
    press(opened, "clear")
    expect(opened.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    settle(opened)
    return opened


def draw_three(page: Page) -> None:
    draw(page, HANDS["round"][3], *PLACE)
    expect(page.locator(ANSWER)).to_have_text("3")
    settle(page)


def test_a_drawing_survives_a_session_that_was_forgotten(digit_page: Page) -> None:
    draw_three(digit_page)
    three = strokes_on(digit_page)
    lose_connection(digit_page)
    draw(digit_page, HANDS["round"][1], 20, 50, 20, 170)  # a stroke that no server has seen: now it is 13
    strokes = wait_until(lambda: (ink := strokes_on(digit_page)) > 1.2 * three and ink)  # frames later it lies there
    message = digit_page.get_by_text("No answer from the server")
    expect(message).to_be_visible()
    expect(digit_page.get_by_role("dialog")).to_have_count(0)
    find_connection(digit_page, forgotten=True)
    expect(message).to_be_hidden()
    settle(digit_page)
    wait_until(lambda: strokes_on(digit_page) == pytest.approx(strokes, rel=0.02))  # a new canvas fetches them first
    expect(digit_page.locator(".st-key-prediction")).not_to_contain_text("true label")
    expect(digit_page.get_by_text("On the sheet: your drawing")).to_be_visible()
    press(digit_page, "clear")
    draw_three(digit_page)  # and the sheet goes on as ever


def test_a_drawing_and_its_history_survive_a_loss_then_another_section_and_a_lost_session(digit_page: Page) -> None:
    draw_three(digit_page)
    strokes = strokes_on(digit_page)
    press(digit_page, "clear")
    expect(digit_page.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    settle(digit_page)
    lose_connection(digit_page)
    find_connection(digit_page, forgotten=False)
    settle(digit_page)
    expect(digit_page.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    press(digit_page, "undo")
    expect(digit_page.locator(ANSWER)).to_have_text("3")
    settle(digit_page)
    digit_page.get_by_role("radio", name="From your drawing").click()
    expect(digit_page.locator(".st-key-stages")).to_contain_text("drawing")
    settle(digit_page)
    assert strokes_on(digit_page) == strokes
    assert "draw-look" in digit_page.url
    lose_connection(digit_page)
    find_connection(digit_page, forgotten=True)
    settle(digit_page)
    expect(digit_page.locator(ANSWER)).to_have_text("3")
    wait_until(lambda: strokes_on(digit_page) == pytest.approx(strokes, rel=0.02))  # a new canvas fetches them first
    expect(digit_page.locator(".st-key-stages")).to_contain_text("drawing")  # the section is still open


def test_what_is_drawn_before_the_answer_to_clear_is_kept(digit_page: Page) -> None:
    draw_three(digit_page)
    slow_connection(digit_page, 700)
    press(digit_page, "clear")
    draw(digit_page, HANDS["european"][7], *PLACE)
    draw(digit_page, [[(0, 0), (0, 1)]], left=30)
    press(digit_page, "undo")  # of which the server knows nothing yet
    expect(digit_page.locator(ANSWER)).to_have_text("7")
    settle(digit_page, quiet=1500)
    expect(digit_page.locator(ANSWER)).to_have_text("7")
    seven = strokes_on(digit_page)
    slow_connection(digit_page, 0)
    press(digit_page, "clear")
    settle(digit_page)
    draw(digit_page, HANDS["european"][7], *PLACE)
    settle(digit_page)
    assert seven == pytest.approx(strokes_on(digit_page), rel=0.05)


def test_a_reload_brings_a_missing_part_and_keeps_the_drawing_but_a_link_comes_first(
    digit_page: Page, server: str
) -> None:
    draw_three(digit_page)
    message = digit_page.get_by_text("A part of this page could not be fetched.")
    digit_page.evaluate("window.dispatchEvent(new Event('vite:preloadError'))")  # as Streamlit does, and asks no more
    expect(message).to_be_visible()
    digit_page.reload()
    canvas_of(digit_page)
    expect(message).to_be_hidden()
    expect(digit_page.locator(ANSWER)).to_have_text("3", timeout=60_000)
    digit_page.goto(f"{server}/draw-digit?digit=4")
    expect(digit_page.locator(ANSWER)).to_have_text("4", timeout=60_000)
    settle(digit_page)
    expect(digit_page.locator(ANSWER)).to_have_text("4")


@pytest.mark.parametrize("delays", [(5,), pytest.param((0, 8, 12, 25, 50), marks=pytest.mark.long)])
def test_a_page_that_is_lost_while_it_is_shown_says_so_and_comes_back(
    digit_page: Page, delays: tuple[int, ...]
) -> None:
    for delay in delays:  # ms; what then stood half-way, or not at all, stayed so
        digit_page.evaluate(
            """delay => {
              [...document.querySelectorAll('[data-testid=stSidebarNavLink]')]
                .find(link => link.textContent.includes('Read a sentence')).click()
              setTimeout(() => testConnection.lose(), delay)
            }""",
            delay,
        )
        message = digit_page.get_by_text("No answer from the server")
        expect(message).to_be_visible()
        find_connection(digit_page, forgotten=False)
        expect(message).to_be_hidden()
        settle(digit_page)
        expect(digit_page.locator(".st-key-page-history")).to_be_attached()
        digit_page.locator("[data-testid=stSidebarNavLink]", has_text="Draw a digit").click()
        expect(digit_page.locator("h1")).to_have_text("Draw a digit")
        expect(digit_page.locator(ANSWER)).to_be_visible()
        expect(digit_page.locator(".st-key-canvas canvas.upper-canvas")).to_have_count(1)  # two while pages change
        canvas_of(digit_page)
        settle(digit_page)


@pytest.mark.parametrize("forgotten", [pytest.param(False, marks=pytest.mark.long), True])
def test_what_was_typed_without_a_connection_is_answered(digit_page: Page, forgotten: bool) -> None:
    digit_page.locator("[data-testid=stSidebarNavLink]", has_text="Read a sentence").click()
    field = digit_page.locator(".st-key-sentence-field textarea")
    write(field, "good")
    answer = digit_page.get_by_text("RNN says")
    expect(answer).to_contain_text("positive")
    settle(digit_page)
    lose_connection(digit_page)
    write(field, "awful")
    expect(digit_page.get_by_text("No answer from the server")).to_be_visible()
    find_connection(digit_page, forgotten)
    expect(answer).to_contain_text("negative")
    expect(field).to_have_value("awful")
    settle(digit_page)
    digit_page.locator("[data-testid=stSidebarNavLink]", has_text="Draw a digit").click()
    expect(digit_page.locator("h1")).to_have_text("Draw a digit")


def strokes_on(page: Page) -> int:
    """Return how many pixels of the canvas are inked."""
    lower = page.locator(".st-key-canvas canvas.dc-canvas.lower-canvas")
    count = lower.evaluate(
        """canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
          .filter((value, i) => i % 4 == 3 && value > 128).length"""
    )
    return int(count)
