"""Feature maps as one picture: all channels of a layer side by side."""

import math

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import PAPER, index_signed

GAP = 1
"""Pixels between two maps."""
SQUARE = 8
"""Pixels of the square that stands for a single unit."""


def tile(maps: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return all maps of a layer as one picture, signed values centred at zero.

    Args:
        maps: (channels, H, W), one pixel a cell; or (units,), which become squares.

    Returns:
        (height, width) places in `core.figures.palette.DIVERGING`. The largest
        magnitude of the layer has the strongest colour.
    """
    if maps.ndim == 1:
        maps = np.repeat(np.repeat(maps[:, None, None], SQUARE, 1), SQUARE, 2)
    count, height, width = maps.shape
    columns = columns_for(count)
    cells = np.full((count, height + GAP, width + GAP), PAPER, np.uint8)
    cells[:, :height, :width] = index_signed(maps, float(np.abs(maps).max(initial=0.0)))
    rows = cells.reshape(count // columns, columns, height + GAP, width + GAP)
    picture = rows.swapaxes(1, 2).reshape(count // columns * (height + GAP), columns * (width + GAP))
    return picture[:-GAP, :-GAP]


def columns_for(count: int) -> int:
    """Return how many of `count` maps stand in a row: a divisor that makes the picture about twice as wide as high."""
    wanted = math.sqrt(2 * count)
    divisors = [number for number in range(1, count + 1) if count % number == 0]
    return min(divisors, key=lambda number: abs(math.log(number / wanted)))
