"""Writing a line of digits on the wide canvas with the mouse."""

from playwright.sync_api import Page

from tests.support.drawing import move_along
from tests.support.handwriting import ROUND, place


def write(page: Page, digits: str, left: float, *, lift: bool = True, apart: float = 100) -> None:
    """Write digits side by side with the mouse.

    Args:
        page: with the canvas.
        digits: to write, 80 pixels wide.
        left: of the first, pixels from the edge of the canvas.
        lift: or the pen stays on the paper.
        apart: pixels from one digit to the next.
    """
    box = page.locator(".number-canvas canvas").bounding_box()
    assert box
    strokes = [
        stroke
        for number, digit in enumerate(digits)
        for stroke in place(ROUND[int(digit)], box["x"] + left + apart * number, box["y"] + 25, 80, 130)
    ]
    for stroke in strokes:
        move_along(page, stroke)
        if lift or stroke is not strokes[-1]:
            page.mouse.up()
