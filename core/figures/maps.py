"""Feature maps as one picture: all channels of a layer side by side."""

import math

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import colour_signed

GAP = 1
"""Pixels between two maps."""
SQUARE = 8
"""Pixels of the square that stands for a single unit."""
PAPER = (128, 134, 140)
"""Colour of the gaps, a grey that stands out from white in both themes."""


def tile(maps: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return all maps of a layer as one RGB picture, signed colours centred at zero.

    Args:
        maps: (channels, H, W), one pixel a cell; or (units,), which become squares.

    Returns:
        (height, width, 3). The largest magnitude of the layer has the strongest colour.
    """
    if maps.ndim == 1:
        maps = np.repeat(np.repeat(maps[:, None, None], SQUARE, 1), SQUARE, 2)
    count, height, width = maps.shape
    columns = columns_for(count)
    rows = -(-count // columns)
    picture = np.empty((rows * (height + GAP) - GAP, columns * (width + GAP) - GAP, 3), np.uint8)
    picture[:] = PAPER
    coloured = colour_signed(maps, float(np.abs(maps).max(initial=0.0)))
    for index in range(count):
        row, column = divmod(index, columns)
        top, left = row * (height + GAP), column * (width + GAP)
        picture[top : top + height, left : left + width] = coloured[index]
    return picture


def columns_for(count: int) -> int:
    """Return how many of `count` maps stand in a row: a divisor that makes the picture about twice as wide as high."""
    wanted = math.sqrt(2 * count)
    divisors = [number for number in range(1, count + 1) if count % number == 0]
    return min(divisors, key=lambda number: abs(math.log(number / wanted)))
