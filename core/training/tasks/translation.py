"""The task of translating numbers in words, from four languages into each other."""

from typing import ClassVar, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.data.text.translation import (
    PADDING,
    TRAINED_TO,
    PairExamples,
    draw_numbers,
    pair_batches,
    spell_all,
    target_vocabulary,
)
from core.models.text.translation import TARGET_PIECES, TITLES, TranslatorDesign, translator
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted

TESTED = 600
"""Numbers kept apart that a run is tested on, and as many to choose by."""


class TranslationTask(TaskConfig):
    """Numbers in words, and the network that translates them.

    Attributes:
        learns: "translations".
        data: "number-words": they are spelt by num2words.
        digits: of the longest numbers.
        numbers: how many are learnt from, each in other languages in every epoch.
        network: that learns.
    """

    cases = "numbers"
    classes = TARGET_PIECES
    kinds: ClassVar = {str(kind): title for kind, title in TITLES.items()}
    form = (
        FormField("digits", "Digits, at most", "Of the numbers to learn from and in the test.", low=3, high=6),
        FormField("numbers", "Numbers", "How many are learnt from.", step=500, low=500, high=8000),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=4e-3, batch_size=64, clip_norm=1, epochs=14
    )
    hidden_sizes = (64, 96, 128, 192)
    most_epochs = 60

    learns: Literal["translations"] = "translations"
    data: Literal["number-words"] = "number-words"
    digits: int = Field(default=4, ge=3, le=6)
    numbers: int = Field(default=3000, ge=1, le=100_000)
    network: TranslatorDesign = TranslatorDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Translate numbers of up to {self.digits} digits"

    @property
    def tested_on(self) -> str:
        """Length of the numbers of the test."""
        return f"{self.learns} {self.digits}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        return translator(self.network.kind, self.network.hidden_size, self.network.positions)

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return numbers in words and network on `device`.

        Raises:
            NotEnough: a batch is larger than all numbers.
        """
        if batch_size > self.numbers:
            raise batch_too_large(batch_size, self.numbers, "number")
        largest = min(10**self.digits - 1, TRAINED_TO)
        epoch, steps = pair_batches(spell_all(draw_numbers(self.numbers, seed, largest=largest)), batch_size, device)
        torch.manual_seed(seed)
        network = self.build(self.classes).to(device)
        validation, test = (
            PairExamples(draw_numbers(TESTED, 1, largest=largest, part=part), device) for part in ("validation", "test")
        )
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=translation_loss,
            correct=count_exact,
            validation=validation,
            test=test,
            sizes=(self.numbers, TESTED, TESTED),
            outputs=("padding", "end", *map(str, target_vocabulary())),
            notes=(f"{counted(self.numbers, 'number')} of up to {self.digits} digits in four languages",),
        )

    def for_testing(self) -> "TranslationTask":
        """Return the same with a single number to learn from."""
        return self.model_copy(update={"numbers": 1})


def translation_loss(logits: Tensor, pieces: Tensor) -> Tensor:
    """Return the mean cross-entropy over all pieces: logits (B, T, target_size), pieces (B, T), 0 beyond the end."""
    return F.cross_entropy(logits.flatten(0, 1), pieces.flatten(), ignore_index=PADDING)


def count_exact(logits: Tensor, pieces: Tensor) -> Tensor:
    """Return for how many answers every piece is the likeliest one, given the right ones before it.

    That is how many answers of greedy decoding are right to the letter: as long as it is right, it goes on from the
    same pieces.
    """
    return ((logits.argmax(2) == pieces) | (pieces == PADDING)).all(1).sum()
