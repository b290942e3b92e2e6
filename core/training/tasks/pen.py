"""The task of reading characters by the movement of the pen."""

from typing import ClassVar, Literal

import numpy as np
import torch
from pydantic import Field
from torch import nn

from core.data.pen.drawing import as_it_is
from core.data.pen.habits import with_habits
from core.data.pen.movements import Movements, many_movements, movement, movement_batches
from core.data.pen.unipen import LABELS, Character, of_part
from core.models.cells import TITLES
from core.models.initialisation import initialise_recurrent
from core.models.pen import PenDesign, PenReader
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted


class PenTask(TaskConfig):
    """Characters that many people wrote, as movements, and the cell that reads them.

    Attributes:
        learns: "movements".
        data: "unipen".
        characters: which are read.
        movements: how many are trained on, drawn from the writers to learn from, each in another hand.
        network: that learns.
    """

    cases = "characters"
    classes = len(LABELS["digits"])  # of what it begins with; capitals have 26
    kinds: ClassVar = {str(cell): title for cell, title in TITLES.items()}
    form = (
        FormField(
            "characters",
            "Characters",
            "Digits, or capital letters from A to Z.",
            choices={"digits": "Digits", "capitals": "Letters A to Z"},
        ),
        FormField(
            "movements",
            "Movements",
            "How many are trained on: characters of many writers, each turned, bent and scaled at random.",
            step=1000,
            low=1000,
            high=30_000,
        ),
    )
    suggested = Training(
        optimizer="adamw",
        schedule="one-cycle",
        learning_rate=6e-3,
        batch_size=64,
        clip_norm=1,
        epochs=8,
        validate_every=50,
    )
    hidden_sizes = (32, 64, 96, 144)
    most_epochs = 12
    shows_validation = True

    learns: Literal["movements"] = "movements"
    data: Literal["unipen"] = "unipen"
    characters: Literal["digits", "capitals"] = "digits"
    movements: int = Field(default=10_000, ge=1, le=60_000)
    network: PenDesign = PenDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"{self.characters.capitalize()} by the movement of the pen"

    @property
    def tested_on(self) -> str:
        """Digits or capitals by the writers of the test."""
        return f"{self.learns} of {self.characters}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        network = PenReader(self.network.kind, self.network.hidden_size, classes, dropout=0.1)
        initialise_recurrent(network.recurrent)
        return network

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained."""
        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build(len(LABELS[self.characters])).parameters())

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return movements and network on `device`.

        Writers are split as for the shipped networks: those of validation and test are not learnt from.

        Raises:
            LookupError: the pen strokes are not here.
            NotEnough: a batch is larger than all movements.
        """
        if batch_size > self.movements:
            raise batch_too_large(batch_size, self.movements, "movement")
        kind, classes = self.characters, tuple(LABELS[self.characters])
        written = of_part(kind, "train")
        change = with_habits if kind == "digits" else as_it_is
        steps, shown = many_movements(written, self.movements, seed, change)
        labels = np.array([classes.index(character.label) for character in written])[shown]
        epoch, count = movement_batches(steps, labels, batch_size, device)
        validation, test = of_part(kind, "validation"), of_part(kind, "test")
        torch.manual_seed(seed)
        network = self.build(len(classes)).to(device)
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=count,
            loss=nn.CrossEntropyLoss(label_smoothing=0.05),
            correct=count_right,
            validation=_as_they_are(validation, classes, device),
            test=_as_they_are(test, classes, device),
            sizes=(self.movements, len(validation), len(test)),
            outputs=classes,
            notes=(
                f"{len(written):,} {kind} that people wrote with a pen, in {counted(self.movements, 'hand')}; "
                "validation and test are by other people",
            ),
        )

    def for_testing(self) -> "PenTask":
        """Return the same with as little training data as possible."""
        return self.model_copy(update={"movements": 1})


def _as_they_are(characters: tuple[Character, ...], classes: tuple[str, ...], device: torch.device) -> Movements:
    labels = np.array([classes.index(character.label) for character in characters])
    return Movements([movement(character.strokes) for character in characters], labels, device)
