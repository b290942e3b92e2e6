"""The path of a pen as a browser sends it, checked before anything is made of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.data.pen.unipen import Stroke

MOST_POINTS = 20_000
"""Points that are read of one drawing; a minute of quick drawing has some 6,000."""
MOST_SIDE = 10_000
"""Largest side of a canvas, pixels."""
FINENESS = 16
"""Places are rounded to this part of a pixel: sums and differences of them are exact, so a shift changes no step."""

_NUMBERS = 3  # x, y, milliseconds
_LONGEST_TIME = 86_400_000  # a day in milliseconds


class UnreadablePath(ValueError):
    """A path that cannot be used; the message is a sentence for the person who drew."""


@dataclass(frozen=True)
class PenPath:
    """What a pen did on a canvas.

    Attributes:
        strokes: points (P, 2) from each touch to its lift, x to the right and y downwards, pixels.
        times: when the pen was at each point (P,), milliseconds.
        side: of the canvas, pixels.
    """

    strokes: tuple[Stroke, ...]
    times: tuple[NDArray[np.float64], ...]
    side: float

    def __len__(self) -> int:
        """Return how many points there are."""
        return sum(len(stroke) for stroke in self.strokes)


def read_path(sent: object, side: float) -> PenPath:
    """Return the path that a browser sent: a list of strokes, each a list of points [x, y, milliseconds].

    Args:
        sent: whatever arrived; nothing of it is trusted.
        side: of the canvas, pixels.

    Raises:
        UnreadablePath: no strokes, too many points, values that are no numbers or lie outside the canvas, times that
            run backwards, two pens at once, or no movement at all.
    """
    if not isinstance(sent, list | tuple):
        raise UnreadablePath("The movement of the pen did not arrive as a list of strokes.")
    if not 0 < side <= MOST_SIDE:
        raise UnreadablePath(f"The canvas has a side of {side:g} pixels; it must be between 1 and {MOST_SIDE:,}.")
    strokes, times, count = [], [], 0
    for stroke in sent:
        if not isinstance(stroke, list | tuple):
            raise UnreadablePath("A stroke did not arrive as a list of points.")
        count += len(stroke)
        if count > MOST_POINTS:
            raise UnreadablePath(f"The drawing has more than {MOST_POINTS:,} points. Clear the sheet and draw again.")
        if stroke:
            points = np.array([_point(point, side) for point in stroke])
            strokes.append((np.round(points[:, :2] * FINENESS) / FINENESS).astype(np.float32))
            times.append(points[:, 2])
    if not strokes:
        raise UnreadablePath("There is no stroke yet. Draw a digit first.")
    if any((np.diff(moments) < 0).any() for moments in times):
        raise UnreadablePath("The points of a stroke are not in the order of time.")
    if any(after[0] < before[-1] for before, after in pairwise(times)):
        raise UnreadablePath("Two pens drew at the same time. Draw with one pen or one finger.")
    everything = np.concatenate(strokes)
    if (everything == everything[0]).all():
        raise UnreadablePath("The pen did not move. A dot has a place, but no movement to read.")
    return PenPath(tuple(strokes), tuple(times), float(side))


def _point(point: object, side: float) -> Sequence[float]:
    """Return x, y and the time of one point.

    Raises:
        UnreadablePath: it is none, or lies outside.
    """
    if not isinstance(point, list | tuple) or len(point) != _NUMBERS:
        raise UnreadablePath("A point of the path is not made of x, y and a time.")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in point):
        raise UnreadablePath("A point of the path is not made of numbers.")
    if not all(abs(value) <= _LONGEST_TIME and math.isfinite(value) for value in point):
        raise UnreadablePath("A point of the path has a value that is not an ordinary number.")
    x, y, moment = point
    if not (0 <= x <= side and 0 <= y <= side):
        raise UnreadablePath("A point of the path lies outside the canvas.")
    if moment < 0:
        raise UnreadablePath("A point of the path has a time before the beginning.")
    return point


def place(strokes: Sequence[Stroke], side: float, size: float = 0.7, milliseconds: float = 8.0) -> PenPath:
    """Return strokes in any unit as a path in the middle of a canvas, one point every few milliseconds.

    Args:
        strokes: at least one point altogether.
        side: of the canvas, pixels.
        size: share of the canvas that the larger side of the drawing takes.
        milliseconds: from one point to the next; lifting the pen takes ten of them.
    """
    everything = np.concatenate(strokes)
    low, high = everything.min(0), everything.max(0)
    larger = float((high - low).max())
    scale = size * side / larger if larger > 0 else 0.0
    placed: list[Stroke] = []
    times: list[NDArray[np.float64]] = []
    begin = 0.0
    for stroke in strokes:
        points = (stroke - (low + high) / 2) * scale + side / 2
        placed.append((np.round(points * FINENESS) / FINENESS).astype(np.float32))
        times.append(begin + milliseconds * np.arange(len(stroke), dtype=np.float64))
        begin = float(times[-1][-1]) + 10 * milliseconds
    return PenPath(tuple(placed), tuple(times), side)
