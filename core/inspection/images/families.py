"""One digit read by the three families: CNN, MLP and recurrent network, and by networks trained here."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.figures.percent import exact_percent
from core.inspection.images.forward import as_batch
from core.inspection.networks import DIGITS, Choice
from core.models.shipped import count_parameters, load_shipped

FAMILIES = ("digit-cnn", "digit-mlp", "digit-gru")
"""The shipped networks that read digits, in the order in which they are shown."""


@dataclass(frozen=True)
class Prediction:
    """What one network says of one digit.

    Attributes:
        name: the network's, unique.
        title: its short name, ``CNN``.
        family: its family in words.
        logits: (classes,) the network's output.
        probabilities: (classes,) softmax of the logits.
        milliseconds: time of the forward pass alone, wall clock.
        parameters: how many numbers were trained.
        score: how good it is on data it has not seen, in words.
        classes: what its outputs stand for.
    """

    name: str
    title: str
    family: str
    logits: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    milliseconds: float
    parameters: int
    score: str
    classes: tuple[str, ...] = DIGITS

    @property
    def predicted(self) -> int:
        """The place of the class with the highest probability; for a reader of digits that is the digit."""
        return int(self.probabilities.argmax())

    @property
    def predicted_class(self) -> str:
        """The class with the highest probability."""
        return self.classes[self.predicted]

    @property
    def reads_digits(self) -> bool:
        """Whether its classes are the ten digits."""
        return self.classes == DIGITS

    @property
    def confidence(self) -> float:
        """The probability of the answer, 0-1."""
        return float(self.probabilities.max())


def predict_by_family(pixels: ArrayLike, further: Sequence[Choice] = ()) -> tuple[Prediction, ...]:
    """Return what each of the three shipped networks, and `further` ones, say of one picture (28, 28) in 0-1.

    Raises:
        ValueError: not (28, 28).
    """
    batch = as_batch(pixels)
    readings = []
    for name in FAMILIES:
        shipped = load_shipped(name)
        test = shipped.card.test
        score = f"{exact_percent(test.accuracy, 2)} of {test.cases:,} test digits right"
        readings.append(_read(batch, name, shipped.title, shipped.family, shipped.network, score, DIGITS))
    for choice in further:
        readings.append(
            _read(batch, choice.name, choice.title, choice.family, choice.network, choice.origin, choice.classes)
        )
    return tuple(readings)


def _read(
    batch: Tensor, name: str, title: str, family: str, network: nn.Module, score: str, classes: tuple[str, ...]
) -> Prediction:
    with torch.inference_mode():
        begun = time.perf_counter()
        logits = network(batch)
        seconds = time.perf_counter() - begun
        probabilities = logits.softmax(1)
    parameters = count_parameters(network)
    return Prediction(
        name, title, family, logits[0].numpy(), probabilities[0].numpy(), seconds * 1000, parameters, score, classes
    )


def warm_up() -> None:
    """Load the networks and let each read once, so that the first person does not wait.

    From here on a forward pass uses one thread: for a single digit several only
    get in each other's way, and a class asks many times at once.
    """
    torch.set_num_threads(1)
    predict_by_family(np.zeros((28, 28), np.float32))
