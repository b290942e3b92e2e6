"""How the networks that write letter by letter are trained and measured."""

import math
from dataclasses import dataclass
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.data.text.batches import passage_batches
from core.data.text.shakespeare import NAME, START, describe, encode, part
from core.models.cards import CardScore
from core.shipping.lesson import Findings, Lesson, ShippingRecipe, learn, round_to_half

SCORED = 500
"""Letters that are read in one go, from a state of zeros, when a network is scored."""


@dataclass(frozen=True)
class LetterRecipe(ShippingRecipe):
    """The hyperparameters of a training on letters.

    Attributes:
        passage: letters that are read in one go, from a state of zeros.
    """

    passage: int = 64


def train_letter_writer(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to say which letter comes next; measure it on the last tenth of the text."""
    assert isinstance(recipe, LetterRecipe)
    batches, steps = passage_batches(encode(part("train")), recipe.passage, recipe.batch_size)
    learn(network, batches, steps, next_letter_loss, recipe, name)
    round_to_half(network)
    tried, _ = measure(network, part("validation"), describe("validation"))
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
    letters = torch.from_numpy(encode(text))
    before = torch.cat([torch.tensor([START]), letters[:-1]])
    surprise, right = 0.0, 0
    with torch.inference_mode():
        for some, wanted in zip(_rows(before), _rows(letters), strict=True):
            logits = network(some).flatten(0, 1)
            surprise += float(F.cross_entropy(logits, wanted.flatten(), reduction="sum"))
            right += int((logits.argmax(1) == wanted.flatten()).sum())
    score = CardScore(data=f"{data}, next letter guessed right", cases=len(letters), correct=right)
    return surprise / len(letters) / math.log(2), score


def _rows(letters: Tensor) -> list[Tensor]:
    """Return all letters as batches (B, T): rows of `SCORED`, and what is left over."""
    whole = len(letters) // SCORED * SCORED
    rest = [letters[None, whole:]] if whole < len(letters) else []
    return [*letters[:whole].view(-1, SCORED).split(100), *rest] if whole else rest


def next_letter_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy of logits (B, T, letters) and the letters that came (B, T), in nats."""
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


_lesson = partial(Lesson, train_letter_writer, data=(NAME,))
_recipe = partial(LetterRecipe, epochs=10, batch_size=32, max_norm=1.0)

LETTER_TRAININGS = {
    "letters-rnn": _lesson(_recipe(learning_rate=6e-3)),
    "letters-gru": _lesson(_recipe(epochs=8, learning_rate=6e-3, passage=100)),
    "letters-lstm": _lesson(_recipe(learning_rate=1.2e-2)),
}
"""How each of them is trained."""
