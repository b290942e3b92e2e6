"""How a recurrent network reads the movement of a pen: its state and its answer after every step."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.pen.path import PenPath
from core.data.pen.steps import UNIT, to_steps
from core.models.cells import Cell
from core.models.pen import PenReader
from core.models.shipped import load_shipped

Numbers = NDArray[np.float32]

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
"""The shipped networks that read a pen, by their cells."""
DIGITS = tuple("0123456789")
SURE = 0.9
"""The probability from which on an answer counts as sure."""


@dataclass(frozen=True)
class PenReading:
    """How a network reads a path of T steps.

    Attributes:
        steps: what it reads (T, 3): dx, dy, and 1 where the pen was in the air.
        points: where the pen is after each step (T, 2), pixels of the canvas.
        states: h_1 to h_T (T, hidden_size).
        probabilities: of every class after each step (T, classes): what it would say if the pen stopped there.
        classes: what the columns stand for.
    """

    steps: Numbers
    points: Numbers
    states: Numbers
    probabilities: Numbers
    classes: tuple[str, ...] = DIGITS

    def __len__(self) -> int:
        """Return how many steps there are."""
        return len(self.steps)

    @property
    def answer(self) -> str:
        """The class with the highest probability after the last step."""
        return self.classes[int(self.probabilities[-1].argmax())]

    @property
    def probability(self) -> float:
        """The probability of the answer, 0-1."""
        return float(self.probabilities[-1].max())

    @property
    def sure_from(self) -> int | None:
        """The first step, from 0, after which the answer stays at `SURE` or above to the end; None if it never does."""
        sure = self.probabilities[:, self.probabilities[-1].argmax()] >= SURE
        if not sure[-1]:
            return None
        doubtful = np.flatnonzero(~sure)
        return int(doubtful[-1]) + 1 if len(doubtful) else 0

    @property
    def sure_after(self) -> float | None:
        """The share of the ink, 0-1, that was on the paper at that step; None if it never was sure."""
        if self.sure_from is None:
            return None
        ink = np.cumsum(np.hypot(self.steps[:, 0], self.steps[:, 1]) * (self.steps[:, 2] == 0))
        return float(ink[self.sure_from] / ink[-1]) if ink[-1] > 0 else 1.0


def pen_reader(cell: Cell) -> PenReader:
    """Return the shipped network with this cell."""
    network = load_shipped(f"pen-{cell}").network
    assert isinstance(network, PenReader)
    return network


def read_pen(network: PenReader, path: PenPath, classes: tuple[str, ...] = DIGITS) -> PenReading:
    """Return how a network reads a path, step by step.

    Args:
        network: the reader, in evaluation mode.
        path: of the pen.
        classes: what its outputs stand for.
    """
    steps = to_steps(path.strokes, path.side)
    with torch.inference_mode():
        states = network.encode(torch.from_numpy(steps).unsqueeze(0))[0]
        probabilities = network.classify(states).softmax(1)
    points = path.strokes[0][0] + np.cumsum(steps[:, :2], 0, dtype=np.float64) * path.side / UNIT
    return PenReading(steps, points.astype(np.float32), states.numpy(), probabilities.numpy(), classes)
