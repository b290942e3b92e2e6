"""Pen strokes as pictures: drawn on a canvas with a pen of any width, then prepared like any drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from core.data.images.digits import prepare
from core.data.pen.unipen import Character, Stroke

Pictures = NDArray[np.uint8]
Change = Callable[[Character, np.random.Generator], Character]
"""Makes another character of one, by chance."""


def as_it_is(character: Character, _draw: np.random.Generator) -> Character:
    """Change nothing."""
    return character


@dataclass(frozen=True)
class Pen:
    """How strokes are drawn.

    Attributes:
        width: of the line, as a share of the character's larger side.
        softness: over how many pixels the edge of the line fades.
        turn: of the character, degrees.
        slant: how far the top leans to the right, as a share of the height.
        stretch: the width divided by the height, relative to what was written.
        bend: how far a quarter of the character is moved against the others, as a share of the larger side.
        haste: length between two points that are kept, as a share of the larger side; a browser tells of fewer
            points when the pen is quick, and the canvas rounds the corners between them.
        tremble: deviation of every point, as a share of the larger side.
    """

    width: float = 0.1
    softness: float = 1.0
    turn: float = 0.0
    slant: float = 0.0
    stretch: float = 1.0
    bend: float = 0.0
    haste: float = 0.0
    tremble: float = 0.0


SIDE = 96
"""Side of the canvas on which strokes are drawn in numbers, pixels; the page's own has 280."""

_FILLS = 0.7  # share of the canvas's side that the character's larger side takes


def random_pen(draw: np.random.Generator) -> Pen:
    """Return a pen as somebody might hold it."""
    return Pen(
        width=float(np.exp(draw.uniform(np.log(0.035), np.log(0.22)))),
        softness=float(draw.uniform(0.5, 3.0)),
        turn=float(draw.normal(0, 3)),
        slant=float(draw.normal(0, 0.08)),
        stretch=float(np.exp(draw.normal(0, 0.12))),
        bend=float(draw.uniform(0, 0.03)),
        haste=float(draw.choice([0.0, draw.uniform(0, 0.2)])),
        tremble=float(draw.choice([0.0, draw.uniform(0, 0.012)])),
    )


def plain_pen(draw: np.random.Generator) -> Pen:
    """Return a pen that changes nothing but the width of the line: with it networks are measured."""
    return Pen(width=float(np.exp(draw.uniform(np.log(0.06), np.log(0.16)))))


def move(strokes: Sequence[Stroke], pen: Pen, draw: np.random.Generator) -> list[Stroke]:
    """Return the strokes as this pen would write them: turned, leaning, stretched, bent, in haste."""
    everything = np.concatenate(strokes)
    middle = (everything.min(0) + everything.max(0)) / 2
    cos, sin = np.cos(np.radians(pen.turn)), np.sin(np.radians(pen.turn))
    lean = np.array([[pen.stretch, -pen.slant], [0.0, 1.0]])  # y points downwards
    change = (np.array([[cos, -sin], [sin, cos]]) @ lean).T
    bends = draw.normal(0, pen.bend, (5, 2)) if pen.bend else np.zeros((5, 2))
    moved = []
    for stroke in strokes:
        points = (_in_haste(stroke, pen.haste) if pen.haste else stroke) - middle
        x, y = 2 * points[:, :1], 2 * points[:, 1:]
        waves = np.concatenate([x * y, x * x, y * y, np.sin(np.pi * y), np.sin(np.pi * x)], 1)
        points = (points + waves @ bends) @ change
        if pen.tremble:
            points = points + draw.normal(0, pen.tremble, points.shape)
        moved.append(points.astype(np.float32))
    return moved


def _in_haste(stroke: Stroke, step: float) -> Stroke:
    """Return the stroke through points that lie `step` apart, curves between them, as the page's canvas draws it.

    The canvas joins the middles between neighbouring points by quadratic curves
    (Fabric's pencil brush).
    """
    way = np.append(0.0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))
    if way[-1] <= 2 * step:
        return stroke
    places = np.linspace(0, way[-1], 1 + int(np.ceil(way[-1] / step)))
    corners = np.stack([np.interp(places, way, stroke[:, axis]) for axis in (0, 1)], 1)
    middles = (corners[:-1] + corners[1:]) / 2
    begins, ends, corner = middles[:-1, None], middles[1:, None], corners[1:-1, None]
    share = np.linspace(0, 1, 5)[:-1, None]
    curves = (1 - share) ** 2 * begins + 2 * share * (1 - share) * corner + share**2 * ends
    return np.concatenate([corners[:1], curves.reshape(-1, 2), middles[-1:], corners[-1:]])


def draw_strokes(strokes: Sequence[Stroke], width: float, softness: float = 1.0, side: int = SIDE) -> Pictures:
    """Return a canvas (side, side) in 0-255 with the strokes in its middle, light on black, with round ends.

    Args:
        strokes: in any unit.
        width: of the line, as a share of the larger side of the strokes.
        softness: pixels over which the edge of the line fades; 1 is the edge of an antialiased line.
        side: of the canvas, pixels.
    """
    everything = np.concatenate(strokes)
    low, high = everything.min(0), everything.max(0)
    larger = float((high - low).max())
    scale = _FILLS * side / larger if larger > 0 else 0.0
    corner = side / 2 - scale * (low + high) / 2
    placed = [stroke * scale + corner for stroke in strokes]
    return draw_in_place(placed, max(width * _FILLS * side, 1.5), softness, side)


def draw_in_place(strokes: Sequence[Stroke], width: float, softness: float = 1.0, side: int = SIDE) -> Pictures:
    """Return a canvas (side, side) in 0-255 with the strokes where they are, light on black, with round ends.

    Args:
        strokes: pixels of the canvas.
        width: of the line, pixels.
        softness: pixels over which the edge of the line fades.
        side: of the canvas, pixels.
    """
    lines = Image.new("1", (side, side), 1)
    pen = ImageDraw.Draw(lines)
    for stroke in strokes:
        points = [tuple(point) for point in stroke.round().tolist()]
        if len(points) > 1:
            pen.line(points, fill=0)
        pen.point(points[:1] + points[-1:], fill=0)
    distance = scipy.ndimage.distance_transform_edt(np.asarray(lines))
    return ((((width / 2 - distance) / softness + 0.5).clip(0, 1)) * 255).astype(np.uint8)


def picture(character: Character, pen: Pen, draw: np.random.Generator, side: int = SIDE) -> Pictures:
    """Return a character as the networks see it, (28, 28) in 0-255, drawn by this pen."""
    canvas = draw_strokes(move(character.strokes, pen, draw), pen.width, pen.softness, side)
    return (prepare(canvas, "light").pixels * 255 + 0.5).astype(np.uint8)


def pictures(
    characters: Sequence[Character],
    times: int,
    seed: int,
    pen: Callable[[np.random.Generator], Pen] = random_pen,
    side: int = SIDE,
) -> Pictures:
    """Return every character drawn `times` times, each by another pen: (times * N, 28, 28) in 0-255."""
    draw = np.random.default_rng(seed)
    drawn = [picture(character, pen(draw), draw, side) for _ in range(times) for character in characters]
    return np.stack(drawn) if drawn else np.zeros((0, 28, 28), np.uint8)


def choose_by_writer(characters: Sequence[Character], count: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Return the numbers of `count` characters (count,), drawn with replacement.

    A writer of many characters counts for more than one of few, but only with
    the square root of their number: a network is to read strangers.
    """
    writers = np.array([character.writer for character in characters])
    weights = np.bincount(writers)[writers] ** -0.5
    return draw.choice(len(characters), count, p=weights / weights.sum())


def many_pictures(
    characters: Sequence[Character],
    count: int,
    seed: int,
    change: Change = as_it_is,
) -> tuple[Pictures, NDArray[np.int64]]:
    """Return `count` pictures (count, 28, 28) in 0-255 to learn from, and which character each shows (count,).

    Args:
        characters: what is drawn from.
        count: how many.
        seed: of the choice, of the pens and of the changes.
        change: makes another character of one before it is drawn.
    """
    draw = np.random.default_rng(seed)
    chosen = choose_by_writer(characters, count, draw)
    drawn = [picture(change(characters[at], draw), random_pen(draw), draw) for at in chosen]
    return np.stack(drawn), chosen
