"""The path of a sentence: the states it leads a network through, seen from the side on which most can be seen."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from core.inspection.text.library import read_library
from core.inspection.text.principal_axes import principal_axes, spread
from core.inspection.text.reading import Numbers, read
from core.models.cells import Cell

SHOWN = 600
"""States of the library in the picture: more would cover each other."""
_CONTEXT = 6  # words that are told of where a state comes from
_MARGIN = 0.06  # of the width of what the library fills
_NEAR = 0.07  # of the picture's width and height: names that are nearer to each other would overlap


@dataclass(frozen=True)
class StatePlane:
    """A plane through a network's states (H numbers each), and states of the library on it.

    Attributes:
        mean: of the library's states (H,), the middle of the plane.
        axes: the two directions in which these differ most (2, H), each of length 1; the first points to where the
            network says "positive" more.
        explained_variance: share of the variance that each axis keeps (2,).
        points: N states of the library, spread evenly over it (N, 2).
        verdicts: the probability of "positive" in each (N,).
        contexts: the words that led there.
        low: left and lower end of the picture, from all states of the library (2,).
        high: its right and upper end (2,).
    """

    mean: Numbers
    axes: Numbers
    explained_variance: Numbers
    points: Numbers
    verdicts: Numbers
    contexts: tuple[str, ...]
    low: Numbers
    high: Numbers

    def project(self, states: Numbers) -> Numbers:
        """Return where states (..., H) lie on the plane (..., 2)."""
        return np.asarray((states - self.mean) @ self.axes.T, np.float32)


@dataclass(frozen=True)
class Trajectory:
    """A sentence of T words on the plane.

    Attributes:
        words: of the sentence.
        points: where it starts, and where it is after every word (T + 1, 2).
        verdicts: the probability of "positive" in each (T + 1,).
        turning_points: points to be named: the end, the start, and where the way turns most, none too near to another.
        outside: how many of the points lie beyond the picture.
    """

    words: tuple[str, ...]
    points: Numbers
    verdicts: Numbers
    turning_points: tuple[int, ...]
    outside: int


@cache
def state_plane(cell: Cell) -> StatePlane:
    """Return the plane of a network's states, found once per process."""
    read_by = read_library(cell)
    found = principal_axes(cell, 2)
    places = found.places
    chosen = spread(len(places), SHOWN)
    low, high = places.min(0), places.max(0)
    margin = _MARGIN * (high - low)
    return StatePlane(
        mean=found.mean,
        axes=found.axes,
        explained_variance=found.explained_variance,
        points=places[chosen],
        verdicts=read_by.verdicts[chosen],
        contexts=tuple(context_of(read_by.words, int(at), int(read_by.position[at])) for at in chosen),
        low=low - margin,
        high=high + margin,
    )


@lru_cache(maxsize=64)
def trajectory(cell: Cell, words: tuple[str, ...], most_turns: int = 12) -> Trajectory:
    """Return the way of a sentence over the plane of `state_plane`.

    Args:
        cell: of the network that reads.
        words: of the sentence.
        most_turns: as many words as shall be named.
    """
    reading, plane = read(cell, words), state_plane(cell)
    points = plane.project(reading.states)
    beyond = ((points < plane.low) | (points > plane.high)).any(1)
    named = turning_points(points, most_turns, _NEAR * (plane.high - plane.low))
    return Trajectory(words, points, reading.verdicts, named, int(beyond.sum()))


def turning_points(points: Numbers, most: int, apart: Numbers) -> tuple[int, ...]:
    """Return the end, the start, and the points (T + 1, 2) at which a way turns most, in the order of the way.

    A point counts by its distance from the middle between its neighbours, which
    is half the length of the second difference of the way. One that lies near
    another that counts more is left out.

    Args:
        points: the way.
        most: as many as are returned.
        apart: points are near each other where they differ by less than this in both directions (2,).
    """
    last = len(points) - 1
    bends = np.linalg.norm(np.diff(points, n=2, axis=0), axis=1) if last > 1 else np.empty(0)  # of 1 ... T - 1
    chosen: list[int] = []
    for place in dict.fromkeys([last, 0, *(np.argsort(-bends, kind="stable") + 1).tolist()]):
        near = (np.abs(points[chosen] - points[place]) < apart).all(1)
        if len(chosen) < most and not near.any():
            chosen.append(place)
    return tuple(sorted(chosen))


def context_of(words: tuple[str, ...], at: int, position: int) -> str:
    """Return the words of a sentence up to the one at `at`, which is the sentence's word number `position`."""
    first = at - min(position, _CONTEXT - 1)
    return ("" if position < _CONTEXT else "… ") + " ".join(words[first : at + 1])
