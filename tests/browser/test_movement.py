"""The network that follows the pen in the browser: it computes what Python computes, and grows with the stroke."""

import base64
import json
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from core.data.pen.drawing import Pen, move
from core.data.pen.hands import hands
from core.data.pen.path import PenPath, place
from core.inspection.pen.reading import CELLS, pen_reader, read_pen
from core.inspection.pen.serialisation import serialise_reader
from core.models.cells import Cell
from core.ui.components.serving import address
from tests.support.drawing import ANSWER, canvas_of, draw, press
from tests.support.handwriting import HANDS, ROUND
from tests.support.handwriting import place as place_on_screen
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

SIDE = 280

FOLLOW = """async ([folder, network, paths]) => {
  const { follow, readReader } = await import(folder + 'recurrent.js')
  const { toSteps } = await import(folder + 'steps.js')
  const reader = readReader(Uint8Array.from(atob(network), letter => letter.charCodeAt(0)).buffer)
  return JSON.stringify(JSON.parse(paths).map(path => follow(reader, toSteps(path, 280))
    .map(({ step, probabilities }) => [...step, ...probabilities])))
}"""
"""Reads paths with the scripts of the page and without the page: a row for every step.

Paths and rows travel as JSON: Playwright wraps every number of a list in an object of its own.
"""

TIMES = "performance.getEntriesByName('movement').map(({ duration }) => duration)"


def as_sent(path: PenPath) -> list[list[list[float]]]:
    return [
        [[*point, moment] for point, moment in zip(stroke.tolist(), moments.tolist(), strict=True)]
        for stroke, moments in zip(path.strokes, path.times, strict=True)
    ]


def paths(count: int) -> list[PenPath]:
    """Hands of people and of the tests, turned, bent, hasty, in any size; dots and scribbles among them."""
    random = np.random.default_rng(0)
    written = [character.strokes for character in hands()]
    written += [
        [np.array(stroke, np.float32) for stroke in strokes] for hand in HANDS.values() for strokes in hand.values()
    ]
    found = []
    for number in range(count - 40):
        pen = Pen(
            turn=random.normal(0, 10), bend=random.uniform(0, 0.05), haste=random.choice([0, 0.15]), tremble=0.005
        )
        found.append(place(move(written[number % len(written)], pen, random), SIDE, random.uniform(0.05, 1)))
    for number in range(40):
        scribble = [
            random.uniform(0, 1, (int(random.integers(1, 30)), 2)).astype(np.float32) for _ in range(number % 4 + 1)
        ]
        found.append(place(scribble, SIDE, random.uniform(0.1, 1)))
    return found


@pytest.mark.parametrize(
    ("cell", "count"), [*((cell, 60) for cell in CELLS), pytest.param("gru", 500, marks=pytest.mark.long)]
)
def test_movements_are_read_as_python_reads_them(page: Page, server: str, cell: Cell, count: int) -> None:
    network = pen_reader(cell)
    drawn = paths(count)
    page.goto(f"{server}/_stcore/health")
    file = base64.b64encode(serialise_reader(network)).decode()
    sent = json.dumps([as_sent(path) for path in drawn])
    read = json.loads(page.evaluate(FOLLOW, [f"{server}/{address('movement/')}", file, sent]))
    apart = []
    for mine, path in zip(read, drawn, strict=True):
        expected = read_pen(network, path)
        found = np.array(mine)
        assert found.shape == (len(expected), 13)
        assert np.allclose(found[:, :3], expected.steps, atol=1e-5)
        apart.append(np.abs(found[:, 3:] - expected.probabilities).max())
    print(f"\n{cell}: probabilities of {len(drawn)} movements differ by {max(apart):.5f} at most, after any step")
    assert max(apart) <= 0.01


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """The page, opened once for the tests that draw on it."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    expect(page.locator(".movement .says")).to_contain_text("A chosen or uploaded picture has no movement")
    yield page
    page.close()


@pytest.fixture
def empty(opened: Page) -> Page:
    """That page with an empty sheet."""
    canvas_of(opened)
    press(opened, "clear")
    expect(opened.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    expect(opened.locator(".movement .says")).to_have_text("Draw, and this network follows your pen.")
    settle(opened)
    return opened


@pytest.mark.chromium
def test_the_strip_grows_with_the_stroke_and_nobody_is_asked(empty: Page) -> None:
    page = empty
    asked: list[str] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda _: asked.append("a message to the server"))
    page.evaluate("performance.clearMeasures('movement')")
    box = canvas_of(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=12)
    strip = page.locator(".movement .strip canvas").first
    expect(strip).to_have_attribute("width", "6")
    page.mouse.move(box["x"] + 120, box["y"] + 230, steps=12)
    expect(strip).to_have_attribute("width", "16")
    expect(page.locator(".movement .says")).to_contain_text("says 7")
    expect(strip).to_be_in_viewport(ratio=1)  # its own place is below the window
    assert box["y"] + box["height"] < (strip.bounding_box() or box)["y"]
    settle(page)
    assert not asked
    page.mouse.up()
    expect(page.locator(ANSWER)).to_have_text("7")
    expect(page.locator(".movement .says")).to_contain_text("of the stroke")
    times = page.evaluate(TIMES)
    print(f"\nthe movement takes {np.median(times):.1f} ms of script a frame, {max(times):.1f} ms at most")
    assert np.median(times) <= 16


def test_a_dot_has_no_movement(empty: Page) -> None:
    box = canvas_of(empty).bounding_box()
    assert box
    empty.mouse.click(box["x"] + 100, box["y"] + 100)
    expect(empty.locator(".movement .says")).to_have_text(
        "The pen did not move. A dot has a place, but no movement to read."
    )
    expect(empty.locator(".movement .tried")).to_be_hidden()
    expect(empty.locator(".st-key-prediction")).to_contain_text("This is only a dot.")


def test_what_is_no_digit_is_no_answer_for_the_pen_either(empty: Page) -> None:
    says = empty.locator(".movement .says")
    draw(empty, [[(x / 12, x % 2) for x in range(13)]], 30, 30, 220, 110)
    expect(empty.locator(ANSWER)).to_have_text("?")
    expect(says).to_contain_text("If it had to choose, the GRU")
    expect(says).to_have_class("says pale")
    press(empty, "clear")
    expect(says).to_have_text("Draw, and this network follows your pen.")
    draw(empty, HANDS["round"][3], 80, 50, 110, 170)
    expect(empty.locator(ANSWER)).to_have_text("3")
    expect(says).to_contain_text("says")
    expect(says).to_have_class("says")


SCRIBBLE = """(canvas, [points, beyond]) => {
  const { left, top, width } = canvas.getBoundingClientRect()
  const at = (x, y) => ({ bubbles: true, composed: true, pointerId: 1, isPrimary: true, buttons: 1,
    clientX: left + x * width, clientY: top + y * width })
  const tell = (kind, where) => {
    canvas.dispatchEvent(new PointerEvent('pointer' + kind, where))
    canvas.dispatchEvent(new MouseEvent('mouse' + kind, where))
  }
  const places = Array.from({ length: points }, (_, i) => at(0.5, 0.1 + 0.8 * i / points))
  tell('down', at(0.5, 0.1))
  tell('move', { ...at(beyond, beyond), coalescedEvents: places.map(place => new PointerEvent('pointermove', place)) })
  tell('move', at(0.5, 0.9))
  tell('up', at(0.5, 0.9))
}"""
"""A pen that is said to have been in very many places at once, and to be far outside the canvas."""


def test_of_too_many_points_those_that_fit_are_read_and_no_script_stumbles(empty: Page) -> None:
    page = empty
    stumbled: list[str] = []
    page.on("pageerror", lambda error: stumbled.append(str(error)))
    says, long = page.locator(".movement .says"), "No more than that is read of one drawing: clear the sheet."
    canvas_of(page).evaluate(SCRIBBLE, [20_001, 1e9])
    expect(says).to_contain_text(long)
    expect(page.locator(ANSWER)).to_have_text("1")
    page.locator(".movement").get_by_role("button", name="Draw it backwards").click()
    expect(page.locator(".st-key-movement-result")).to_contain_text("Every stroke drawn backwards. The CNN says 1")
    canvas_of(page).scroll_into_view_if_needed()
    draw(page, ROUND[1], left=200, width=20)
    expect(page.locator(".st-key-movement-result").get_by_text("Every stroke")).to_have_count(0)  # the new one is here
    expect(says).to_contain_text(long)
    assert not stumbled


def test_undo_and_clear_take_the_movement_along(empty: Page) -> None:
    page = empty
    says = page.locator(".movement .says")
    draw(page, ROUND[4])
    sections = page.locator(".st-key-sections-draw-look")
    before = sections.bounding_box()
    expect(page.locator(ANSWER)).to_have_text("4")
    expect(says).to_contain_text("says 4")
    settle(page)
    assert sections.bounding_box() == before, "a click that comes with the answer would miss"
    press(page, "clear")
    expect(says).to_have_text("Draw, and this network follows your pen.")
    expect(page.locator(".movement .strip")).to_be_hidden()
    press(page, "undo")
    expect(says).to_contain_text("says 4")


def test_experiments_change_one_of_the_two(empty: Page) -> None:
    page = empty
    draw(page, ROUND[7])
    expect(page.locator(ANSWER)).to_have_text("7")
    settle(page)
    strip, afloat = page.locator(".movement .strip"), page.locator(".movement .afloat")
    expect(strip).to_be_in_viewport(ratio=1)
    expect(afloat).to_have_count(1)
    page.locator(".movement .tried").scroll_into_view_if_needed()
    expect(afloat).to_have_count(0)
    expect(strip).to_be_in_viewport()
    result = page.locator(".st-key-movement-result")
    page.locator(".movement").get_by_role("button", name="Draw it backwards").click()
    expect(result).to_contain_text("Every stroke drawn backwards. The CNN says 7")
    expect(result).to_contain_text("the same to the last bit: its picture is the same. The GRU said 7")
    page.locator(".movement").get_by_role("button", name="Shift the picture").click()
    expect(result).to_contain_text("the same to the last bit: its movement is the same.")
    expect(result).to_contain_text("The CNN said 7")


def test_another_persons_hand_is_drawn_stroke_by_stroke(empty: Page) -> None:
    page = empty
    page.get_by_role("radio", name="How other people write").click()
    page.locator(".st-key-hands-digit").get_by_text("5", exact=True).click()
    hand = page.locator(".pick").get_by_role("button", name="Hand 1", exact=True)
    hand.scroll_into_view_if_needed()
    expect(page.locator(".pick").get_by_role("button")).to_have_count(sum(one.label == "5" for one in hands()))
    hand.click()
    expect(page.locator(ANSWER)).to_have_text("5", timeout=30_000)
    expect(page.locator(".movement .says")).to_contain_text("says 5")


Finger = tuple[int, float, float]
"""Its number, and where it is on the screen."""


class Phone:
    """The page on a phone, and fingers on its screen."""

    def __init__(self, page: Page) -> None:
        self.page, self.client = page, page.context.new_cdp_session(page)
        self.says = page.locator(".movement .says")

    def touch(self, kind: str, *fingers: Finger) -> None:
        points = [{"id": number, "x": x, "y": y} for number, x, y in fingers]
        self.client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def place(self, digit: int) -> list[tuple[float, float]]:
        """Where a finger goes to write a digit of one stroke."""
        box = canvas_of(self.page).bounding_box()
        assert box
        (stroke,) = place_on_screen(ROUND[digit], box["x"] + 60, box["y"] + 30, 150, 215)
        return stroke

    def clear(self) -> None:
        press(self.page, "clear")
        expect(self.says).to_have_text("Draw, and this network follows your pen.")
        settle(self.page)


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server}/draw-digit")
    opened = Phone(page)
    expect(opened.says).to_contain_text("has no movement", timeout=30_000)
    yield opened
    context.close()


@pytest.mark.chromium
def test_a_finger_on_a_phone_is_followed_too(phone: Phone) -> None:
    first, *rest = phone.place(3)
    phone.touch("touchStart", (0, *first))
    for point in rest:
        phone.touch("touchMove", (0, *point))
    expect(phone.says).to_contain_text("says 3")
    expect(phone.page.locator(".movement .chances")).to_be_in_viewport(ratio=1)
    phone.touch("touchEnd")
    expect(phone.page.locator(ANSWER)).to_have_text("3")
    expect(phone.page.locator(ANSWER)).to_be_in_viewport(ratio=1)
    expect(phone.says).to_contain_text("of the stroke")
    assert phone.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390


@pytest.mark.chromium
def test_a_hand_that_rests_beside_the_canvas_is_no_pen(phone: Phone) -> None:
    phone.clear()
    first, *rest = phone.place(3)
    hand = (0, 20.0, 100.0)
    phone.touch("touchStart", hand)
    phone.touch("touchStart", hand, (1, *first))
    for point in rest:
        phone.touch("touchMove", hand, (1, *point))
    phone.touch("touchEnd", hand)
    phone.touch("touchEnd")
    expect(phone.page.locator(ANSWER)).to_have_text("3")
    expect(phone.says).to_contain_text("says 3")


@pytest.mark.long
@pytest.mark.chromium
def test_a_second_finger_on_the_canvas_changes_nothing(phone: Phone) -> None:
    phone.clear()
    first, *rest = phone.place(3)
    other = (1, first[0], first[1] + 150)
    phone.touch("touchStart", (0, *first))
    phone.touch("touchStart", (0, *first), other)
    for point in rest:
        phone.touch("touchMove", (0, *point), other)
    phone.touch("touchEnd")
    expect(phone.page.locator(ANSWER)).to_have_text("3")
    expect(phone.says).to_contain_text("says 3")


@pytest.mark.long
@pytest.mark.chromium
def test_a_touch_that_the_browser_takes_away_is_a_finished_stroke(phone: Phone) -> None:
    phone.clear()
    first, *rest = phone.place(6)
    phone.touch("touchStart", (0, *first))
    for point in rest:
        phone.touch("touchMove", (0, *point))
    phone.touch("touchCancel")
    expect(phone.page.locator(ANSWER)).to_have_text("6")
    expect(phone.says).to_contain_text("of the stroke")
