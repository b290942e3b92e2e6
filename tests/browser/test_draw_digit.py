import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.support.drawing import ANSWER, canvas_of, draw, press, take_photo
from tests.support.handwriting import HANDS
from tests.support.handwriting import draw as draw_canvas
from tests.support.handwriting import place as placed
from tests.support.serving import fresh_tab
from tests.support.waiting import settle, wait_for_script

pytestmark = pytest.mark.browser

INK = """root => {
  const find = node => node.querySelector('canvas.dc-canvas.lower-canvas') ??
    [...node.querySelectorAll('*')].map(child => child.shadowRoot && find(child.shadowRoot)).find(Boolean)
  const box = root.querySelector('.st-key-canvas')
  const pixels = (box && find(box))?.getContext('2d').getImageData(0, 0, 280, 280).data
  return pixels?.filter((value, i) => i % 4 == 3 && value > 128).length
}"""
"""Counts the pixels of ink on the canvas; undefined while there is none."""

BEHIND = INK.replace("dc-canvas.lower-canvas", "dc-background-canvas").replace("i % 4 == 3", "i % 4 == 0")
BEHIND = f"({BEHIND})(document)"
"""Counts the light pixels behind the canvas, where a chosen digit lies."""

SIZES = {"large": (40, 20, 170, 235), "middle": (80, 50, 110, 170), "small, in a corner": (14, 160, 68, 104)}


def open_digit_page(page: Page, server: str) -> Page:
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    canvas_of(page)
    settle(page)
    return page


@pytest.fixture
def digit_page(page: Page, server: str) -> Page:
    return open_digit_page(page, server)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """The page, opened once for the tests that draw on an empty sheet."""
    with fresh_tab(browser) as page:
        yield open_digit_page(page, server)


@pytest.fixture
def sheet(opened: Page, server: str) -> Page:
    """That page with an empty sheet."""
    if not opened.url.startswith(f"{server}/draw-digit"):  # where a test that failed has left it
        open_digit_page(opened, server)
    clear(opened)
    settle(opened)
    return opened


def clear(page: Page) -> None:
    """Clear the sheet, and wait until the browser has done it."""
    press(page, "clear")
    expect(page.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    wait_for_script(page, f"() => {{ const ink = {INK}; return ink(document) === 0 }}")
    settle(page)  # what is drawn sooner waits first, as tests/browser/test_connection.py sees


@pytest.mark.parametrize(
    "hand", [hand if hand == "european" else pytest.param(hand, marks=pytest.mark.long) for hand in HANDS]
)
def test_digits_drawn_with_the_mouse_are_read_right(sheet: Page, hand: str) -> None:
    sizes = list(SIZES.values())
    for digit, strokes in HANDS[hand].items():
        draw(sheet, strokes, *sizes[digit % len(sizes)])
        expect(sheet.locator(ANSWER)).to_have_text(str(digit), timeout=5000)
        clear(sheet)


def test_undo_clear_and_a_visit_elsewhere_keep_the_drawing(sheet: Page) -> None:
    first, second = HANDS["european"][7]
    draw(sheet, [first], *SIZES["large"])
    expect(sheet.locator(ANSWER)).to_have_text("7")
    draw(sheet, [second], *SIZES["large"])
    settle(sheet)
    press(sheet, "clear")
    expect(sheet.locator(ANSWER)).to_have_text("?")
    press(sheet, "undo")
    expect(sheet.locator(ANSWER)).to_have_text("7")

    sheet.get_by_role("link", name="Start here").click()
    expect(sheet.locator("h1")).to_have_text("See deep learning at work")
    canvas_of(sheet)  # the same sheet lies there
    expect(sheet.locator(ANSWER)).to_have_text("7")
    sheet.get_by_role("link", name="Draw a digit").first.click()
    expect(sheet.locator("h1")).to_have_text("Draw a digit")
    expect(sheet.locator(ANSWER)).to_have_text("7")
    # The strokes are on the canvas, not only in the answer: a lit pixel in the middle of the bar.
    canvas_of(sheet)
    settle(sheet)
    lit = sheet.evaluate(f"() => ({INK})(document)")
    assert lit > 2000


def test_going_back_and_forth_never_loses_the_connection(sheet: Page) -> None:
    """Streamlit's own cache of messages used to fail here: "Cached ForwardMsg MISS"."""
    draw(sheet, HANDS["round"][3], *SIZES["middle"])
    expect(sheet.locator(ANSWER)).to_have_text("3")
    for _ in range(2):  # and the second finds what the first has left
        clear(sheet)
        press(sheet, "undo")
        expect(sheet.locator(ANSWER)).to_have_text("3")
        settle(sheet)  # the canvas sends what it was told to start with after 200 ms
        sheet.get_by_role("link", name="Start here").click()
        expect(sheet.locator("h1")).to_have_text("See deep learning at work")
        canvas_of(sheet)
        expect(sheet.locator(ANSWER)).to_have_text("3")
        sheet.get_by_role("link", name="Draw a digit").first.click()
        expect(sheet.locator("h1")).to_have_text("Draw a digit")
        canvas_of(sheet)
        expect(sheet.locator(ANSWER)).to_have_text("3")
    expect(sheet.get_by_text("Connection error")).to_have_count(0)


def test_a_letter_and_a_dot_are_refused(sheet: Page) -> None:
    draw(sheet, [[(0.1, 1.0), (0.5, 0.0), (0.9, 1.0)], [(0.27, 0.6), (0.73, 0.6)]])
    expect(sheet.locator(".st-key-prediction")).to_contain_text("No digit recognised")
    clear(sheet)
    draw(sheet, [[(0.5, 0.5), (0.51, 0.5)]])
    expect(sheet.locator(".st-key-prediction")).to_contain_text("only a dot")


def test_the_first_stroke_replaces_the_sample_and_the_page_changes_in_place(digit_page: Page) -> None:
    """A stroke updates bars and maps; the elements around them stay the same nodes, so nothing flickers."""
    elements = digit_page.locator(".st-key-probabilities [data-testid=stHtml], .st-key-feature-maps, .st-key-canvas")
    expect(elements).to_have_count(3)
    elements.evaluate_all("nodes => nodes.forEach((node, i) => { node.dataset.mark = i })")
    places = "nodes => nodes.map(node => node.getBoundingClientRect().y)"
    before, heights = bars_of(digit_page), elements.evaluate_all(places)
    draw(digit_page, HANDS["round"][3], *SIZES["middle"])
    expect(digit_page.locator(ANSWER)).to_have_text("3")
    after = bars_of(digit_page)
    assert len(before) == len(after) == 30
    assert before != after
    assert elements.evaluate_all("nodes => nodes.map(node => node.dataset.mark)") == ["0", "1", "2"]
    assert elements.evaluate_all(places)[:2] == heights[:2]
    expect(digit_page.locator(".st-key-prediction")).not_to_contain_text("true label")
    wait_for_script(digit_page, f"() => {BEHIND} === 0")


def bars_of(page: Page) -> list[str]:
    return page.locator(".st-key-probabilities .bar").evaluate_all("nodes => nodes.map(node => node.style.width)")


def test_a_photograph_is_uploaded_and_read(digit_page: Page, tmp_path: Path) -> None:
    alpha = draw_canvas(placed(HANDS["european"][4], 60, 50, 140, 180), 14)[..., 3]
    paper = Image.fromarray((225 - alpha * 0.7).astype("uint8")).convert("RGB").resize((800, 800))
    paper.save(tmp_path / "four.jpg", quality=80)
    digit_page.locator(".st-key-own").get_by_text("Upload").click()
    digit_page.locator(".st-key-file input[type=file]").set_input_files(tmp_path / "four.jpg")
    expect(digit_page.locator(ANSWER)).to_have_text("4", timeout=15_000)
    digit_page.get_by_role("radio", name="From your drawing").click()
    expect(digit_page.locator(".st-key-stages")).to_contain_text("inverted")
    (tmp_path / "not.png").write_bytes(b"not a picture")
    digit_page.locator(".st-key-file input[type=file]").set_input_files(tmp_path / "not.png")
    expect(digit_page.get_by_text("not a PNG or JPEG picture")).to_be_visible(timeout=15_000)
    expect(digit_page.locator(ANSWER)).to_have_text("4")


def test_on_a_phone_the_canvas_fits_the_title_stands_on_top_and_no_button_names_keys(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server}/draw-digit?digit=2")
    expect(page.locator(ANSWER)).to_have_text("2", timeout=30_000)
    box = canvas_of(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    settle(page)
    title = page.locator("h1").bounding_box()
    assert title is not None and title["y"] + title["height"] <= 60
    expect(page.get_by_text("Ctrl").filter(visible=True)).to_have_count(0)
    context.close()


def test_a_photo_is_taken_and_prepared(digit_page: Page) -> None:
    """The browser's own test camera shows no digit: what counts is that its picture arrives."""
    digit_page.locator(".st-key-own").get_by_text("Camera").click()
    take_photo(digit_page)
    digit_page.get_by_role("radio", name="From your drawing").click()
    expect(digit_page.locator(".st-key-stages")).to_contain_text("1. drawing", timeout=15_000)


@pytest.mark.parametrize("click", ["undo", "random-test-digit", "inside"])
def test_a_click_right_after_a_stroke_does_not_lose_it(sheet: Page, click: str) -> None:
    """The canvas sends a stroke 200 ms after its end; a click that comes sooner takes it along."""
    draw(sheet, HANDS["round"][3], *SIZES["middle"])
    expect(sheet.locator(ANSWER)).to_have_text("3")
    settle(sheet)
    lit = sheet.evaluate(f"() => ({INK})(document)")
    link = "a[href$=cnn-inside]" if click == "inside" else f".st-key-{click} button:visible"
    box = sheet.locator(link).first.bounding_box()
    assert box
    draw(sheet, [[(0, 0), (1, 0)]], 80, 240, 110, 1)
    sheet.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if click == "inside":
        expect(sheet.locator("h1")).to_have_text("Inside the CNN")
        expect(sheet.locator(".st-key-prediction")).to_contain_text("Your drawing")
        sheet.get_by_role("link", name="Draw a digit").first.click()
        expect(sheet.locator("h1")).to_have_text("Draw a digit")
    if click == "random-test-digit":
        expect(sheet.locator(".st-key-prediction")).to_contain_text("true label")
        press(sheet, "undo")
    ink = f"lit => ({INK})(document) {'===' if click == 'undo' else '> 200 +'} lit"
    wait_for_script(sheet, ink, arg=lit)
    expect(sheet.locator(".st-key-prediction")).not_to_contain_text("true label")


def test_without_https_the_camera_is_a_file_button_that_says_why(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server.replace('localhost', 'classroom.test')}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
    assert not page.evaluate("isSecureContext")
    page.locator(".st-key-own").get_by_text("Camera").click()
    expect(page.get_by_text("Browsers allow the camera on https pages only")).to_be_visible()
    button = page.locator(".st-key-photo-button input[type=file]")
    expect(button).to_be_attached()
    button.dispatch_event("pointerdown")  # a finger comes down; the button may be younger than what asks it for a photo
    expect(button).to_have_attribute("capture", "environment")
    alpha = draw_canvas(placed(HANDS["european"][4], 60, 50, 140, 180), 14)[..., 3]
    photo = Image.fromarray((225 - alpha * 0.7).astype("uint8")).convert("RGB").resize((800, 800))
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=80)
    button.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()})
    expect(page.locator(ANSWER)).to_have_text("4", timeout=15_000)
    context.close()
