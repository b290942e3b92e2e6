"""Small pictures made large with sharp pixels, so that a box can be drawn between them."""

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import colour_grey, colour_signed

Picture = NDArray[np.uint8]
BOX = (230, 159, 0)
"""Colour of a box: orange, seen on black, white, red and blue."""


def enlarge(picture: Picture, factor: int) -> Picture:
    """Return a picture (H, W) or (H, W, 3) as RGB (factor * H, factor * W, 3), every pixel a square."""
    colour = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, 2)
    return colour.repeat(factor, 0).repeat(factor, 1)


def boxed(picture: Picture, factor: int, top: int, left: int, bottom: int, right: int) -> Picture:
    """Return a picture enlarged, with a box around its rows top..bottom-1 and columns left..right-1."""
    large = enlarge(picture, factor)
    line = max(1, factor // 4)
    first, last = top * factor, bottom * factor
    start, end = left * factor, right * factor
    large[first : first + line, start:end] = BOX
    large[last - line : last, start:end] = BOX
    large[first:last, start : start + line] = BOX
    large[first:last, end - line : end] = BOX
    return large


def beside(left: Picture, right: Picture, gap: int = 8) -> Picture:
    """Return two RGB pictures of the same height side by side on transparent ground, (H, W, 4)."""
    height = left.shape[0]
    wide = np.zeros((height, left.shape[1] + gap + right.shape[1], 4), np.uint8)
    wide[:, : left.shape[1], :3], wide[:, : left.shape[1], 3] = left, 255
    wide[:, left.shape[1] + gap :, :3], wide[:, left.shape[1] + gap :, 3] = right, 255
    return wide


def crop(picture: Picture, top: int, left: int, bottom: int, right: int, side: int) -> Picture:
    """Return a part of a grey picture, enlarged to about `side` pixels and padded to exactly that square, RGB."""
    part = picture[top:bottom, left:right]
    factor = max(1, side // max(part.shape))
    large = enlarge(part, factor)
    square = np.full((side, side, 3), 128, np.uint8)
    y, x = (side - large.shape[0]) // 2, (side - large.shape[1]) // 2
    square[y : y + large.shape[0], x : x + large.shape[1]] = large
    return square


def over_digit(values: NDArray[np.float32], digit: NDArray[np.float32], limit: float, factor: int = 8) -> Picture:
    """Return signed values (28, 28) in colour with the digit's ink as a shadow on them, RGB enlarged.

    White is no influence, grey is ink without influence, red speaks for and blue against.
    """
    colour = colour_signed(values, limit).astype(np.float32)
    shadow = 1 - 0.3 * digit.clip(0, 1)[..., None]
    return enlarge((colour * shadow).astype(np.uint8), factor)


def grey(values: NDArray[np.float32], factor: int = 1) -> Picture:
    """Return values in 0-1 as a grey picture, RGB, enlarged."""
    return enlarge(colour_grey(values), factor)
