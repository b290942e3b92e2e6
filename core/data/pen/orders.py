"""The same picture written by another movement: strokes in another order, joined, broken, or the other way round.

The picture hardly shows in which order it was written, so a network that reads
pictures need not know; one that reads movements meets each writer's own order.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.data.pen.steps import resample
from core.data.pen.unipen import Character, Stroke

Strokes = Sequence[Stroke]

_JOINS = 0.5  # a pen that is not lifted draws its way to the next stroke, if that way is no longer than this
_REORDERED, _JOINED, _BROKEN, _REVERSED = 0.2, 0.16, 0.16, 0.12
_FROM_THE_STEM = 0.16  # of the nines in one stroke
_ROUND_THE_OTHER_WAY = 0.24  # of the zeros and eights in one stroke
_IN_THREE_PARTS = 0.24  # of the ones in one stroke


def reordered(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return the strokes in an order by chance, each drawn as before."""
    return tuple(strokes[place] for place in draw.permutation(len(strokes)))


def joined(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return the strokes with the pen not lifted between two of them, if they are near each other."""
    if len(strokes) < 2:
        return tuple(strokes)
    at = int(draw.integers(len(strokes) - 1))
    if np.hypot(*(strokes[at + 1][0] - strokes[at][-1])) > _JOINS:
        return tuple(strokes)
    return (*strokes[:at], np.concatenate([strokes[at], strokes[at + 1]]), *strokes[at + 2 :])


def broken(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return the strokes with the pen lifted once more, at the sharpest turn of a stroke."""
    at = int(draw.integers(len(strokes)))
    line = _even(strokes[at])
    if len(line) < 9:
        return tuple(strokes)
    before, after = line[2:-2] - line[:-4], line[4:] - line[2:-2]
    straight = (before * after).sum(1) / (np.hypot(*before.T) * np.hypot(*after.T)).clip(1e-6)
    corner = 2 + int(straight.argmin())
    return (*strokes[:at], line[: corner + 1], line[corner:], *strokes[at + 1 :])


def reversed_stroke(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return the strokes with one of them drawn from its end to its beginning."""
    at = int(draw.integers(len(strokes)))
    return (*strokes[:at], strokes[at][::-1], *strokes[at + 1 :])


def from_the_stem(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a nine in one stroke that begins with its stem: down, mostly back up, then the loop; or the loop apart."""
    line = _even(strokes[0])
    half = len(line) // 3
    if len(line) < 9:
        return tuple(strokes)
    closed = half + int(np.hypot(*(line[half:] - line[0]).T).argmin())
    loop, stem = line[: closed + 1], line[closed:]
    if draw.random() < 0.3:
        return (stem, loop, *strokes[1:])
    return (np.concatenate([stem, stem[-2::-1], loop]), *strokes[1:])


def in_three_parts(strokes: Strokes, draw: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a one in one stroke with its flag written apart, before or after the stem, and mostly with a foot."""
    stem = strokes[0] if strokes[0][0, 1] < strokes[0][-1, 1] else strokes[0][::-1]
    height = max(float(np.ptp(stem[:, 1])), 0.15)
    tip = stem[0] + height * draw.normal([0.03, -0.08], 0.05)
    flag = np.stack([tip, tip + height * np.array([-draw.uniform(0.12, 0.4), draw.uniform(0.15, 0.45)])])
    foot = stem[-1] + height * np.array([(-draw.uniform(0.1, 0.35), 0.0), (draw.uniform(0.1, 0.35), 0.0)])
    parts = [stem]
    kind = draw.random()
    if kind < 0.4:
        parts = [np.concatenate([stem, foot[:: int(draw.choice([1, -1]))]])]
    elif kind < 0.8:
        parts = [stem, foot[:: int(draw.choice([1, -1]))]]
    parts.insert(len(parts) if draw.random() < 0.6 else 0, flag[:: int(draw.choice([1, 1, -1]))])
    return tuple(part.astype(np.float32) for part in (*parts, *strokes[1:]))


def in_another_order(character: Character, draw: np.random.Generator) -> Character:
    """Return the same character, now and then written by another movement."""
    strokes, label = tuple(character.strokes), character.label
    if len(strokes) == 1:
        if label == "9" and draw.random() < _FROM_THE_STEM:
            strokes = from_the_stem(strokes, draw)
        elif label in ("0", "8") and draw.random() < _ROUND_THE_OTHER_WAY:
            strokes = (strokes[0][::-1],)
        elif label == "1" and draw.random() < _IN_THREE_PARTS:
            strokes = in_three_parts(strokes, draw)
    chances = ((broken, _BROKEN), (reordered, _REORDERED), (reversed_stroke, _REVERSED), (joined, _JOINED))
    for change, share in chances:
        if draw.random() < share:
            strokes = change(strokes, draw)
    return replace(character, strokes=strokes)


def _even(stroke: Stroke) -> Stroke:
    """Return a stroke with points close together at equal distances."""
    return resample(stroke.astype(np.float64), 0.04).astype(np.float32)
