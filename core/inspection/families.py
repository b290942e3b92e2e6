"""One digit read by the three families: CNN, MLP and recurrent network."""

import time
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.inspection.cnn import as_batch
from core.models.zoo import load_shipped

FAMILIES = ("digit-cnn", "digit-mlp", "digit-gru")
"""The shipped networks that read digits, in the order in which they are shown."""


@dataclass(frozen=True)
class Reading:
    """What one network says of one digit.

    Attributes:
        name: the network's name in `core.models.zoo`.
        title: its short name, ``CNN``.
        family: its family in words.
        logits: (10,) the network's output.
        probabilities: (10,) softmax of the logits.
        milliseconds: time of the forward pass alone, wall clock.
        parameters: how many numbers were trained.
        test_accuracy: share of MNIST's test digits it reads right, from its card.
        test_cases: how many test digits that are.
    """

    name: str
    title: str
    family: str
    logits: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    milliseconds: float
    parameters: int
    test_accuracy: float
    test_cases: int

    @property
    def answer(self) -> int:
        """The digit with the highest probability."""
        return int(self.probabilities.argmax())

    @property
    def confidence(self) -> float:
        """The probability of the answer, 0-1."""
        return float(self.probabilities.max())


def read(pixels: ArrayLike) -> tuple[Reading, ...]:
    """Return what each of the three shipped networks says of one picture (28, 28) in 0-1.

    Raises:
        ValueError: not (28, 28).
    """
    batch = as_batch(pixels)
    readings = []
    for name in FAMILIES:
        shipped = load_shipped(name)
        with torch.inference_mode():
            begun = time.perf_counter()
            logits = shipped.network(batch)
            seconds = time.perf_counter() - begun
            probabilities = logits.softmax(1)
        readings.append(
            Reading(
                name=name,
                title=shipped.title,
                family=shipped.family,
                logits=logits[0].numpy(),
                probabilities=probabilities[0].numpy(),
                milliseconds=seconds * 1000,
                parameters=shipped.card.parameters,
                test_accuracy=shipped.card.test.accuracy,
                test_cases=shipped.card.test.cases,
            )
        )
    return tuple(readings)


def warm_up() -> None:
    """Load the networks and let each read once, so that the first person does not wait.

    From here on a forward pass uses one thread: for a single digit several only
    get in each other's way, and a class asks many times at once.
    """
    torch.set_num_threads(1)
    read(np.zeros((28, 28), np.float32))
