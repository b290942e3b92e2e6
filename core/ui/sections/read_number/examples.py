"""Numbers to begin with: digits by other people, put together to lines as those that are learnt from."""

from functools import cache

import numpy as np

from core.data.images.datasets import sample_digits
from core.data.images.pictures import encode_data_url
from core.data.numbers.line import PreparedLine, prepare_line
from core.data.numbers.writing import LAYOUTS, Layout, Scribe, mnist_scribe, pen_scribe, write_line
from core.data.pen.drawing import plain_pen
from core.data.pen.hands import hands
from core.ui.state.number_sheet import Number

TITLES: dict[str, Layout] = {
    "Touching": "touching",
    "Overlapping": "overlapping",
    "Slanted": "slanted",
    "Spaced": "spaced",
}
"""The ways in which digits stand, as people read them."""

_SIDE = 60
_SOURCES = (
    "digits by one writer (UNIPEN) whom no network was trained on",
    "MNIST's test digits, which no network was trained on",
)


@cache
def _scribes() -> tuple[Scribe, ...]:
    return pen_scribe(hands(), _SIDE, plain_pen), mnist_scribe(sample_digits(), _SIDE)


def example(layout: Layout, seed: int) -> Number:
    """Return a number of 3 to 6 digits whose digits stand in this way; the seed says which."""
    draw = np.random.default_rng([LAYOUTS.index(layout), seed])
    which = seed % len(_SOURCES)
    pixels, digits = write_line(_scribes()[which], int(draw.integers(3, 7)), layout, draw)
    return Number(prepare_line(pixels, "light"), label="".join(map(str, digits)), origin=_SOURCES[which])


def seen(line: PreparedLine) -> str | None:
    """Return a chosen line as the canvas shows it, a PNG data URL; None where there is no ink."""
    return None if line.blank else encode_data_url((line.pixels * 255 + 0.5).astype(np.uint8))
