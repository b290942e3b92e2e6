"""From any picture of a digit to the 28x28 that the networks were trained on.

The steps are those with which MNIST was made: the ink is found, cropped to its
bounding box, scaled into 20x20 with its proportions kept, and placed in 28x28 by
its centre of mass (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning
applied to document recognition", 1998, section III.A). Photographs first lose
their background.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import scipy  # parts of it are imported when they are used: the first answer needs none
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageOps

from core.data.images.paper import crop_to_sheet, remove_printed_lines
from core.data.images.pictures import MAX_PIXELS, MAX_SIDE, UnreadableImage, in_eight_bits

Array = NDArray[np.float32]
Polarity = Literal["auto", "light", "dark"]

BOX = 20
"""Side of the box into which the ink is scaled, pixels."""
SIDE = 28
"""Side of the picture that the networks read, pixels."""

EDGE = 0.2
"""Ink darker than this share of the darkest counts for the bounding box."""

_FAINT = 0.04  # less contrast than this (of 0-1) is an empty sheet
_FLAT = 0.05  # a border that varies less than this belongs to a drawing, not to a photograph
_THIN, _WIDENED = 0.02, 0.05  # lines thinner than this share of a digit are widened to that
_MAX_ELEMENTS = 200_000_000
_BYTE_TO_UNIT = np.arange(256, dtype=np.float32) / 255


@dataclass(frozen=True)
class Stage:
    """One step of the preparation: its picture (H, W) in 0-1, and what was done in a few words."""

    name: str
    image: Array
    note: str


@dataclass(frozen=True)
class Ink:
    """What was drawn, measured before it was scaled.

    Attributes:
        height: height of the bounding box as a share of the drawing's height.
        width: width of the bounding box as a share of the drawing's width.
        fill: share of the bounding box that is covered with ink, 0-1.
        solid: (H, W), where there is ink.
    """

    height: float
    width: float
    fill: float
    solid: NDArray[np.bool_]

    @cached_property
    def strokes(self) -> int:
        """The number of separate pieces of ink; two that touch at a corner are one."""
        return int(scipy.ndimage.label(self.solid, np.ones((3, 3)))[1])


@dataclass(frozen=True)
class Prepared:
    """A digit ready to be read.

    Attributes:
        pixels: (28, 28), ink 1 on background 0.
        stages: every step on the way, the first is the drawing itself.
        ink: measurements of the ink, or None when the sheet is empty.
    """

    pixels: Array
    stages: tuple[Stage, ...]
    ink: Ink | None

    @property
    def blank(self) -> bool:
        """Whether there was nothing to prepare."""
        return self.ink is None


def prepare(drawing: ArrayLike | Image.Image, polarity: Polarity = "auto") -> Prepared:
    """Turn a drawing, scan or photograph of one digit into the 28x28 picture of MNIST.

    Args:
        drawing: (H, W), (H, W, 1), grey with alpha (H, W, 2), RGB (H, W, 3) or RGBA
            (H, W, 4); booleans, integers or floats in 0-1 or 0-255; or a Pillow image.
        polarity: whether the ink is ``"light"`` or ``"dark"`` on its background;
            ``"auto"`` looks at the border of the picture.

    Returns:
        The 28x28 pixels with every stage that led to them. An empty sheet gives
        28x28 zeros and `ink` None.

    Raises:
        UnreadableImage: not a picture (wrong shape or kind of values).
    """
    grey = brightness(drawing)
    stages = [Stage("drawing", grey, f"{grey.shape[1]} x {grey.shape[0]} pixels, 0 black to 1 white")]
    ink, note = find_ink(grey, polarity)
    ink = _without_specks(ink)
    peak = float(ink.max(initial=0.0))
    if peak <= 0:
        return Prepared(np.zeros((SIDE, SIDE), np.float32), tuple(stages), None)
    ink = ink / peak
    if polarity != "light":  # a canvas's thinnest brush needs none of it, and its browser prepares without
        ink = thickened(ink)
    stages.append(Stage("ink", ink, note))

    solid = ink > EDGE
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    stages.append(Stage("cropped", crop, f"bounding box, {crop.shape[1]} x {crop.shape[0]}"))

    small = _fit(crop)
    stages.append(Stage("scaled", small, f"into {BOX} x {BOX}, proportions kept: {small.shape[1]} x {small.shape[0]}"))
    pixels, shift = _centre(small)
    stages.append(Stage("centred", pixels, f"centre of mass to the middle of {SIDE} x {SIDE}: {shift}"))
    measured = Ink(
        height=crop.shape[0] / grey.shape[0],
        width=crop.shape[1] / grey.shape[1],
        fill=float((crop > 0.5).mean()),
        solid=solid,
    )
    return Prepared(pixels, tuple(stages), measured)


def from_pixels(pixels: ArrayLike, name: str = "drawing", note: str = "28 x 28, as it stands in MNIST") -> Prepared:
    """Wrap a picture that is prepared already, an MNIST digit for example.

    Args:
        pixels: (28, 28), ink 1 on background 0.
        name: of its only stage.
        note: on its only stage.

    Raises:
        UnreadableImage: not (28, 28).
    """
    image = np.asarray(pixels, np.float32)
    if image.shape != (SIDE, SIDE):
        raise UnreadableImage(f"A prepared digit has {SIDE} x {SIDE} pixels, not {image.shape}.")
    solid = image > EDGE
    if not solid.any():
        return Prepared(image, (Stage(name, image, note),), None)
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    box = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    ink = Ink(
        height=box.shape[0] / SIDE,
        width=box.shape[1] / SIDE,
        fill=float((box > 0.5).mean()),
        solid=solid,
    )
    return Prepared(image, (Stage(name, image, note),), ink)


def brightness(drawing: ArrayLike | Image.Image) -> Array:
    """Return the brightness (H, W) in 0-1 of any picture, at most `MAX_SIDE` pixels long.

    What is transparent becomes black or white, whatever its ink stands out from.

    Raises:
        UnreadableImage: not a picture (wrong shape or kind of values).
    """
    if isinstance(drawing, Image.Image):
        drawing = _decoded(drawing)
    try:
        array = np.asarray(drawing)
    except ValueError:
        raise UnreadableImage("This is not a picture: its rows differ in length.") from None
    if array.dtype.kind not in "buif":
        raise UnreadableImage("This is not a picture: its values are not numbers.")
    if array.ndim not in (2, 3) or array.size == 0 or (array.ndim == 3 and array.shape[2] > 4):
        raise UnreadableImage(
            f"This is not a picture: it has the shape {array.shape}, not (height, width) with 1 to 4 channels."
        )
    if array.size > _MAX_ELEMENTS:
        raise UnreadableImage(f"The picture is too large: {array.shape[1]:,} x {array.shape[0]:,} pixels.")
    step = -(-max(array.shape[:2]) // (4 * MAX_SIDE))  # huge arrays are thinned out before anything is copied
    if step > 1:
        array = array[::step, ::step]
    values = _unit_range(array)
    if values.ndim == 3:
        values = _flatten_channels([values[..., channel] for channel in range(values.shape[2])])
    if max(values.shape) > MAX_SIDE:
        ratio = MAX_SIDE / max(values.shape)
        size = (max(1, round(values.shape[1] * ratio)), max(1, round(values.shape[0] * ratio)))
        values = np.asarray(Image.fromarray(values).resize(size, Image.Resampling.BOX))
    return values


def _decoded(picture: Image.Image) -> NDArray[np.generic]:
    """Return a picture upright, with its channels. Pillow opens files lazily, so a damaged one is found out here."""
    if picture.width * picture.height > MAX_PIXELS:
        raise UnreadableImage(f"The picture has too many pixels; at most {MAX_PIXELS // 1_000_000} million are read.")
    try:
        return np.asarray(ImageOps.exif_transpose(in_eight_bits(picture)).convert("RGBA"))
    except (OSError, SyntaxError, ValueError, TypeError, MemoryError, OverflowError):
        raise UnreadableImage("The picture is damaged and cannot be read.") from None


def _unit_range(array: NDArray[np.generic]) -> Array:
    """Return the values as 0-1; NaN becomes 0, what lies outside the range is clipped."""
    if array.dtype == np.uint8:
        return _BYTE_TO_UNIT[array]
    if array.dtype == np.bool_:
        return array.astype(np.float32)
    values = np.nan_to_num(array.astype(np.float64), nan=0.0, posinf=1e300, neginf=0.0).clip(min=0)
    peak = values.max(initial=0.0)
    if array.dtype.kind in "iu" or peak > 1:
        values = values / max(peak, 255.0)
    return values.astype(np.float32)


def _flatten_channels(channels: list[Array]) -> Array:
    """Return one to four channels (H, W) in 0-1 as brightness (H, W).

    Transparent pictures are laid on the paper that their ink stands out from.
    """
    if len(channels) >= 3:
        red, green, blue = channels[:3]
        grey = np.float32(0.299) * red + np.float32(0.587) * green + np.float32(0.114) * blue
    else:
        grey = channels[0]
    if len(channels) in (1, 3):
        return grey
    alpha = channels[-1]
    if alpha.min() > 0.99:
        return grey
    visible = float(alpha.sum())
    paper = 1.0 if visible > 0 and float((grey * alpha).sum()) / visible < 0.5 else 0.0
    return grey * alpha + np.float32(paper) * (1 - alpha)


def find_ink(grey: Array, polarity: Polarity) -> tuple[Array, str]:
    """Return how much ink there is at each place, (H, W) >= 0, and what was done to find it.

    Args:
        grey: brightness (H, W) in 0-1.
        polarity: whether the ink is light or dark, or to be found out.
    """
    low, high = float(grey.min()), float(grey.max())
    if polarity == "light":
        return grey - low if high - low > _FAINT else np.zeros_like(grey), "light ink kept as it is"
    grey = crop_to_sheet(grey)
    low, high = float(grey.min()), float(grey.max())
    if high - low <= _FAINT:
        return np.zeros_like(grey), ""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = float(np.median(border))
    flat = float(np.quantile(border, 0.95) - np.quantile(border, 0.05)) < _FLAT
    dark_ink = polarity == "dark" or (polarity == "auto" and (high - paper < paper - low if flat else _is_dark(grey)))
    flipped = 1 - grey if dark_ink else grey
    verb = "inverted, " if dark_ink else ""
    if flat:
        background = 1 - paper if dark_ink else paper
        ink = (flipped - background).clip(min=0)
        # The lowest tenth is paper grain or the ringing of a JPEG around its edges.
        ink, note = (ink - 0.1 * ink.max()).clip(min=0), f"{verb}paper taken as 0"
    else:
        ink, note = _remove_background(grey, dark_ink), f"{verb}uneven light removed"
    return _inside_the_edges(remove_printed_lines(ink)), note


def _is_dark(grey: Array) -> bool:
    """Return whether ink is darker than its paper, which is unevenly lit: what departs from the local median is ink."""
    ratio = min(1.0, 96 / max(grey.shape))
    size = (max(1, round(grey.shape[1] * ratio)), max(1, round(grey.shape[0] * ratio)))
    coarse = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX))
    difference = coarse - scipy.ndimage.median_filter(coarse, max(3, max(size) // 3), mode="nearest")
    light, dark = difference.clip(min=0), -difference.clip(max=0)
    return float(light.max()) < 0.1 or float((dark**2).sum()) > float((light**2).sum())  # on empty paper: dark


def _remove_background(grey: Array, dark_ink: bool) -> Array:
    """Return the ink of a photograph whose paper is unevenly lit.

    The paper's brightness is estimated by a grey closing wider than any stroke
    (for light ink: an opening), which follows the edge of a shadow; ink is what
    differs from it, in proportion to the light that falls there, and a
    threshold (Otsu 1979) parts it from grain.
    """
    from skimage.filters import threshold_otsu  # slow to import, and only photographs need it

    longer = max(grey.shape)
    smooth = scipy.ndimage.gaussian_filter(grey, longer / 400)
    window = max(3, longer // 4)
    envelope = scipy.ndimage.grey_closing if dark_ink else scipy.ndimage.grey_opening
    # Beyond the edges light goes on as it fades, or the window would find it brighter there than it is.
    margin = min(window, *(side - 1 for side in smooth.shape))
    wide = np.pad(smooth, margin, mode="reflect", reflect_type="odd")
    light = envelope(wide, size=(window, window), mode="nearest")
    light = light[margin : margin + grey.shape[0], margin : margin + grey.shape[1]]
    if dark_ink:
        ink = ((light - smooth) / np.maximum(light, 0.05)).clip(0, 1)
    else:
        ink = ((smooth - light) / np.maximum(1 - light, 0.05)).clip(0, 1)
    if float(ink.max()) <= _FAINT:
        return np.zeros_like(grey)
    threshold = threshold_otsu(ink)
    strong = ink > threshold
    inside, outside = ink[strong], ink[~strong]
    grain = float(outside.std()) if outside.size else 0.0
    if not inside.size or float(inside.mean()) - float(outside.mean()) < max(0.08, 4 * grain):
        return np.zeros_like(grey)  # nothing stands out: grain and shadows only
    full = float(np.quantile(inside, 0.5))
    floor = threshold * 0.6
    return ((ink - floor) / max(full - floor, 1e-6)).clip(0, 1)


def _inside_the_edges(ink: Array) -> Array:
    """Drop what is no ink at the edge of a picture: the table, a shadow.

    A piece along a whole side is never ink. Others at the edge go when enough is left inside.
    """
    height, width = ink.shape
    labels, count = scipy.ndimage.label(ink > 0.3 * ink.max(initial=0.0), np.ones((3, 3)))
    if not count:
        return ink
    index = np.arange(1, count + 1)
    mass = scipy.ndimage.sum_labels(ink, labels, index)
    edges = ((labels[0], width), (labels[-1], width), (labels[:, 0], height), (labels[:, -1], height))
    along = [np.bincount(edge, minlength=count + 1)[1:] >= 0.9 * length for edge, length in edges]
    drop = np.any(along, axis=0)
    at_edge = np.isin(index, np.concatenate([edge for edge, _ in edges]))
    if not drop.any() and not at_edge.any():
        return ink
    left = mass * ~drop
    if (mass * ~at_edge).max() >= 0.1 * left.max(initial=0.0) > 0:
        drop |= at_edge
    mask = scipy.ndimage.binary_dilation(np.isin(labels, index[drop]), np.ones((3, 3)), iterations=2)
    return np.where(mask & ~np.isin(labels, index[~drop]), 0, ink).astype(np.float32)


def _without_specks(ink: Array) -> Array:
    """Drop stray specks: pieces far smaller than the largest that lie away from it.

    A piece goes when it has less than 1 % of the largest piece's ink, or less
    than 8 % and its middle lies outside the largest piece's box widened by 15 %.
    """
    labels, count = scipy.ndimage.label(ink > EDGE * ink.max(initial=0.0), np.ones((3, 3)))
    if count < 2:
        return ink
    index = np.arange(1, count + 1)
    mass = scipy.ndimage.sum_labels(ink, labels, index) / max(float(ink.max()), 1e-6)
    largest = int(mass.argmax())
    rows, columns = scipy.ndimage.find_objects(labels)[largest]
    margin = 0.15 * max(rows.stop - rows.start, columns.stop - columns.start)
    centres = np.asarray(scipy.ndimage.center_of_mass(ink, labels, index))  # (count, 2)
    outside = (
        (centres[:, 0] < rows.start - margin)
        | (centres[:, 0] > rows.stop + margin)
        | (centres[:, 1] < columns.start - margin)
        | (centres[:, 1] > columns.stop + margin)
    )
    share = mass / mass[largest]
    stray = (share < 0.01) | ((share < 0.08) & outside)
    if not stray.any():
        return ink
    mask = scipy.ndimage.binary_dilation(np.isin(labels, index[stray]), np.ones((3, 3)), iterations=2)
    return np.where(mask & ~np.isin(labels, index[~stray]), 0, ink).astype(np.float32)


def thickened(ink: Array, longer: int | None = None) -> Array:
    """Widen the lines of a pen so thin that little would be left of them in 20 x 20 pixels, by all that is missing.

    The width of a line is twice its area over its outline, both counted in pixels.

    Args:
        ink: (H, W) in 0-1, not empty.
        longer: the larger side of a digit, pixels; None where all the ink is one digit.
    """
    solid = ink > EDGE
    if longer is None:
        rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
        longer = int(max(rows[-1] - rows[0], columns[-1] - columns[0])) + 1
    width = 2 * float(solid.sum()) / max(1, int((solid & ~scipy.ndimage.binary_erosion(solid)).sum()))
    if longer < 2 * SIDE or width >= _THIN * longer:
        return ink
    reach = (_WIDENED * longer - width) / 2
    away = scipy.ndimage.distance_transform_edt(~solid)
    return np.maximum(ink, (reach + 0.5 - away).clip(0, 1)).astype(np.float32)


def _fit(crop: Array) -> Array:
    """Return the crop scaled so that its longer side has 20 pixels, its darkest ink 1."""
    height, width = crop.shape
    ratio = BOX / max(height, width)
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    small = np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.HAMMING)).clip(0, 1)
    return (small / max(float(small.max()), 1e-6)).astype(np.float32)


def _centre(small: Array) -> tuple[Array, str]:
    """Return the ink in 28x28 with its centre of mass at (14, 14), and the place of its corner in words."""
    height, width = small.shape
    # a mass rounded to float32 would break ties by chance
    rows, columns = scipy.ndimage.center_of_mass(small.astype(np.float64))
    top = int(np.clip(round(SIDE / 2 - rows), 0, SIDE - height))
    left = int(np.clip(round(SIDE / 2 - columns), 0, SIDE - width))
    pixels = np.zeros((SIDE, SIDE), np.float32)
    pixels[top : top + height, left : left + width] = small
    return pixels, f"{top} down, {left} right"
