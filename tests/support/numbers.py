"""Numbers of several digits, as a canvas shows them."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.support.handwriting import HANDS, place


def written(digits: str, hand: str = "round", step: int = 90, size: tuple[int, int] = (940, 190)) -> NDArray[np.uint8]:
    """Return digits, white on black, `step` pixels from one to the next; below 70 they begin to touch."""
    sheet = Image.new("L", size)
    pen = ImageDraw.Draw(sheet)
    for number, digit in enumerate(digits):
        for stroke in place(HANDS[hand][int(digit)], 20 + step * number, 25, 80, 140):
            pen.line(stroke, fill=255, width=10, joint="curve")
    return np.asarray(sheet)


def as_png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()
