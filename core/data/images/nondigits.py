"""What people draw that is no digit: letters, scribbles, shapes, noise, two digits at once.

Made here rather than collected, so that the network that says "no digit" can be
trained and measured anywhere. The letters come from the fonts that matplotlib
carries, half of them reduced to their skeleton and drawn again with a round pen,
which is how a letter looks on the canvas.
"""

import string
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy
import skimage
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.data.images.digits import prepare

Array = NDArray[np.float32]
Canvas = NDArray[np.uint8]

SIDE = 112
"""Side of the canvas on which non-digits are drawn, pixels."""

LOOKALIKES = frozenset("oOlIiSsZzBbqgDQGYy")
"""Letters that a hurried hand also uses for a digit; no network is taught to refuse them."""
LETTERS = "".join(sorted(set(string.ascii_letters) - LOOKALIKES))
"""Letters that are no digit in any hand."""

HELD_OUT_FONTS = ("DejaVuSansMono", "STIX")
"""Fonts (beginnings of their names) that are only used to measure, never to train."""


def fonts(held_out: bool) -> tuple[Path, ...]:
    """Return the font files for measuring (`held_out`) or for training, in a fixed order."""
    import matplotlib  # a quarter of a second, for the folder of its fonts

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    usable = [
        path
        for path in sorted(folder.glob("*.ttf"))
        if path.stem.startswith(("DejaVu", "cmr", "cmss", "cmtt", "cmb", "STIXGeneral")) and "Display" not in path.stem
    ]
    return tuple(path for path in usable if path.stem.startswith(HELD_OUT_FONTS) == held_out)


def letter(draw: np.random.Generator, characters: str, files: tuple[Path, ...]) -> Canvas:
    """Return a canvas with one character in one of the fonts, printed or traced with a pen."""
    character = characters[draw.integers(len(characters))]
    face = ImageFont.truetype(str(files[draw.integers(len(files))]), int(draw.integers(60, 96)))
    picture = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), character, fill=255, font=face, anchor="mm")
    printed = np.asarray(picture)
    if draw.random() < 0.4:
        return printed
    distance = scipy.ndimage.distance_transform_edt(~skimage.morphology.skeletonize(printed > 127))
    pen = draw.uniform(1.5, 6.0)
    return ((pen + 0.5 - distance).clip(0, 1) * 255).astype(np.uint8)


def scribble(draw: np.random.Generator) -> Canvas:
    """Return a canvas with a smooth random line that crosses itself."""
    turns = int(draw.integers(12, 40))
    corners = (np.cumsum(draw.normal(0, SIDE / 5, (turns, 2)), 0) + SIDE / 2).clip(8, SIDE - 8)
    smooth = scipy.ndimage.gaussian_filter1d(np.repeat(corners, 6, axis=0), draw.uniform(2, 5), axis=0)
    return _pen([tuple(point) for point in smooth], int(draw.integers(3, 11)))


def shape(draw: np.random.Generator) -> Canvas:
    """Return a canvas with a dot, block, disc, frame, triangle, cross, star, arrow, lying line or wave."""
    picture = Image.new("L", (SIDE, SIDE))
    pen = ImageDraw.Draw(picture)
    left, top = draw.integers(8, 46, 2)
    width, height = draw.integers(24, 58, 2)
    right, bottom, line = int(left + width), int(top + height), int(draw.integers(3, 11))
    left, top = int(left), int(top)
    middle, centre = (left + right) // 2, (top + bottom) // 2
    kind = int(draw.integers(0, 11))
    if kind == 0:
        pen.rectangle((left, top, right, bottom), fill=255)
    elif kind == 1:
        pen.ellipse((left, top, right, bottom), fill=255)
    elif kind == 2:
        pen.ellipse((left, top, left + line, top + line), fill=255)
    elif kind == 3:
        pen.rectangle((left, top, right, bottom), outline=255, width=line)
    elif kind == 4:
        pen.line([(left, bottom), (middle, top), (right, bottom), (left, bottom)], fill=255, width=line, joint="curve")
    elif kind == 5:
        pen.line((left, top, right, bottom), fill=255, width=line)
        pen.line((right, top, left, bottom), fill=255, width=line)
    elif kind == 6:
        pen.line((left, centre, right, centre), fill=255, width=line)
        pen.line((middle, top, middle, bottom), fill=255, width=line)
    elif kind == 7:
        pen.line((left, centre, right + 20, centre), fill=255, width=line)
    elif kind == 8:
        spokes = int(draw.integers(3, 7))
        for angle in np.arange(spokes) * np.pi / spokes + draw.uniform(0, np.pi):
            x, y = np.cos(angle) * width / 2, np.sin(angle) * width / 2
            pen.line((middle - x, centre - y, middle + x, centre + y), fill=255, width=line)
    elif kind == 9:
        pen.line((left, centre, right, centre), fill=255, width=line)
        pen.line([(right - 16, top), (right, centre), (right - 16, bottom)], fill=255, width=line)
    else:
        steps = np.linspace(0, 1, 60)
        waves = centre + height / 3 * np.sin(steps * np.pi * 2 * draw.uniform(1.5, 4))
        return _pen(list(zip(8 + steps * (SIDE - 16), waves, strict=True)), line)
    return np.asarray(picture.rotate(float(draw.uniform(-15, 15)), resample=Image.Resampling.BILINEAR))


def noise(draw: np.random.Generator) -> Canvas:
    """Return a canvas of random cells, fine or coarse."""
    cells = int(draw.choice([7, 14, 28, SIDE]))
    values = (draw.random((cells, cells)) > draw.uniform(0.5, 0.95)) * 255
    return np.repeat(np.repeat(values, SIDE // cells, 0), SIDE // cells, 1).astype(np.uint8)


def pair(draw: np.random.Generator, digits: NDArray[np.uint8]) -> Canvas:
    """Return a canvas with two of the digits (N, 28, 28), beside or on top of each other."""
    first, second = digits[draw.integers(len(digits), size=2)]
    if draw.random() < 0.7:
        overlap = int(draw.integers(6, 12))
        canvas = np.zeros((28, 56 - overlap), np.uint8)
        canvas[:, :28] = first
        canvas[:, 28 - overlap :] = np.maximum(canvas[:, 28 - overlap :], second)
        return canvas
    return np.maximum(first, np.roll(np.rot90(second), tuple(draw.integers(-3, 4, 2)), (0, 1)))


def nondigits(count: int, seed: int, digits: NDArray[np.uint8], held_out: bool) -> dict[str, Array]:
    """Return prepared non-digits by kind: letters, scribbles, shapes, noise, pairs; each (n, 28, 28).

    Args:
        count: how many altogether; half of them letters.
        seed: of the drawing.
        digits: (N, 28, 28) from which pairs are made.
        held_out: whether letters are in the fonts kept for measuring.
    """
    files = fonts(held_out)
    makers: dict[str, tuple[float, Callable[[np.random.Generator], Canvas]]] = {
        "letters": (0.5, lambda draw: letter(draw, LETTERS, files)),
        "scribbles": (0.15, scribble),
        "shapes": (0.15, shape),
        "noise": (0.05, noise),
        "pairs": (0.15, lambda draw: pair(draw, digits)),
    }
    draw = np.random.default_rng(seed)
    return {
        kind: np.stack([prepare(make(draw), "light").pixels for _ in range(round(share * count))])
        for kind, (share, make) in makers.items()
    }


def traced_digits(count: int, seed: int, digits: NDArray[np.uint8]) -> Array:
    """Return digits as they look on a canvas, (count, 28, 28): printed or traced, or MNIST's with hard edges.

    Without them a network could tell digits from non-digits by the texture of
    the pen instead of the shape.
    """
    draw = np.random.default_rng(seed)
    files = fonts(held_out=False)
    made = []
    for number in range(count):
        if number % 3 == 0:
            canvas = letter(draw, string.digits, files)
        else:
            digit = Image.fromarray(digits[draw.integers(len(digits))])
            smooth = np.asarray(digit.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
            if number % 3 == 1:
                canvas = ((smooth > draw.integers(60, 180)) * 255).astype(np.uint8)
            else:
                distance = scipy.ndimage.distance_transform_edt(~skimage.morphology.skeletonize(smooth > 110))
                canvas = ((draw.uniform(2.5, 6.0) + 0.5 - distance).clip(0, 1) * 255).astype(np.uint8)
        made.append(prepare(canvas, "light").pixels)
    return np.stack(made)


def _pen(points: list[tuple[float, float]], width: int) -> Canvas:
    picture = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(picture).line(points, fill=255, width=width, joint="curve")
    return np.asarray(picture)
