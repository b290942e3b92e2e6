import io
from collections.abc import Iterator, Sequence

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

ROWS = "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().y))).size"
"""Counts the rows in which elements stand."""

SIZES = {"large": (40, 20, 170, 235), "middle": (80, 50, 110, 170), "small, in a corner": (14, 160, 68, 104)}


def open_digit_page(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    canvas_of(page)
    settle(page)
    return page


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """The page, opened once for the tests that draw on a sheet."""
    with fresh_tab(browser) as page:
        yield open_digit_page(page, f"{server}/draw-digit")


@pytest.fixture
def sheet(opened: Page, server: str) -> Page:
    """That page with an empty sheet."""
    elsewhere = not opened.url.startswith(f"{server}/draw-digit")  # where a test that failed has left it
    if elsewhere or "draw-look" in opened.url or opened.locator(".st-key-file, video").count():
        open_digit_page(opened, f"{server}/draw-digit?digit=7")  # a reload alone would keep the drawing
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
    ("hand", "digits"),
    [
        pytest.param("european", (4, 5, 9), id="european, one of each size"),
        *(pytest.param(hand, range(10), id=hand, marks=pytest.mark.long) for hand in HANDS),
    ],
)
def test_digits_drawn_with_the_mouse_are_read_right(sheet: Page, hand: str, digits: Sequence[int]) -> None:
    sizes = list(SIZES.values())
    for digit in digits:
        draw(sheet, HANDS[hand][digit], *sizes[digit % len(sizes)])
        expect(sheet.locator(ANSWER)).to_have_text(str(digit), timeout=5000)
        clear(sheet)


def test_undo_clear_and_visits_elsewhere_keep_the_drawing_and_the_connection(sheet: Page) -> None:
    """Streamlit's own cache of messages used to fail here: "Cached ForwardMsg MISS"."""
    first, second = HANDS["european"][7]
    draw(sheet, [first], *SIZES["large"])
    expect(sheet.locator(ANSWER)).to_have_text("7")
    draw(sheet, [second], *SIZES["large"])
    settle(sheet)
    tools = sheet.locator(".st-key-pad-tools button:visible")
    assert tools.evaluate_all(f"({ROWS})") == 1 and tools.count() == 3  # Undo, Clear and the brush
    press(sheet, "clear")
    expect(sheet.locator(ANSWER)).to_have_text("?")
    press(sheet, "undo")
    expect(sheet.locator(ANSWER)).to_have_text("7")
    visit_the_first_page(sheet)
    # The strokes are on the canvas, not only in the answer: a lit pixel in the middle of the bar.
    settle(sheet)
    lit = sheet.evaluate(f"() => ({INK})(document)")
    assert lit > 2000

    clear(sheet)
    press(sheet, "undo")
    expect(sheet.locator(ANSWER)).to_have_text("7")
    settle(sheet)  # the canvas sends what it was told to start with after 200 ms
    visit_the_first_page(sheet)  # and this finds what the first visit has left
    expect(sheet.get_by_text("Connection error")).to_have_count(0)


def visit_the_first_page(page: Page) -> None:
    """Go there and back with a seven on the sheet."""
    page.get_by_role("link", name="Start here").click()
    expect(page.locator("h1")).to_have_text("See deep learning at work")
    canvas_of(page)  # the same sheet lies there
    expect(page.locator(ANSWER)).to_have_text("7")
    page.get_by_role("link", name="Draw a digit").first.click()
    expect(page.locator("h1")).to_have_text("Draw a digit")
    canvas_of(page)
    expect(page.locator(ANSWER)).to_have_text("7")


def test_a_letter_and_a_dot_are_refused(sheet: Page) -> None:
    draw(sheet, [[(0.1, 1.0), (0.5, 0.0), (0.9, 1.0)], [(0.27, 0.6), (0.73, 0.6)]])
    expect(sheet.locator(".st-key-prediction")).to_contain_text("No digit recognised")
    clear(sheet)
    draw(sheet, [[(0.5, 0.5), (0.51, 0.5)]])
    expect(sheet.locator(".st-key-prediction")).to_contain_text("only a dot")


def test_the_first_stroke_replaces_the_sample_and_the_page_changes_in_place(opened: Page, server: str) -> None:
    """A stroke updates bars and maps; the elements around them stay the same nodes, so nothing flickers."""
    open_digit_page(opened, f"{server}/draw-digit?digit=7")
    expect(opened.locator(".st-key-prediction")).to_contain_text("true label")
    wait_for_script(opened, f"() => {BEHIND} > 0")
    elements = opened.locator(".st-key-probabilities [data-testid=stHtml], .st-key-feature-maps, .st-key-canvas")
    expect(elements).to_have_count(3)
    elements.evaluate_all("nodes => nodes.forEach((node, i) => { node.dataset.mark = i })")
    places = "nodes => nodes.map(node => node.getBoundingClientRect().y)"
    before, heights = bars_of(opened), elements.evaluate_all(places)
    draw(opened, HANDS["round"][3], *SIZES["middle"])
    expect(opened.locator(".st-key-prediction")).not_to_contain_text("true label")
    expect(opened.locator(ANSWER)).to_have_text("3")
    after = bars_of(opened)
    assert len(before) == len(after) == 30
    assert before != after
    assert elements.evaluate_all("nodes => nodes.map(node => node.dataset.mark)") == ["0", "1", "2"]
    assert elements.evaluate_all(places)[:2] == heights[:2]
    wait_for_script(opened, f"() => {BEHIND} === 0")


def bars_of(page: Page) -> list[str]:
    return page.locator(".st-key-probabilities .bar").evaluate_all("nodes => nodes.map(node => node.style.width)")


@pytest.mark.parametrize(
    "click", ["inside", *(pytest.param(other, marks=pytest.mark.long) for other in ("undo", "random-test-digit"))]
)
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


def photo_of_a_four() -> bytes:
    """Dark ink on grey paper, as JPEG."""
    alpha = draw_canvas(placed(HANDS["european"][4], 60, 50, 140, 180), 14)[..., 3]
    paper = Image.fromarray((225 - alpha * 0.7).astype("uint8")).convert("RGB").resize((800, 800))
    buffer = io.BytesIO()
    paper.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def test_a_photo_is_taken_and_another_is_uploaded_and_read(sheet: Page) -> None:
    """The browser's own test camera shows no digit: what counts is that its picture arrives."""
    stages = sheet.locator(".st-key-stages")
    sheet.locator(".st-key-own").get_by_text("Camera").click()
    take_photo(sheet)
    sheet.get_by_role("radio", name="From your drawing").click()
    expect(stages).to_contain_text("1. drawing", timeout=15_000)

    sheet.get_by_role("radio", name="What each layer sees").click()
    expect(stages).to_have_count(0)
    sheet.locator(".st-key-own").get_by_text("Upload").click()
    file = sheet.locator(".st-key-file input[type=file]")
    file.set_input_files({"name": "four.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_four()})
    expect(sheet.locator(ANSWER)).to_have_text("4", timeout=15_000)
    sheet.get_by_role("radio", name="From your drawing").click()
    expect(stages).to_contain_text("inverted")
    file.set_input_files({"name": "not.png", "mimeType": "image/png", "buffer": b"not a picture"})
    expect(sheet.get_by_text("not a PNG or JPEG picture")).to_be_visible(timeout=15_000)
    expect(sheet.locator(ANSWER)).to_have_text("4")


def test_on_a_phone_the_page_fits_and_without_https_the_camera_is_a_file_button_that_says_why(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server.replace('localhost', 'classroom.test')}/draw-digit?digit=2")
    expect(page.locator(ANSWER)).to_have_text("2", timeout=60_000)
    box = canvas_of(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    settle(page)
    title = page.locator("h1").bounding_box()
    assert title is not None and title["y"] + title["height"] <= 60

    assert not page.evaluate("isSecureContext")
    page.locator(".st-key-own").get_by_text("Camera").click()
    expect(page.get_by_text("Browsers allow the camera on https pages only")).to_be_visible()
    button = page.locator(".st-key-photo-button input[type=file]")
    expect(button).to_be_attached()
    button.dispatch_event("pointerdown")  # a finger comes down; the button may be younger than what asks it for a photo
    expect(button).to_have_attribute("capture", "environment")
    button.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_four()})
    expect(page.locator(ANSWER)).to_have_text("4", timeout=15_000)
    expect(page.get_by_role("button", name="Undo").filter(visible=True)).to_be_enabled()
    expect(page.get_by_text("Ctrl").filter(visible=True)).to_have_count(0)  # a phone has no such key
    context.close()
