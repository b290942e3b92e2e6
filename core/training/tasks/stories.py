"""The task of remembering a country until its language is asked for, over a chosen distance."""

from typing import Literal

import torch
import torch.nn.functional as F
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from core.data.text.batches import Examples, sentence_batches
from core.data.text.stories import LANGUAGES, SHORTEST, encode_stories, stories, vocabulary
from core.models.initialisation import initialise_recurrent
from core.models.text.design import CellDesign
from core.models.text.recurrent import SentenceReader
from core.training.task import NotEnough, Task, count_right

NEAREST, FARTHEST = SHORTEST + 2, 100
"""Distances that can be asked for: in shorter stories there is nothing that could be held out."""
KEPT = 1000
"""Held-out stories that are drawn; half of the different ones are for validation, half for the test."""


class StoryTask(BaseModel):
    """Stories of one length, and the cell that reads them.

    Attributes:
        learns: "stories".
        data: "stories": they are made by rule.
        distance: words from the country to the question.
        shorter_too: train on stories of all lengths up to that distance; the test is on that distance all the same.
        stories: how many are trained on.
        network: that learns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    learns: Literal["stories"] = "stories"
    data: Literal["stories"] = "stories"
    distance: int = Field(default=20, ge=NEAREST, le=FARTHEST)
    shorter_too: bool = False
    stories: int = Field(default=3000, ge=1, le=20_000)
    network: CellDesign = CellDesign()

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained."""
        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build(len(LANGUAGES)).parameters())

    def build(self, classes: int) -> nn.Module:
        """Return the network with fresh weights."""
        design = self.network
        network = SentenceReader(vocabulary().size, design.width, design.kind, design.hidden_size, classes=classes)
        if not any(parameter.is_meta for parameter in network.parameters()):  # there is nothing to begin with then
            initialise_recurrent(network.recurrent)
        return network

    def little(self) -> "StoryTask":
        """Return the same with next to nothing to train on, for who wants its test data alone."""
        return self.model_copy(update={"stories": 1})


def prepare_stories(task: StoryTask, batch_size: int, seed: int, device: torch.device) -> Task:
    """Return stories on `device` and the network with its first weights, ready for `core.training.loop.train`.

    Raises:
        NotEnough: a batch is larger than all stories.
    """
    if batch_size > task.stories:
        raise NotEnough(f"A batch of {batch_size:,} is larger than the {task.stories:,} stories.")
    nearest = SHORTEST if task.shorter_too else task.distance
    learnt = stories(task.stories, (nearest, task.distance), seed, held_out=False)
    kept = stories(KEPT, (task.distance, task.distance), 1, held_out=True)
    half = len(kept) // 2
    pieces, answers = encode_stories(learnt)
    epoch, steps = sentence_batches(pieces, pieces, answers, batch_size, 0.0, device)
    torch.manual_seed(seed)
    network = task.build(len(LANGUAGES)).to(device)
    return Task(
        network=network,
        epoch=epoch,
        steps_per_epoch=steps,
        loss=cross_entropy,
        correct=count_right,
        validation=Examples(*encode_stories(kept[:half]), device),
        test=Examples(*encode_stories(kept[half:]), device),
        sizes=(len(learnt), half, len(kept) - half),
        outputs=tuple(LANGUAGES.values()),
        notes=(f"stories made by rule, the question {task.distance} words after the country",),
    )


def cross_entropy(logits: Tensor, answers: Tensor) -> Tensor:
    """Return the mean cross-entropy of logits (B, classes) and answers (B,)."""
    return F.cross_entropy(logits, answers)
