"""Whether there is a digit at all: "not sure" is an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.data.digits import Prepared
from core.inspection.families import Reading


@dataclass(frozen=True)
class Verdict:
    """The one answer to a drawing.

    Attributes:
        digit: 0-9, or None when no digit was recognised.
        probability: of the digit according to the CNN, 0-1.
        reason: a sentence; why there is no answer, or empty.
    """

    digit: int | None
    probability: float
    reason: str


def recognise(prepared: Prepared, readings: Sequence[Reading]) -> Verdict:
    """Return the answer to a drawing, or why there is none."""
    if prepared.blank:
        return Verdict(None, 0.0, "The sheet is empty: draw a digit from 0 to 9.")
    cnn = readings[0]
    return Verdict(cnn.answer, cnn.confidence, "")
