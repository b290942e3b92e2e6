"""What a network makes of a line: eleven probabilities a column, the number, and which columns spoke for it."""

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.data.numbers.line import DIGITS, PreparedLine
from core.figures.percent import percent
from core.inspection.images.receptive_field import Window, span
from core.inspection.numbers.ctc import Collapse, Floats, greedy, is_doubtful, probability_of
from core.models.cards import Card
from core.models.numbers import STRIDE, TITLES, LineReader, NumberKind
from core.models.shipped import load_shipped

UNSURE = 0.5
"""Probability of the whole number below which the page says that it is not sure."""

_NOISE = 1e-5
_WINDOWS = (Window(5, STRIDE, 2), Window(3, 1, 1), Window(3, 1, 1), Window(5, 1, 2))  # along the line, first to last


@dataclass(frozen=True)
class NumberReading:
    """What one network says of a line of W columns of pixels.

    Attributes:
        kind: of the network.
        probabilities: of the ten digits and the blank in each of its columns (T, 11).
        collapse: the likeliest of them column by column, and what becomes of it.
        probability: of the number, all ways to place it on the columns together, 0-1.
        milliseconds: that it took.
    """

    kind: NumberKind
    probabilities: Floats
    collapse: Collapse
    probability: float
    milliseconds: float

    @property
    def title(self) -> str:
        """The network's name for people."""
        return TITLES[self.kind]

    @property
    def digits(self) -> str:
        """The number, as text; empty where there is none."""
        return self.collapse.digits


@dataclass(frozen=True)
class NumberAnswer:
    """What is said of a drawing.

    Attributes:
        digits: the number, as text; empty where none was recognised.
        reason: why there is none, a sentence; empty where there is one.
        warning: why the number may be wrong, a sentence; empty where nothing speaks against it.
    """

    digits: str
    reason: str = ""
    warning: str = ""


def number_card(kind: NumberKind) -> Card:
    """Return the card of a shipped network."""
    return load_shipped(f"number-{kind}").card


def read_line(pixels: Floats, kind: NumberKind = "cnn-gru") -> NumberReading:
    """Return what a shipped network says of a line (HEIGHT, W), ink 1 on background 0."""
    return read_line_with(_network(kind), kind, pixels)


def read_line_with(network: LineReader, kind: NumberKind, pixels: Floats) -> NumberReading:
    """Return what any network of a kind says of a line; see `read_line`."""
    begun = time.perf_counter()
    with torch.inference_mode():
        probabilities = network(_batch(pixels)).softmax(2)[0].numpy()
    best = greedy(probabilities)
    milliseconds = 1000 * (time.perf_counter() - begun)
    return NumberReading(
        kind, probabilities, best, probability_of(probabilities, [int(one) for one in best.digits]), milliseconds
    )


def answer_line(line: PreparedLine, reading: NumberReading) -> NumberAnswer:
    """Return the number, or why there is none, and why it may be wrong."""
    if line.blank:
        return NumberAnswer("", f"The sheet is empty: write a number of up to {DIGITS} digits.")
    if line.dot:
        return NumberAnswer("", "This is only a dot.")
    if not reading.digits:
        return NumberAnswer("", "In every column the network says “blank”: no digit begins here.")
    if is_doubtful(reading.digits, reading.probability):
        return NumberAnswer(
            "",
            f"Forced to choose, the network would read {reading.digits}, with "
            f"{percent(reading.probability)}: it knows nothing but digits.",
        )
    return NumberAnswer(reading.digits, warning=_warning(line, reading))


def _warning(line: PreparedLine, reading: NumberReading) -> str:
    if len(reading.digits) > DIGITS:
        return f"These are {len(reading.digits)} digits. The network learnt lines of up to {DIGITS}: check it."
    if line.squeezed:
        return "The line is so wide that its digits become very small: write it closer together."
    if reading.probability < UNSURE:
        return "The network is not sure: all other numbers together are more probable."
    return ""


def seen_by(column: int, width: int) -> tuple[int, int]:
    """Return the first column of pixels that a column of the convolutions sees, and the one after the last.

    Args:
        column: 0 to T - 1.
        width: of the line, pixels.
    """
    return span(_WINDOWS, column, width)


def influence(pixels: Floats, column: int, kind: NumberKind) -> Floats:
    """Return how much every column of pixels counts for the likeliest answer in one column, (W,), the largest 1.

    The gradient of its logit with respect to the pixels, absolute values added up from top to bottom.
    """
    line = _batch(pixels).requires_grad_()
    logits = _network(kind)(line)[0, column]
    (gradient,) = torch.autograd.grad(logits.max(), line)
    strength = gradient[0].abs().sum(0)
    shares = strength / strength.max().clamp(min=1e-12)
    return torch.where(shares < _NOISE, 0.0, shares).numpy()  # fast convolutions leave rounding where nothing reaches


def middle_of(column: int, width: int) -> int:
    """Return the column of pixels in the middle of what a column of the network describes."""
    return min(STRIDE * column, width - 1)


def emitted(reading: NumberReading) -> list[tuple[int, str, float]]:
    """Return where along the path every digit begins: its column, the digit, its highest probability in its run."""
    found: list[tuple[int, str, float]] = []
    path = reading.collapse.path
    for column, symbol in enumerate(path):
        share = float(reading.probabilities[column, symbol])
        if symbol >= len("0123456789"):
            continue
        if column and path[column - 1] == symbol:
            begin, digit, best = found[-1]
            found[-1] = (begin, digit, max(best, share))
        else:
            found.append((column, str(symbol), share))
    return found


def _network(kind: NumberKind) -> LineReader:
    network = load_shipped(f"number-{kind}").network
    assert isinstance(network, LineReader)
    return network


def _batch(pixels: Floats) -> Tensor:
    return torch.from_numpy(np.array(pixels, np.float32))[None]
