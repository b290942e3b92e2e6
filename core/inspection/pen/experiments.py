"""The same picture by another movement, and the same movement elsewhere: what the CNN and the recurrent network say.

The CNN sees the finished picture, whichever way the pen went; a recurrent network
follows the pen and knows nothing of the picture. Each experiment changes one of the two.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.data.images.digits import prepare
from core.data.pen.drawing import draw_in_place
from core.data.pen.path import PenPath
from core.data.pen.unipen import Stroke
from core.inspection.images.forward import probabilities_of
from core.inspection.images.transforms import transform
from core.inspection.pen.reading import DIGITS, PenReading, read_pen
from core.models.pen import PenReader
from core.models.shipped import load_shipped

CNN = "digit-cnn"
"""The shipped network that sees the picture."""


@dataclass(frozen=True)
class Saying:
    """What a network says: the probabilities of its classes (C,), and the classes."""

    probabilities: NDArray[np.float32]
    classes: tuple[str, ...] = DIGITS

    @property
    def answer(self) -> str:
        """The class with the highest probability."""
        return self.classes[int(self.probabilities.argmax())]

    @property
    def probability(self) -> float:
        """The probability of the answer, 0-1."""
        return float(self.probabilities.max())


@dataclass(frozen=True)
class Outcome:
    """What both networks say before and after an experiment.

    Attributes:
        cnn: of the picture, before and after.
        readings: of the movement step by step, before and after.
    """

    cnn: tuple[Saying, Saying]
    readings: tuple[PenReading, PenReading]

    @property
    def recurrent(self) -> tuple[Saying, Saying]:
        """What is said of the movement at its end, before and after."""
        before, after = (Saying(reading.probabilities[-1], reading.classes) for reading in self.readings)
        return before, after

    @property
    def cnn_unmoved(self) -> bool:
        """Whether the CNN's probabilities are the same to the last bit."""
        return np.array_equal(self.cnn[0].probabilities, self.cnn[1].probabilities)

    @property
    def recurrent_unmoved(self) -> bool:
        """Whether the recurrent network's probabilities are the same to the last bit."""
        return np.array_equal(self.recurrent[0].probabilities, self.recurrent[1].probabilities)


def reverse_strokes(path: PenPath) -> PenPath:
    """Return the path with every stroke drawn from its end to its beginning; the order of the strokes stays."""
    return _timed(path, [stroke[::-1] for stroke in path.strokes], [_mirrored(moments) for moments in path.times])


def reorder_strokes(path: PenPath) -> PenPath:
    """Return the path with the last stroke first; each stroke is drawn as before."""
    return _timed(path, list(path.strokes[::-1]), list(path.times[::-1]))


def mirror_in_time(path: PenPath) -> PenPath:
    """Return the path as a film that runs backwards: the last point first."""
    strokes = [stroke[::-1] for stroke in path.strokes[::-1]]
    return _timed(path, strokes, [_mirrored(moments) for moments in path.times[::-1]])


def slow_down(path: PenPath, factor: float = 2.0) -> PenPath:
    """Return the path drawn in `factor` times the time."""
    return replace(path, times=tuple(moments * factor for moments in path.times))


EXPERIMENTS: dict[str, Callable[[PenPath], PenPath]] = {
    "reverse": reverse_strokes,
    "reorder": reorder_strokes,
    "mirror": mirror_in_time,
    "slow": slow_down,
}
"""What can be done to a movement that leaves the picture as it is."""


def picture_of(path: PenPath, width: float = 20.0) -> NDArray[np.float32]:
    """Return the picture (28, 28) of a path, the same whichever way and in whichever order it was drawn.

    Args:
        path: of the pen.
        width: of the line, pixels; the canvas begins with this one.
    """
    pieces = {
        min((begin, end), (end, begin))
        for stroke in path.strokes
        for begin, end in zip(map(tuple, stroke.tolist()), map(tuple, stroke.tolist()[1:]), strict=False)
    }
    pieces |= {(point, point) for stroke in path.strokes if len(stroke) == 1 for point in map(tuple, stroke.tolist())}
    lines: list[Stroke] = [np.array(piece, np.float32) for piece in sorted(pieces)]
    return prepare(draw_in_place(lines, width, side=round(path.side)), "light").pixels


def try_movement(
    reader: PenReader, path: PenPath, change: Callable[[PenPath], PenPath], classes: tuple[str, ...] = DIGITS
) -> Outcome:
    """Return what both networks say of a path and of the same picture drawn by another movement.

    Args:
        reader: of the movement.
        path: of the pen.
        change: makes another path of it.
        classes: what the reader's outputs stand for.
    """
    changed = change(path)
    return Outcome(
        (_see(picture_of(path)), _see(picture_of(changed))),
        (read_pen(reader, path, classes), read_pen(reader, changed, classes)),
    )


def try_shift(reader: PenReader, path: PenPath, right: int, down: int, classes: tuple[str, ...] = DIGITS) -> Outcome:
    """Return what both networks say of a path, and of the same movement whose prepared picture is shifted.

    Args:
        reader: of the movement.
        path: of the pen.
        right: pixels of the 28x28 picture to the right, negative to the left.
        down: pixels down, negative up.
        classes: what the reader's outputs stand for.

    Raises:
        ValueError: further than `core.inspection.images.transforms.REACH`.
    """
    picture = picture_of(path)
    scale = path.side / len(picture)
    offset = np.array([right * scale, down * scale], np.float32)
    shifted = replace(path, strokes=tuple(stroke + offset for stroke in path.strokes))
    return Outcome(
        (_see(picture), _see(transform(picture, right, down))),
        (read_pen(reader, path, classes), read_pen(reader, shifted, classes)),
    )


def _see(picture: NDArray[np.float32]) -> Saying:
    return Saying(probabilities_of(load_shipped(CNN).network, picture))


def _mirrored(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same moments between beginning and end, as a film that runs backwards has them."""
    return moments[0] + moments[-1] - moments[::-1]


def _timed(path: PenPath, strokes: list[Stroke], times: list[NDArray[np.float64]]) -> PenPath:
    """Return strokes in a new order, one after the other with the pauses that lay between the old ones."""
    pauses = [after[0] - before[-1] for before, after in pairwise(path.times)]
    placed, begin = [], float(path.times[0][0])
    for moments, pause in zip(times, [*pauses, 0.0], strict=True):
        placed.append(moments - moments[0] + begin)
        begin = float(placed[-1][-1]) + pause
    return replace(path, strokes=tuple(strokes), times=tuple(placed))
