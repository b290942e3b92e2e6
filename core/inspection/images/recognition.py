"""Whether there is a digit at all: "no digit" is an answer.

A network that was trained on ten digits answers with one of them whatever it is
shown. A second network, `digit-or-not`, was trained to tell digits from letters,
scribbles, shapes, noise and pairs of digits; its threshold was chosen on digits
it was not trained on, and its card states what it refuses.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.data.images.digits import Ink, Prepared
from core.figures.percent import percent
from core.inspection.images.forward import as_batch
from core.models.cards import Card
from core.models.shipped import load_shipped

DETECTOR = "digit-or-not"
"""The shipped network that decides."""


@dataclass(frozen=True)
class Recognition:
    """The answer to a drawing.

    Attributes:
        digit: 0-9, or None when no digit was recognised.
        probability: of the digit according to the CNN, 0-1.
        reason: why there is no answer, a sentence; otherwise empty.
    """

    digit: int | None
    probability: float
    reason: str


def digit_margin(pixels: ArrayLike) -> float:
    """Return how far the judge's logit for one picture (28, 28) lies above its threshold; below 0 means no digit.

    Raises:
        ValueError: not (28, 28).
    """
    judge = load_shipped(DETECTOR)
    with torch.inference_mode():
        logit = float(judge.network(as_batch(pixels))[0, 0])
    return logit - (judge.card.threshold or 0.0)


def recognise(prepared: Prepared, probabilities: NDArray[np.float32]) -> Recognition:
    """Answer a drawing, or say why there is no answer.

    Args:
        prepared: the drawing.
        probabilities: (10,) that the CNN gives to the digits for its pixels.
    """
    if prepared.ink is None:
        return Recognition(None, 0.0, "The sheet is empty: draw a digit from 0 to 9.")
    digit, probability = int(probabilities.argmax()), float(probabilities.max())
    if digit_margin(prepared.pixels) >= 0:
        return Recognition(digit, probability, "")
    return Recognition(
        None,
        probability,
        f"{_describe(prepared.ink)} Forced to choose, the CNN would say {digit} "
        f"with {percent(probability)}: it knows nothing but digits.",
    )


def detector_card() -> Card:
    """Return the card of the network that decides, with what it refuses and what it lets pass."""
    return load_shipped(DETECTOR).card


def _describe(ink: Ink) -> str:
    """Return what the ink looks like, where its measurements say it, and otherwise that it is no digit."""
    round_or_square = 0.5 < ink.height / ink.width < 2
    if round_or_square and ink.fill > 0.6 and max(ink.height, ink.width) < 0.15:
        return "This is only a dot."
    if round_or_square and ink.fill > 0.7:
        return "This is a filled block: there is no stroke to follow."
    if ink.strokes > 6:
        return f"The ink is in {ink.strokes} separate pieces; a digit has one or two."
    return "Its shape is unlike the digits that the networks learnt from."
