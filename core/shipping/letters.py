"""How the networks that write letter by letter are trained and measured."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from core.data.text.batches import passage_batches, passage_rows
from core.data.text.shakespeare import NAME, START, describe, encode, part
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training
from core.training.tasks.next_letter import SCORED, next_letter_loss


def train_letter_writer(network: nn.Module, title: str, training: Training, *, passage: int) -> None:
    """Train a network to predict the next letter.

    Args:
        network: trained in place.
        title: of the progress bar.
        training: the hyperparameters.
        passage: letters that are read in one go, from a state of zeros.
    """
    batches, steps = passage_batches(encode(part("train")), passage, training.batch_size)
    fit(network, batches, steps, next_letter_loss, training, title)


def describe_writer(network: nn.Module, **_: int) -> Results:
    """Measure a network on the last tenth of the text."""
    tried, _score = measure(network, part("validation"), describe("validation"))
    bits, right = measure(network, part("test"), describe("test"))
    return {
        "data": describe("train"),
        "test": right,
        "figures": {
            f"bits per letter on {describe('test')}": round(bits, 3),
            f"bits per letter on {describe('validation')}, by which the recipe was chosen": round(tried, 3),
        },
    }


def measure(network: nn.Module, text: str, data: str) -> tuple[float, CardScore]:
    """Return the mean surprise, bits per letter (the cross-entropy to the base 2), and how many letters were expected.

    A letter was expected if none was held likelier. The text is read `SCORED` letters at a time, each time from a state
    of zeros; every letter counts, the first ones as well.
    """
    surprise, right = 0.0, 0
    with torch.inference_mode():
        for read, wanted in passage_rows(encode(text), START, SCORED):
            logits = network(read).flatten(0, 1)
            surprise += float(F.cross_entropy(logits, wanted.flatten(), reduction="sum"))
            right += int((logits.argmax(1) == wanted.flatten()).sum())
    score = CardScore(data=f"{data}, next letter guessed right", cases=len(text), correct=right)
    return surprise / len(text) / math.log(2), score


def _shipped(passage: int = 64, epochs: int = 10, *, learning_rate: float) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=32, learning_rate=learning_rate, clip_norm=1.0)
    return ShippedTraining(train_letter_writer, describe_writer, training, (NAME,), {"passage": passage})


LETTER_TRAININGS = {
    "letters-rnn": _shipped(learning_rate=6e-3),
    "letters-gru": _shipped(passage=100, epochs=8, learning_rate=6e-3),
    "letters-lstm": _shipped(learning_rate=1.2e-2),
}
"""How each of them is trained. On a page smaller ones are (`core.training.tasks.next_letter`)."""
