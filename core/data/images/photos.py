"""Pictures small enough to see every pixel: photographs reduced and made grey, and a toy of 7 x 7."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float64]

PHOTO_SIDE = 96
"""Longest side of a reduced photograph, pixels."""

TOY = np.array(
    [
        [0, 0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 1, 0],
        [0, 0, 0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
    ],
    np.float64,
)
"""A seven in 7 x 7 cells, (7, 7), so small that all numbers can be read."""


def grey_photo(picture: NDArray[np.uint8], side: int = PHOTO_SIDE) -> Array:
    """Return a picture as brightness (H, W) in 0-1, at most `side` pixels long, proportions kept.

    Args:
        picture: RGBA (H, W, 4) in 0-255, as `core.data.images.pictures.decode` returns it. What is
            transparent becomes white.
        side: longest side of the result.
    """
    sheet = Image.new("RGBA", (picture.shape[1], picture.shape[0]), "white")
    sheet.alpha_composite(Image.fromarray(picture))
    grey = sheet.convert("L")
    grey.thumbnail((side, side), Image.Resampling.BOX)
    values: Array = np.asarray(grey, np.float64) / 255
    return values


def in_hundredths(picture: NDArray[np.floating]) -> Array:
    """Return values rounded to hundredths, so that a number on screen is the number that is used."""
    return np.asarray(picture, np.float64).round(2)
