"""Drawing on the app's canvas with the mouse, as a person does."""

import itertools
import math

from playwright.sync_api import Locator, Page, TimeoutError

from tests.support.handwriting import Stroke, place
from tests.support.waiting import wait_for_script, wait_until

ANSWER = ".st-key-prediction .answer"
LIVE_ANSWER = ".live .thinks .answer"


def canvas_of(page: Page) -> Locator:
    """The canvas that takes the mouse, once it is there, and in sight: a click below it may have scrolled it away."""
    surface = page.locator(".st-key-canvas canvas.upper-canvas")
    surface.scroll_into_view_if_needed(timeout=20_000)
    return surface


def draw(
    page: Page, strokes: list[Stroke], left: float = 70, top: float = 40, width: float = 140, height: float = 200
) -> None:
    """Draw strokes of the unit square into a box on the canvas."""
    box = canvas_of(page).bounding_box()
    assert box
    for stroke in place(strokes, box["x"] + left, box["y"] + top, width, height):
        move_along(page, stroke)
        page.mouse.up()


def move_along(page: Page, stroke: Stroke) -> None:
    """Put the pen down and draw through the places of a stroke on the screen; the pen stays down."""
    page.mouse.move(*stroke[0])
    page.mouse.down()
    for before, point in itertools.pairwise(stroke):
        # As a hand moves: the browser merges what comes within one frame, and a corner would be cut.
        page.mouse.move(*point, steps=max(1, round(math.dist(before, point) / 10)))


def press(page: Page, key: str) -> None:
    """Click the button with that key; Streamlit keeps a second copy of it for narrow screens."""
    page.locator(f".st-key-{key} button:visible").first.click()


def take_photo(page: Page) -> None:
    """Press the button under the camera until a picture is taken, and see it arrive at the server.

    A camera that has not delivered its first frame takes no picture, without a word: a person presses again.
    """
    page.locator("video").wait_for(timeout=30_000)
    wait_for_script(page, "document.querySelector('video').readyState == 4", seconds=30)
    taken = page.get_by_role("button", name="Clear photo")
    with page.expect_response(lambda answer: "upload_file" in answer.url and answer.ok, timeout=30_000):
        for _ in range(5):
            page.get_by_role("button", name="Take Photo").click()
            try:
                taken.wait_for(timeout=3_000)
                break
            except TimeoutError:
                continue


def wake_live_view(page: Page) -> None:
    """Move the mouse until the network is there that follows it: it is fetched for whoever moves."""

    def is_there() -> bool:
        page.mouse.move(5, 5)
        page.mouse.move(9, 9)
        return page.locator(LIVE_ANSWER).count() > 0

    wait_until(is_there, 30, every=0.1)


def watch_latency(page: Page, measure: str) -> None:
    """Collect in `window.latencies` how many milliseconds pass from a move of the pen to its frame on the screen.

    A move waits until a frame of that measure which began after it is done and the screen was asked for the next one.
    """
    page.evaluate(
        """measure => {
          const waiting = []
          window.latencies = []
          document.addEventListener('pointermove', event => event.buttons && waiting.push(event.timeStamp), true)
          const look = now => {
            const last = performance.getEntriesByName(measure).at(-1)
            while (last && waiting.length && waiting[0] < last.startTime && last.startTime + last.duration < now)
              window.latencies.push(performance.now() - waiting.shift())
            requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }""",
        measure,
    )
