"""The task of telling the classes of points in a plane apart: the playground's network, as an ordinary run."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import torch
import torch.nn.functional as F
from pydantic import Field, field_validator, model_validator
from torch import Tensor, nn

from core.data.points.coding import LONGEST, MOST_CLASSES, decode_points
from core.models.points import PointDesign, PointNetwork
from core.training.task import Batch, NotEnough, Task, count_right
from core.training.tasks.task_config import FormField, Notation, TaskConfig

_CORNERS = "0.OqOqxVxV~1.OqxVxVOq"
"""XOR: two opposite corners against the others."""
_NAMES = Notation(write="~".join, read=lambda text: text.split("~"))
_WORDS = Notation(write=",".join, read=lambda text: text.split(","))


class PointTask(TaskConfig):
    """Points of two to six classes, and the network that tells them apart.

    Attributes:
        learns: "points".
        data: "points": they are in the configuration.
        train_points: as `core.data.points.coding` writes them.
        test_points: kept for the test; where there are none, the training points are scored.
        labels: names of the classes.
        network: that learns.
    """

    cases = "points"
    classes = 2
    kinds: ClassVar = {"mlp": "MLP"}
    form = (FormField("dropout", "Dropout", "Share of the hidden units that is set to 0.", step=0.1, low=0, high=0.5),)
    notations: ClassVar = {"labels": _NAMES, "features": _WORDS}

    learns: Literal["points"] = "points"
    data: Literal["points"] = "points"
    train_points: str = Field(default=_CORNERS, min_length=1, max_length=LONGEST)
    test_points: str = Field(default="", max_length=LONGEST)
    labels: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=30)], ...], Field(min_length=2, max_length=MOST_CLASSES)
    ] = ("class 1", "class 2")
    network: PointDesign = PointDesign()

    @field_validator("train_points", "test_points")
    @classmethod
    def _are_points(cls, text: str) -> str:
        decode_points(text)
        return text

    @model_validator(mode="after")
    def _are_named(self) -> "PointTask":
        if any((decode_points(text)[1] >= len(self.labels)).any() for text in (self.train_points, self.test_points)):
            raise ValueError("a class of the points has no name")
        return self

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Points of {len(self.labels)} classes"

    @property
    def tested_on(self) -> str:
        """The test points themselves, or the training points where there are none."""
        return f"{self.learns} {self.test_points or self.train_points}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        return PointNetwork(self.network, classes)

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained."""
        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build(len(self.labels)).parameters())

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return points and network on `device`. The last batch of an epoch may be smaller, as on the playground.

        Raises:
            NotEnough: there is no point to learn from.
        """
        learnt, tested = (_tensors(text, device) for text in (self.train_points, self.test_points))
        if not len(learnt[1]):
            raise NotEnough("There are no points to learn from.")
        torch.manual_seed(seed)
        network = self.build(len(self.labels)).to(device)

        def epoch(generator: torch.Generator) -> Iterator[Batch]:
            for chosen in torch.randperm(len(learnt[1]), generator=generator).split(batch_size):
                yield learnt[0][chosen], learnt[1][chosen]

        scored = tested if len(tested[1]) else learnt
        note = "points of the page Neurons"
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=-(-len(learnt[1]) // batch_size),
            loss=F.cross_entropy,
            correct=count_right,
            validation=None,
            test=lambda: iter([scored]),
            sizes=(len(learnt[1]), 0, len(scored[1])),
            outputs=self.labels,
            notes=(note,) if len(tested[1]) else (note, "no test points: the score is that of the training points"),
        )


def _tensors(text: str, device: torch.device) -> tuple[Tensor, Tensor]:
    points, labels = decode_points(text)
    return torch.from_numpy(points).float().to(device), torch.from_numpy(labels).to(device)
