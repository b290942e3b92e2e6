"""From any picture of a number to the line of pixels that the networks read.

The steps are those of `core.data.images.digits`, which prepares one digit, but that a line keeps its width: the ink is
found, cropped to its bounding box, and scaled to `BOX` rows with its proportions kept.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from core.data.images.digits import EDGE, Polarity, Stage, brightness, find_ink, thickened

Array = NDArray[np.float32]

HEIGHT = 32
"""Rows of a line, pixels."""
BOX = 26
"""Rows into which the ink is scaled."""
MARGIN = 4
"""Empty columns before the ink and after it."""
MOST_WIDTH = 512
"""Columns of the widest line; ink that would be wider gets fewer rows instead."""
DIGITS = 8
"""Digits of the longest lines that networks learn from."""

# A crisp line that goes straight down looks more like the stem of a printed letter than like a one by hand. Softened,
# 69 of 72 numbers drawn for the choice are read right instead of 56; lines by the writers to choose by lose 0.4 points.
_LARGE = 2.0  # ink so many times as high as `BOX` is softened
_SOFT = 0.035  # of its height, over which such ink is softened
_SPECK = 0.15  # pieces smaller than this share of the tallest piece are no digits
_DOT = 0.15  # round and filled ink smaller than this share of the sheet's height is a dot


@dataclass(frozen=True)
class PreparedLine:
    """A number ready to be read.

    Attributes:
        pixels: (HEIGHT, W), ink 1 on background 0.
        stages: every step on the way, the first is the drawing itself.
        blank: whether there was nothing to prepare.
        dot: whether all the ink is no larger than a dot.
        squeezed: whether the line was too wide for `BOX` rows.
        specks: whether pieces too small for a digit were left out: dust, or a point somebody has written.
    """

    pixels: Array
    stages: tuple[Stage, ...]
    blank: bool = False
    dot: bool = False
    squeezed: bool = False
    specks: bool = False


def prepare_line(drawing: ArrayLike | Image.Image, polarity: Polarity = "auto") -> PreparedLine:
    """Turn a drawing, scan or photograph of a number into a line.

    Args:
        drawing: (H, W) or (H, W, channels), numbers in 0-1 or 0-255; or a Pillow image.
        polarity: whether the ink is ``"light"`` or ``"dark"`` on its background; ``"auto"`` looks at the border.

    Raises:
        UnreadableImage: not a picture (wrong shape or kind of values).
    """
    grey = brightness(drawing)
    stages = [Stage("drawing", grey, f"{grey.shape[1]} x {grey.shape[0]} pixels, 0 black to 1 white")]
    ink, note = find_ink(grey, polarity)
    ink, tallest, specks = _without_specks(ink)
    peak = float(ink.max(initial=0.0))
    if peak <= 0:
        return PreparedLine(np.zeros((HEIGHT, 2 * MARGIN + 1), np.float32), tuple(stages), blank=True)
    ink = ink / peak
    if polarity != "light":
        ink = thickened(ink, tallest)
    stages.append(Stage("ink", ink, note))

    solid = ink > EDGE
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    stages.append(Stage("cropped", crop, f"bounding box, {crop.shape[1]} x {crop.shape[0]}"))

    if len(crop) > _LARGE * BOX:
        crop = _softened(crop)
    pixels = fit_line(crop)
    stages.append(
        Stage("scaled", pixels, f"to {HEIGHT} rows, proportions kept: {pixels.shape[1]} x {HEIGHT} with its margins")
    )
    height, width = crop.shape
    return PreparedLine(
        pixels,
        tuple(stages),
        dot=max(crop.shape) < _DOT * grey.shape[0] and 0.5 < height / width < 2 and float((crop > 0.5).mean()) > 0.6,
        squeezed=width / height > (MOST_WIDTH - 2 * MARGIN) / BOX,
        specks=specks,
    )


def fit_line(crop: Array) -> Array:
    """Return ink (h, w) scaled into a line (HEIGHT, W), its darkest 1."""
    height, width = crop.shape
    scale = max(height / BOX, width / (MOST_WIDTH - 2 * MARGIN))
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    small = np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.HAMMING)).clip(0, 1)
    pixels = np.zeros((HEIGHT, size[0] + 2 * MARGIN), np.float32)
    top = (HEIGHT - size[1]) // 2
    pixels[top : top + size[1], MARGIN : MARGIN + size[0]] = small / max(float(small.max()), 1e-6)
    return pixels


def _softened(crop: Array) -> Array:
    """Return ink (h, w) with soft edges, cropped anew, its darkest 1."""
    deviation = _SOFT * len(crop)
    soft = scipy.ndimage.gaussian_filter(np.pad(crop, int(np.ceil(2 * deviation))), deviation)
    soft = soft / max(float(soft.max()), 1e-6)
    solid = soft > EDGE
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    return soft[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _without_specks(ink: Array) -> tuple[Array, int, bool]:
    """Drop pieces far smaller than the tallest one; return the rest, the tallest's height, and whether any was."""
    labels, _ = scipy.ndimage.label(ink > EDGE * ink.max(initial=0.0), np.ones((3, 3)))
    boxes = scipy.ndimage.find_objects(labels)
    if not boxes:
        return np.zeros_like(ink), 0, False
    sides = np.array([(rows.stop - rows.start, columns.stop - columns.start) for rows, columns in boxes])
    tallest = int(sides[:, 0].max())
    small = 1 + np.flatnonzero(sides.max(1) < _SPECK * tallest)
    if not len(small):
        return ink, tallest, False
    mask = scipy.ndimage.binary_dilation(np.isin(labels, small), np.ones((3, 3)), iterations=2)
    return np.where(mask & ~np.isin(labels, np.setdiff1d(labels, small)[1:]), 0, ink).astype(np.float32), tallest, True
