"""Pen strokes as a sequence: steps of equal length, which is what a recurrent network reads.

A step is three numbers: how far the pen moved to the right and downwards, and
whether it was in the air. Where a character stands on the sheet and how quickly it
was drawn leave no trace in them. Steps depend on nothing that comes later, so they
can be read while the pen moves.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.data.pen.unipen import Stroke

Steps = NDArray[np.float32]
"""(T, 3): dx, dy in units of `UNIT` step lengths, and 1 where the pen was lifted, 0 where it wrote."""

LENGTH = 1 / 14
"""Length of a step on the paper, as a share of the canvas's side: 20 of its 280 pixels."""
UNIT = 7.0
"""What moves are multiplied by, so that a network gets numbers about 1: a step on the paper is 0.5 long."""
LONGEST = 400
"""Steps that are read of a character; whoever draws longer is cut off here."""


def to_steps(strokes: Sequence[Stroke], side: float) -> Steps:
    """Return the movement of the pen in steps of equal length, (T, 3), T at least 1 and at most `LONGEST`.

    A stroke ends with a shorter step. Between two strokes lies one step in the
    air, as long as the jump. A dot is a step of length 0.

    Args:
        strokes: in any unit, at least one.
        side: of the canvas, in the same unit.
    """
    scale = 1 / side
    parts, before = [], None
    for stroke in strokes:
        # From the first point on, before anything is rounded: a shifted path gives the same steps to the last bit.
        line = resample((stroke.astype(np.float64) - strokes[0][0]) * scale, LENGTH)
        if before is not None:
            parts.append(np.append(line[0] - before, 1.0)[None])
        moves = np.diff(line, axis=0)
        if len(moves) or before is None:
            moves = moves if len(moves) else np.zeros((1, 2))
            parts.append(np.concatenate([moves, np.zeros((len(moves), 1))], 1))
        before = line[-1]
    steps = np.concatenate(parts)[:LONGEST]
    steps[:, :2] *= UNIT
    return steps.astype(np.float32)


def resample(line: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """Return points on a line (P, 2) that lie `length` apart along it, its first and its last point among them."""
    way = np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))
    if way[-1] <= 0:
        return line[:1]
    places = np.append(np.arange(0, way[-1], length), way[-1])
    if len(places) > 2 and places[-1] - places[-2] < length / 4:
        places = np.delete(places, -2)
    return np.stack([np.interp(places, way, line[:, axis]) for axis in (0, 1)], 1)
