"""How people write digits differently: habits that are recognised in strokes, and some that are added to strokes.

A collection of 90 writers knows most habits from a handful of people. So that a
network learns the habit and not these people's hands, others are given it too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.data.pen.unipen import Character, Stroke

Strokes = Sequence[Stroke]


def slashed(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a zero with a line through it: rising, lying or, seldom, falling; within it or beyond it."""
    low, high = _box(strokes)
    size = (high - low).clip(0.15)
    angle = np.radians(
        draw.choice([draw.uniform(20, 80), draw.uniform(-12, 20), draw.uniform(100, 150)], p=[0.6, 0.3, 0.1])
    )
    middle = (low + high) / 2 + draw.normal(0, 0.05, 2) * size
    reach = draw.uniform(0.3, 1.0) * size
    arm = np.array([np.cos(angle), -np.sin(angle)]) * reach
    return (*strokes, _line(middle - arm, middle + arm, draw))


def barred(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a seven with a bar across its stem."""
    stem = _dense(strokes[0])
    low, high = _box(strokes)
    height = max(float(high[1] - low[1]), 0.15)
    level = low[1] + height * draw.uniform(0.38, 0.62)
    across = stem[int(np.abs(stem[len(stem) // 3 :, 1] - level).argmin()) + len(stem) // 3]
    arm = np.array([draw.uniform(0.14, 0.32), draw.normal(0, 0.04)]) * height
    shift = draw.normal(0, 0.05) * height
    return (*strokes, _line(across - arm + [shift, 0], across + arm + [shift, 0], draw))


def flagged(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a one that begins with an up-stroke from the left, a short or a long one."""
    first = strokes[0] if strokes[0][0, 1] < strokes[0][-1, 1] else strokes[0][::-1]
    low, high = _box(strokes)
    height = max(float(high[1] - low[1]), 0.15)
    down, left = draw.uniform(0.12, 0.7), draw.uniform(0.4, 1.3)
    reach = np.array([min(0.55, down * left), down])  # long and flat, it would be a seven
    if draw.random() < 0.3:
        reach = np.array([draw.uniform(0.1, 0.3), draw.uniform(0.0, 0.15)])
    start = first[0] + reach * [-height, height]
    return (np.concatenate([_line(start, first[0], draw), first[1:]]).astype(np.float32), *strokes[1:])


def footed(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a one on a line of its own, as printed."""
    low, high = _box(strokes)
    height = max(float(high[1] - low[1]), 0.15)
    foot = strokes[-1][strokes[-1][:, 1].argmax()]
    arm = np.array([draw.uniform(0.12, 0.35), draw.normal(0, 0.02)]) * height
    return (*strokes, _line(foot - arm, foot + arm, draw))


def hooked(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a digit after whose end the pen still touched the paper on its way up to the next one."""
    low, high = _box(strokes)
    size = max(float((high - low).max()), 0.15)
    angle = np.radians(draw.uniform(35, 100))
    tip = strokes[-1][-1] + np.array([np.cos(angle), -np.sin(angle)]) * size * draw.uniform(0.06, 0.32)
    return (*strokes[:-1], np.concatenate([strokes[-1], _line(strokes[-1][-1], tip, draw)[1:]]).astype(np.float32))


_ADDED: dict[str, tuple[tuple[Callable[[Strokes, np.random.Generator], tuple[Stroke, ...]], float], ...]] = {
    "0": ((slashed, 0.35),),
    "1": ((flagged, 0.2), (footed, 0.1)),
    "7": ((barred, 0.2),),
}
_HOOKED = 0.15


def with_habits(character: Character, draw: np.random.Generator) -> Character:
    """Return the same digit, now and then with one more habit: a slash, a bar, a flag, a foot, a hook at its end."""
    strokes = character.strokes
    plain = habit_of(character) is None
    for add, share in _ADDED.get(character.label, ()) if plain else ():
        if draw.random() < share:
            strokes = add(strokes, draw)
            break
    else:
        if character.label != "0" and draw.random() < _HOOKED:
            strokes = hooked(strokes, draw)
    return replace(character, strokes=strokes)


@dataclass(frozen=True)
class Habit:
    """A way to write a digit.

    Attributes:
        label: the digit.
        title: for people.
        shown: whether strokes, scaled so that their larger side is 1, show it.
    """

    label: str
    title: str
    shown: Callable[[Strokes], bool]


def _has_flag(strokes: Strokes) -> bool:
    first = strokes[0]
    top = int(first[:, 1].argmin())
    low, high = _box(strokes)
    rise = first[0, 1] - first[top, 1]
    return bool(top > 0 and rise > 0.2 * (high[1] - low[1]) and first[-1, 1] > first[top, 1] + rise / 2)


def _has_long_flag(strokes: Strokes) -> bool:
    first, (low, high) = strokes[0], _box(strokes)
    return _has_flag(strokes) and bool(first[0, 1] - first[:, 1].min() > 0.4 * (high[1] - low[1]))


def _has_slash(strokes: Strokes) -> bool:
    """Whether there is ink in the middle of a zero, and it is a ring with a line and no bare line."""
    low, high = _box(strokes[:1])
    size, ring = high - low, _dense(strokes[0])
    way = float(np.hypot(*np.diff(ring, axis=0).T).sum())
    if size.min() < 0.25 * size.max() or way < 1.5 * float(np.hypot(*size)):
        return False
    line = np.concatenate([_dense(stroke) for stroke in strokes])
    return bool((np.abs((line - (low + high) / 2) / size).max(1) < 0.12).any())


def _has_bar(strokes: Strokes) -> bool:
    low, high = _box(strokes)
    for stroke in strokes[1:]:
        size, middle = np.ptp(stroke, axis=0), (stroke.min(0) + stroke.max(0)) / 2
        if size[0] > 1.5 * size[1] and 0.25 < (middle[1] - low[1]) / max(high[1] - low[1], 0.1) < 0.75:
            return True
    return False


def _is_open(strokes: Strokes) -> bool:
    """Whether the two strokes of a four begin well apart: its top is not closed."""
    if len(strokes) < 2:
        return False
    return bool(abs(strokes[0][0, 0] - strokes[1][0, 0]) > 0.2 and strokes[1][0, 1] < strokes[0][:, 1].max() - 0.15)


def _in_two(strokes: Strokes) -> bool:
    return len(strokes) > 1


def _has_curved_tail(strokes: Strokes) -> bool:
    """Whether a nine ends in a curve to the left and not in a straight stem."""
    line = strokes[-1]
    tail = _dense(line)[-max(3, len(_dense(line)) // 4) :]
    way = tail[-1] - tail[0]
    return bool(way[0] < -0.12 and abs(way[0]) > 0.6 * abs(way[1]))


HABITS: tuple[Habit, ...] = (
    Habit("0", "slashed 0", _has_slash),
    Habit("1", "1 with a flag", _has_flag),
    Habit("1", "1 with a long flag", _has_long_flag),
    Habit("4", "open 4", _is_open),
    Habit("5", "5 in two strokes", _in_two),
    Habit("7", "barred 7", _has_bar),
    Habit("9", "9 with a curved tail", _has_curved_tail),
)
"""What is measured habit by habit."""


def habits_of(character: Character) -> tuple[str, ...]:
    """Return the titles of the habits that a digit shows."""
    return tuple(one.title for one in HABITS if one.label == character.label and one.shown(character.strokes))


def habit_of(character: Character) -> str | None:
    """Return the title of the first habit that a digit shows, or None."""
    return next(iter(habits_of(character)), None)


def _box(strokes: Strokes) -> tuple[Stroke, Stroke]:
    points = np.concatenate(strokes)
    return points.min(0), points.max(0)


def _dense(stroke: Stroke) -> Stroke:
    """Return the stroke with points at most 0.02 apart."""
    way = np.append(0.0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))
    places = np.linspace(0, way[-1], 2 + int(way[-1] / 0.02))
    return np.stack([np.interp(places, way, stroke[:, axis]) for axis in (0, 1)], 1).astype(np.float32)


def _line(begin: np.ndarray, end: np.ndarray, draw: np.random.Generator) -> Stroke:
    """Return a line that is not quite straight."""
    share = np.linspace(0, 1, 9)[:, None]
    across = np.array([begin[1] - end[1], end[0] - begin[0]])
    return (begin + (end - begin) * share + across * draw.normal(0, 0.06) * np.sin(np.pi * share)).astype(np.float32)
