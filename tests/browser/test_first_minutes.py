"""What a newcomer meets first: something to draw on and its answer on one screen, and the first ten minutes after."""

import re
from itertools import groupby

import pytest
from playwright.sync_api import Browser, Page, expect

from core.data.text.tokens import read_text
from core.figures.percent import percent
from core.inspection.text.reading import verdict
from core.ui.page_registry import PAGES
from tests.support.connection import find_connection, lose_connection, watch_connection
from tests.support.drawing import ANSWER, canvas_of, draw, press
from tests.support.handwriting import HANDS
from tests.support.waiting import settle, wait_for_script

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.mark.browser
def test_drawing_on_the_first_page_is_answered_back_passes_over_digits_and_a_whole_card_is_a_link(
    page: Page, server: str
) -> None:
    page.goto(server)
    canvas = page.locator(".st-key-canvas")
    expect(canvas).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-prediction .answer")).to_have_text("7", timeout=60_000)
    canvas_of(page)
    settle(page)
    draw(page, HANDS["round"][3], 80, 50, 110, 170)
    expect(page.locator(".st-key-prediction .answer")).to_have_text("3")

    page.get_by_role("link", name="Draw a digit").first.click()
    expect(page.locator("h1")).to_have_text("Draw a digit")
    for _ in range(2):
        before = page.url
        page.get_by_role("button", name="A random test digit").click()
        page.wait_for_url(lambda url, before=before: url != before)
        settle(page)  # the button stands still again
    assert "test=" in page.url
    page.go_back()  # to the page before, not through every digit
    expect(page.locator("h1")).to_have_text("See deep learning at work")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Draw a digit")
    assert "test=" in page.url  # and the link still opens the last digit
    page.go_back()
    expect(page.locator("h1")).to_have_text("See deep learning at work")
    settle(page)

    card = page.locator(".st-key-page-card-distance")
    card.scroll_into_view_if_needed()
    corner = card.bounding_box()
    assert corner is not None
    page.mouse.click(corner["x"] + corner["width"] - 12, corner["y"] + corner["height"] - 8)
    expect(page).to_have_url(re.compile("/distance"))


LOADED = "all => [...document.querySelectorAll(all)].every(picture => picture.complete && picture.naturalWidth > 0)"

CUT_OFF = """titles => titles.filter(title => {
  const [{ right }, line] = [title.getBoundingClientRect(), title.closest("p")]
  return right > title.closest("a").getBoundingClientRect().right || line.scrollWidth > line.clientWidth
}).map(title => title.textContent)"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_cards_show_pictures_of_the_theme_and_fetch_no_others(browser: Browser, server: str, scheme) -> None:
    context = browser.new_context(viewport=LAPTOP, color_scheme=scheme)
    page = context.new_page()
    fetched: list[str] = []
    page.on("response", lambda answer: "/cards/" in answer.url and fetched.append(answer.url))
    page.goto(server)
    pictures = page.locator(f".st-key-page-cards img.{scheme}")
    expect(pictures.first).to_be_visible(timeout=60_000)
    for number in range(0, pictures.count(), 3):  # the browser fetches what is near
        pictures.nth(number).scroll_into_view_if_needed()
    pictures.last.scroll_into_view_if_needed()
    wait_for_script(page, LOADED, arg=f".st-key-page-cards img.{scheme}")
    assert len(fetched) == pictures.count() == len(PAGES) - 1
    assert all(url.endswith(f"-{scheme}") for url in fetched)
    titles = page.locator(".st-key-page-cards a:not([href='#word']) strong").evaluate_all(CUT_OFF)
    assert titles == []
    cards = page.locator("[class*='st-key-page-card-']")
    boxes = cards.evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(({ y, height }) => [y, height])")
    assert len(boxes) == len(PAGES) - 1
    assert all(len({round(height) for _, height in row}) == 1 for _, row in groupby(boxes, lambda box: round(box[0])))
    context.close()


PATIENT = 90_000  # ms; the machine may have other things to do
LECTURE = 98.6  # percent


def visit(page: Page, title: str, heading: str) -> None:
    """Go to a page by its link on the left, which on a phone opens over the page."""
    phone = (page.viewport_size or LAPTOP)["width"] < 640
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click(timeout=PATIENT)
    page.locator("[data-testid=stSidebarNavLink]", has_text=title).click(timeout=PATIENT)
    expect(page.locator("h1")).to_have_text(heading, timeout=PATIENT)
    if phone:  # and goes away by itself
        expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def draw_three(page: Page) -> None:
    canvas_of(page)
    settle(page)
    draw(page, HANDS["round"][3], 80, 50, 110, 170)
    expect(page.locator(ANSWER)).to_have_text("3", timeout=PATIENT)


def on_first_screen(page: Page, *keys: str) -> None:
    """What stands in these containers is seen without scrolling."""
    height = (page.viewport_size or {"height": 0})["height"]
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    for key in keys:
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, key


@pytest.mark.browser
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("size", "whole"),
    [
        pytest.param(LAPTOP, True, id="laptop", marks=pytest.mark.long),
        pytest.param(PHONE, False, id="phone"),
        pytest.param(PHONE, True, id="phone, whole", marks=pytest.mark.long),
    ],
)
def test_the_first_ten_minutes(browser: Browser, server: str, size, whole: bool) -> None:
    touch = size is PHONE
    context = browser.new_context(viewport=size, has_touch=touch, is_mobile=touch)
    watch_connection(context)
    page = context.new_page()

    page.goto(server)
    expect(page.locator(ANSWER)).to_have_text("7", timeout=PATIENT)
    draw_three(page)
    on_first_screen(page, "canvas", "prediction")

    if whole:
        look_inside(page)
    visit(page, "Read a sentence", "Read a sentence")
    field = page.get_by_label("Your sentence")
    field.click(timeout=PATIENT)
    field.fill("What a wonderful film")
    expect(page).to_have_url(re.compile("wonderful"), timeout=PATIENT)
    gru = f"GRU {percent(verdict('sentence-gru', read_text('What a wonderful film').words), 0)}"
    expect(page.locator(f".st-key-prediction [aria-label*='{gru}']")).to_be_visible(timeout=PATIENT)
    link = page.url
    if whole:
        link = train_and_use(page, server)
    else:
        visit(page, "Draw a digit", "Draw a digit")
        expect(page.locator(ANSWER)).to_have_text("3", timeout=PATIENT)

    lose_connection(page)
    expect(page.get_by_text("No answer from the server")).to_be_visible(timeout=PATIENT)
    find_connection(page, forgotten=True)  # as after two and a half minutes in a pocket
    settle(page)
    expect(page.locator(ANSWER)).to_have_text("3", timeout=PATIENT)
    expect(page.locator(".st-key-prediction")).not_to_contain_text("true label")

    shared = browser.new_context(viewport=size)
    other = shared.new_page()
    other.goto(link)
    seen = ".st-key-probabilities :text('98.6 % fast')" if whole else f".st-key-prediction [aria-label*='{gru}']"
    expect(other.locator(seen)).to_be_visible(timeout=PATIENT)
    shared.close()
    context.close()


def look_inside(page: Page) -> None:
    """Follow the drawing into the CNN by a card, and see a convolution at work."""
    page.locator(".st-key-page-card-cnn-inside a").click()
    expect(page.locator("h1")).to_have_text("Inside the CNN", timeout=PATIENT)
    expect(page.locator(".st-key-prediction")).to_contain_text("The CNN says 3", timeout=PATIENT)
    expect(page.locator(".st-key-prediction")).to_contain_text("Your drawing")

    visit(page, "Convolution by hand", "Convolution by hand")
    where = page.locator(".convolution .where")
    before = where.inner_text(timeout=PATIENT)
    page.get_by_role("button", name="Play").click()
    expect(where).not_to_have_text(before, timeout=PATIENT)


def train_and_use(page: Page, server: str) -> str:
    """Train the fast recipe, use its network on the drawing, and return the link that shows it."""
    page.goto(f"{server}/train?recipe=fast")
    page.get_by_role("button", name="Train", exact=True).click(timeout=PATIENT)
    expect(page.locator(".run-status .word")).to_have_text("Finished", timeout=400_000)
    numbers = page.locator(".run-status .numbers")
    expect(numbers).to_contain_text("test", timeout=PATIENT)
    accuracy = re.search(r"test\s+([\d.]+)\s%", numbers.inner_text())
    assert accuracy is not None, numbers.inner_text()
    assert float(accuracy[1]) >= LECTURE
    press(page, "train-use")
    page.locator(".st-key-train-levers").get_by_role("link", name="Draw a digit").click()
    expect(page.locator("h1")).to_have_text("Draw a digit", timeout=PATIENT)
    expect(page.locator(ANSWER)).to_have_text("3", timeout=PATIENT)  # the drawing outlived a full page load
    expect(page.locator(".st-key-probabilities section").first).to_contain_text("98.6 % fast", timeout=PATIENT)
    expect(page).to_have_url(re.compile("trained="))
    return page.url
