"""The task of remembering a country until its language is asked for, over a chosen distance."""

from typing import ClassVar, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import nn

from core.data.text.batches import Examples, sentence_batches
from core.data.text.stories import LANGUAGES, SHORTEST, encode_stories, stories, vocabulary
from core.models.attention import positions
from core.models.cells import TITLES
from core.models.initialisation import initialise_recurrent
from core.models.text.design import ReaderDesign, attention_width
from core.models.text.recurrent import SentenceReader
from core.models.text.sentences import STORY_HEADS
from core.models.text.transformer import TransformerReader
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, TaskConfig

NEAREST, FARTHEST = SHORTEST + 2, 100
"""Distances that can be asked for: in shorter stories there is nothing that could be held out."""
HELD_OUT = 1000
"""Held-out stories that are drawn; half of the different ones are for validation, half for the test."""


class StoryTask(TaskConfig):
    """Stories of one length, and the cell or the Transformer that reads them.

    Attributes:
        learns: "stories".
        data: "stories": they are made by rule.
        distance: words from the country to the question.
        shorter_too: train on stories of all lengths up to that distance; the test is on that distance all the same.
        stories: how many are trained on.
        network: that learns.
    """

    cases = "stories"
    classes = len(LANGUAGES)
    kinds: ClassVar = {str(kind): title for kind, title in (*TITLES.items(), *positions.TRANSFORMERS.items())}
    form = (
        FormField(
            "distance",
            "Words to remember over",
            "From the country to the question, in every story.",
            low=NEAREST,
            high=60,
            address="distance-learnt",
        ),
        FormField(
            "shorter_too",
            "Shorter stories too",
            "Train on stories of all lengths up to this distance: the near ones teach the far ones.",
        ),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=5e-3, batch_size=50, clip_norm=1, epochs=6
    )
    hidden_sizes = (8, 16, 24, 32, 48, 64)
    most_epochs = 20
    baseline = (1 / len(LANGUAGES), "pure chance")

    learns: Literal["stories"] = "stories"
    data: Literal["stories"] = "stories"
    distance: int = Field(default=20, ge=NEAREST, le=FARTHEST)
    shorter_too: bool = False
    stories: int = Field(default=3000, ge=1, le=20_000)
    network: ReaderDesign = ReaderDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Remember over {self.distance} words"

    @property
    def tested_on(self) -> str:
        """Held-out stories of one length."""
        return f"{self.learns} over {self.distance} words"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        design = self.network
        words, units = vocabulary().size, design.hidden_size
        match design.kind:
            case "rnn" | "gru" | "lstm":
                network = SentenceReader(words, design.width, design.kind, units, classes=classes)
                initialise_recurrent(network.recurrent)
                return network
            case _:
                width, inner = attention_width(design.width), 2 * units
                return TransformerReader(words, width, STORY_HEADS, inner, positions=design.kind, classes=classes)

    def for_testing(self) -> "StoryTask":
        """Return the same with a single story to train on."""
        return self.model_copy(update={"stories": 1})

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return stories and network on `device`; the held-out ones are of other cities and other sentences.

        Raises:
            NotEnough: a batch is larger than all stories.
        """
        if batch_size > self.stories:
            raise batch_too_large(batch_size, self.stories, "story", "stories")
        nearest = SHORTEST if self.shorter_too else self.distance
        learnt = stories(self.stories, (nearest, self.distance), seed, held_out=False)
        held_out = stories(HELD_OUT, (self.distance, self.distance), 1, held_out=True)
        half = len(held_out) // 2
        pieces, answers = encode_stories(learnt)
        epoch, steps = sentence_batches(pieces, pieces, answers, batch_size, 0.0, device)
        torch.manual_seed(seed)
        network = self.build(len(LANGUAGES)).to(device)
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=F.cross_entropy,
            correct=count_right,
            validation=Examples(*encode_stories(held_out[:half]), device),
            test=Examples(*encode_stories(held_out[half:]), device),
            sizes=(len(learnt), half, len(held_out) - half),
            outputs=tuple(LANGUAGES.values()),
            notes=(f"stories made by rule, the question {self.distance} words after the country",),
        )
