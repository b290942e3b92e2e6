"""All maps of a station as one RGB picture."""

import math

import numpy as np
from numpy.typing import NDArray

from core.figures.maps import columns_for
from core.figures.palette import colour_signed

LARGEST = 1_000_000
"""Pixels of a picture of units at most, about."""
PAPER = (128, 134, 140)
"""Colour of the gaps, a grey that stands out from white in both themes."""


def mosaic(
    maps: NDArray[np.float32], square: int = 8, limit: float | None = None, columns: int | None = None
) -> NDArray[np.uint8]:
    """Return maps side by side, signed colours centred at zero.

    Args:
        maps: (channels, H, W), one pixel a cell; or (units,), which become squares.
        square: pixels of the square that stands for a single unit.
        limit: magnitude of the strongest colour; None takes the largest there is.
        columns: maps in a row; None makes the picture about twice as wide as high.

    Returns:
        (height, width, 3) RGB.
    """
    if maps.ndim == 1:
        maps = maps[:, None, None].repeat(square, 1).repeat(square, 2)
    count, height, width = maps.shape
    columns = columns or _columns(count)
    rows = -(-count // columns)
    strongest = float(np.abs(maps).max(initial=0.0)) if limit is None else limit
    cells = np.empty((rows * columns, height + 1, width + 1, 3), np.uint8)
    cells[:] = PAPER
    cells[:count, :height, :width] = colour_signed(maps, strongest)
    grid = cells.reshape(rows, columns, height + 1, width + 1, 3).swapaxes(1, 2)
    return grid.reshape(rows * (height + 1), columns * (width + 1), 3)[:-1, :-1]


def strip(values: NDArray[np.float32], square: int = 8, columns: int = 64) -> NDArray[np.uint8]:
    """Return units (units,) as squares in lines of `columns`; smaller squares in longer lines where there are many.

    Returns:
        (height, width, 3) RGB.
    """
    while square > 1 and len(values) * (square + 1) ** 2 > LARGEST:
        square, columns = square // 2, columns * 2
    return mosaic(values, square=square, columns=min(columns, len(values)))


def _columns(count: int) -> int:
    """Return how many maps stand in a row: a divisor where there is one of a good size, or about that size."""
    divisor, wanted = columns_for(count), math.sqrt(2 * count)
    return divisor if wanted / 2 <= divisor <= wanted * 2 else math.ceil(wanted)
