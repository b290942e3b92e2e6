"""Feature maps as one picture: all channels of a layer side by side."""

import math

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import PAPER, index_signed

GAP = 1
"""Pixels between two maps."""
SQUARE = 8
"""Pixels of the square that stands for a single unit."""
LARGEST = 1_000_000
"""Pixels of a picture of units at most, about."""


def tile(
    maps: NDArray[np.float32], *, square: int = SQUARE, limit: float | None = None, columns: int | None = None
) -> NDArray[np.uint8]:
    """Return all maps of a layer as one picture, signed values centred at zero.

    Args:
        maps: (channels, H, W), one pixel a cell; or (units,), which become squares.
        square: pixels of the square that stands for a single unit.
        limit: magnitude of the strongest colour; None takes the largest there is.
        columns: maps in a row; None makes the picture about twice as wide as high.

    Returns:
        (height, width) places in `core.figures.palette.DIVERGING`.
    """
    if maps.ndim == 1:
        maps = maps[:, None, None].repeat(square, 1).repeat(square, 2)
    count, height, width = maps.shape
    columns = columns or columns_for(count)
    rows = -(-count // columns)
    strongest = float(np.abs(maps).max(initial=0.0)) if limit is None else limit
    cells = np.full((rows * columns, height + GAP, width + GAP), PAPER, np.uint8)
    cells[:count, :height, :width] = index_signed(maps, strongest)
    grid = cells.reshape(rows, columns, height + GAP, width + GAP).swapaxes(1, 2)
    return grid.reshape(rows * (height + GAP), columns * (width + GAP))[:-GAP, :-GAP]


def strip(values: NDArray[np.float32], square: int = SQUARE, columns: int = 64) -> NDArray[np.uint8]:
    """Return units (units,) as squares in lines of `columns`; smaller squares in longer lines where there are many.

    Returns:
        (height, width) places in `core.figures.palette.DIVERGING`.
    """
    while square > 1 and len(values) * (square + GAP) ** 2 > LARGEST:
        square, columns = square // 2, columns * 2
    return tile(values, square=square, columns=min(columns, len(values)))


def columns_for(count: int) -> int:
    """Return how many of `count` maps stand in a row, so that the picture is about twice as wide as high.

    A divisor, so that rows are full, where there is one of about that size.
    """
    wanted = math.sqrt(2 * count)
    divisors = [number for number in range(1, count + 1) if count % number == 0]
    best = min(divisors, key=lambda number: abs(math.log(number / wanted)))
    return best if wanted / 2 <= best <= wanted * 2 else math.ceil(wanted)
