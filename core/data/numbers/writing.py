"""Lines of several digits, made of single digits: MNIST's, and those that people wrote with a pen.

Digits of one line are of one source, and of one person and one pen where people are known. They stand well apart,
touch, overlap, or lean; sizes, distances and the baseline vary as in a quick hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.data.images.digits import EDGE
from core.data.images.image_set import ImageSet
from core.data.images.nondigits import LETTERS, fonts, letter, noise, scribble, shape
from core.data.numbers.line import DIGITS, fit_line
from core.data.pen.drawing import Change, Pen, as_it_is, draw_strokes, move, random_pen
from core.data.pen.unipen import Character

Array = NDArray[np.float32]
Lines = list[NDArray[np.uint8]]
Layout = Literal["spaced", "touching", "overlapping", "slanted"]
"""How the digits of a line stand."""
LAYOUTS: tuple[Layout, ...] = ("spaced", "touching", "overlapping", "slanted")

_FILLS = 0.7  # share of the canvas that a character takes (`core.data.pen.drawing`)


@dataclass(frozen=True)
class Scribe:
    """Who writes: gives digits as ink.

    Attributes:
        choose: (how many digits, chance) -> what they are, (count,), and their ink (h, w) in 0-1, each cropped.
        source: in words.
    """

    choose: Callable[[int, np.random.Generator], tuple[list[int], list[Array]]]
    source: str


def mnist_scribe(digits: ImageSet, side: int) -> Scribe:
    """Return who writes with MNIST's digits, each scaled so that 20 of its pixels become `side`; turned and thickened.

    Args:
        digits: (N, 28, 28).
        side: height of most digits, pixels.
    """

    def choose(count: int, draw: np.random.Generator) -> tuple[list[int], list[Array]]:
        turn, slant = draw.normal(0, 2.5), draw.normal(0, 0.08)
        chosen = draw.integers(len(digits.images), size=count)
        inks = [
            _cropped(_turned(digits.images[at], side / 20, turn + draw.normal(0, 2.5), slant, draw)) for at in chosen
        ]
        return [int(digits.labels[at]) for at in chosen], inks

    return Scribe(choose, digits.source)


def pen_scribe(
    characters: Sequence[Character],
    side: int,
    pen: Callable[[np.random.Generator], Pen] = random_pen,
    change: Change = as_it_is,
    source: str = "",
) -> Scribe:
    """Return who writes with strokes: one person and one pen a line, all the digits that this person has alike often.

    A person of many digits writes more lines than one of few, but only with the square root of their number.

    Args:
        characters: digits of many people.
        side: the larger side of most digits, pixels.
        pen: chooses a pen.
        change: makes another character of one before it is drawn.
        source: in words.
    """
    by_writer: dict[int, dict[str, list[Character]]] = {}
    for one in characters:
        by_writer.setdefault(one.writer, {}).setdefault(one.label, []).append(one)
    writers = sorted(by_writer)
    weights = np.sqrt([sum(map(len, by_writer[writer].values())) for writer in writers])

    def choose(count: int, draw: np.random.Generator) -> tuple[list[int], list[Array]]:
        written = by_writer[int(draw.choice(writers, p=weights / weights.sum()))]
        held, labels, inks = pen(draw), draw.choice(sorted(written), count), []
        for label in labels:
            one = change(written[label][draw.integers(len(written[label]))], draw)
            mine = replace(held, turn=held.turn + draw.normal(0, 1.5), width=held.width * np.exp(draw.normal(0, 0.03)))
            canvas = draw_strokes(move(one.strokes, mine, draw), mine.width, mine.softness, round(side / _FILLS))
            inks.append(_cropped(canvas.astype(np.float32) / np.float32(255)))
        return [int(label) for label in labels], inks

    return Scribe(choose, source)


def write_line(scribe: Scribe, count: int, layout: Layout, draw: np.random.Generator) -> tuple[Array, list[int]]:
    """Return a line (HEIGHT, W) of `count` digits as `core.data.numbers.line` prepares it, and the digits."""
    labels, inks = scribe.choose(count, draw)
    inks = [_resized(ink, float(np.exp(draw.normal(0, 0.1)))) for ink in inks]
    if layout == "slanted":
        lean = draw.uniform(0.25, 0.55) * draw.choice([1, 1, 1, -1])
        inks = [_cropped(_slanted(ink, lean)) for ink in inks]
    return fit_line(_cropped(_beside_each_other(inks, layout, draw))), labels


def write_nothing(draw: np.random.Generator, *, held_out: bool = False) -> Array:
    """Return a line in which there is no number: scribbles, shapes, noise, letters, one or several of them.

    Args:
        draw: chance.
        held_out: whether letters are in the fonts kept for measuring.
    """
    files = fonts(held_out)
    makers: list[Callable[[np.random.Generator], NDArray[np.uint8]]] = [
        scribble,
        shape,
        noise,
        lambda chance: letter(chance, LETTERS, files),
    ]
    make = makers[int(draw.choice(len(makers), p=[0.35, 0.3, 0.05, 0.3]))]
    pieces = int(draw.choice([1, 1, 1, 2, 3, 5]))
    inks = [_cropped(make(draw).astype(np.float32) / np.float32(255)) for _ in range(pieces)]
    inks = [_resized(ink, min(1.0, 56 / max(ink.shape))) for ink in inks]
    if draw.random() < 0.2:  # a long scribble fills the sheet
        inks = [_resized(_resized(ink, 1.0, wider=float(draw.uniform(1, 4))), 1.0) for ink in inks[:1]]
    return fit_line(_cropped(_beside_each_other(inks, "spaced", draw)))


def many_lines(
    scribes: Sequence[Scribe],
    count: int,
    seed: int,
    *,
    layouts: Sequence[Layout] = LAYOUTS,
    lengths: tuple[int, int] = (1, DIGITS),
    nothing: float = 0.0,
) -> tuple[Lines, list[list[int]]]:
    """Return lines (HEIGHT, W) in 0-255 to learn from, and the digits of each; none where there is no number.

    Args:
        scribes: who writes, in turn.
        count: how many lines.
        seed: of all that is drawn by chance.
        layouts: how digits stand.
        lengths: fewest and most digits.
        nothing: share of lines without a number.
    """
    draw = np.random.default_rng(seed)
    lines: Lines = []
    targets: list[list[int]] = []
    for number in range(count):
        if draw.random() < nothing:
            line, digits = write_nothing(draw), list[int]()
        else:
            layout = layouts[int(draw.integers(len(layouts)))]
            length = int(draw.integers(lengths[0], lengths[1] + 1))
            line, digits = write_line(scribes[number % len(scribes)], length, layout, draw)
        lines.append((line * 255 + 0.5).astype(np.uint8))
        targets.append(digits)
    return lines, targets


def _beside_each_other(inks: Sequence[Array], layout: Layout, draw: np.random.Generator) -> Array:
    """Return the pieces of ink on one canvas, at distances that suit the layout."""
    unit = float(np.median([ink.shape[0] for ink in inks]))
    slope = draw.normal(0, 0.03)
    lefts, tops = [0], [0]
    for before, ink in pairwise(inks):
        top = round(unit * (draw.normal(0, 0.05)) + slope * lefts[-1] + (unit - ink.shape[0]) / 2)
        step = _touch(before, ink, top - tops[-1]) + round(_gap(layout, before, ink, unit, draw))
        if layout == "spaced":
            step = max(
                step, before.shape[1] + round(0.12 * unit)
            )  # columns without ink between them, where one can cut
        lefts.append(lefts[-1] + max(step, 1))
        tops.append(top)
    lefts = [left - min(lefts) for left in lefts]
    tops = [top - min(tops) for top in tops]
    right = max(left + ink.shape[1] for left, ink in zip(lefts, inks, strict=True))
    bottom = max(top + ink.shape[0] for top, ink in zip(tops, inks, strict=True))
    canvas = np.zeros((bottom, right), np.float32)
    for left, top, ink in zip(lefts, tops, inks, strict=True):
        part = canvas[top : top + ink.shape[0], left : left + ink.shape[1]]
        np.maximum(part, ink, out=part)
    return canvas


def _gap(layout: Layout, before: Array, ink: Array, unit: float, draw: np.random.Generator) -> float:
    """Return the distance of two digits where they are nearest, pixels; below zero they overlap."""
    if layout == "spaced":
        return unit * float(draw.choice([draw.uniform(0.08, 0.3), draw.uniform(0.08, 0.9)]))
    if layout == "touching":
        return unit * draw.uniform(-0.03, 0.0)
    if layout == "overlapping":  # never so far that one hides in the other
        return -min(unit * draw.uniform(0.03, 0.12), 0.3 * min(before.shape[1], ink.shape[1]))
    return unit * draw.uniform(0.0, 0.25)


def _touch(before: Array, ink: Array, lower: int) -> int:
    """Return how far right of the left end of `before` the ink, `lower` rows below it, begins where both just touch."""
    first, last = max(0, lower), min(len(before), lower + len(ink))
    if last <= first:
        return before.shape[1]
    left, right = before[first:last] > EDGE, ink[first - lower : last - lower] > EDGE
    both = left.any(1) & right.any(1)
    if not both.any():
        return before.shape[1]
    ends = left.shape[1] - left[both][:, ::-1].argmax(1)
    return int((ends - right[both].argmax(1)).max())


def _cropped(ink: Array) -> Array:
    """Return the bounding box of the ink, its darkest 1; one dot where there is none."""
    solid = ink > EDGE
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    if not len(rows):
        return np.ones((1, 1), np.float32)
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return (crop / max(float(crop.max()), 1e-6)).astype(np.float32)


def _resized(ink: Array, factor: float, wider: float = 1.0) -> Array:
    size = (max(1, round(ink.shape[1] * factor * wider)), max(1, round(ink.shape[0] * factor)))
    return np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR))


def _slanted(ink: Array, lean: float) -> Array:
    """Return the ink with its top moved to the right by `lean` times its height."""
    height, width = ink.shape
    extra = int(np.ceil(abs(lean) * height))
    matrix = (1, lean, -lean * height / 2 - extra / 2, 0, 1, 0)
    sheet = Image.fromarray(ink).transform(
        (width + extra, height), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
    )
    return np.asarray(sheet)


def _turned(digit: NDArray[np.uint8], scale: float, turn: float, slant: float, draw: np.random.Generator) -> Array:
    """Return a digit of MNIST (28, 28) in 0-255, turned by degrees, leaning, stretched and scaled, in 0-1."""
    side = round(32 * scale)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    stretch = float(np.exp(draw.normal(0, 0.08)))
    change = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1 / stretch, slant], [0, 1]]) / scale
    shift = 14 - change @ (np.array([side, side]) / 2)
    matrix = (*change[0], shift[0], *change[1], shift[1])
    sheet = Image.fromarray(digit).transform((side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return np.asarray(sheet, np.float32) / np.float32(255)
