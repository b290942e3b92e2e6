"""How the networks that write folk tunes are trained, scored, and made to write."""

import math
from collections.abc import Sequence
from typing import cast

import torch
import torch.nn.functional as F
from torch import nn

from core.data.text.letter_batches import IGNORED
from core.data.tunes.batches import tune_batches
from core.data.tunes.collection import NAME, describe, part
from core.inspection.letters.tunes import score_writing
from core.models.cards import CardScore
from core.models.text.letters import NextLetter
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training
from core.training.tasks.next_letter import next_letter_loss


def train_tune_writer(network: nn.Module, title: str, training: Training) -> None:
    """Train a network to predict the next letter of tunes, each read from its beginning."""
    batches, steps = tune_batches(part("train"), training.batch_size)
    fit(network, batches, steps, next_letter_loss, training, title)


def describe_tune_writer(network: nn.Module) -> Results:
    """Measure a network on the tunes kept apart, and judge what it writes; real tunes are judged in the same way."""
    tried, _ = measure(network, part("validation"), "")
    bits, right = measure(network, part("test"), describe("test"))
    return {
        "data": describe("train"),
        "test": right,
        "also": score_writing(cast(NextLetter, network), part("test")),
        "figures": {
            f"bits per letter, test: {describe('test')}": round(bits, 3),
            f"bits per letter, validation: {describe('validation')}": round(tried, 3),
        },
    }


def measure(network: nn.Module, tunes: Sequence[str], data: str) -> tuple[float, CardScore]:
    """Return the mean surprise, bits per letter, and how many letters were expected; every tune from a state of zeros.

    A letter was expected if none was held likelier. The empty line at the end of a tune counts as its last letters.
    """
    batches, _ = tune_batches(tunes, 1)
    surprise, right, letters = 0.0, 0, 0
    with torch.inference_mode():
        for read, wanted in batches(torch.Generator().manual_seed(0)):
            logits = network(read).flatten(0, 1)
            surprise += float(F.cross_entropy(logits, wanted.flatten(), reduction="sum", ignore_index=IGNORED))
            right += int((logits.argmax(1) == wanted.flatten()).sum())
            letters += wanted.numel()
    score = CardScore(data=f"{data}, next letter guessed right", cases=letters, correct=right)
    return surprise / letters / math.log(2), score


def _shipped(*, epochs: int, learning_rate: float) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=8, learning_rate=learning_rate, clip_norm=1.0)
    return ShippedTraining(train_tune_writer, describe_tune_writer, training, (NAME,), threads=1)


TUNE_TRAININGS = {
    "tunes-rnn": _shipped(epochs=20, learning_rate=3e-3),
    "tunes-gru": _shipped(epochs=12, learning_rate=6e-3),
    "tunes-lstm": _shipped(epochs=20, learning_rate=8e-3),
}
"""How each of them is trained. On a page smaller ones are (`core.training.tasks.next_letter`)."""
