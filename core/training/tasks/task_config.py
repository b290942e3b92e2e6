"""What every task has: data, a network, a score, and the form on which a page offers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Self

import torch
from pydantic import BaseModel, ConfigDict
from torch import nn

from core.models.design import NetworkDesign
from core.training.hyperparameters import Training
from core.training.task import Task


@dataclass(frozen=True)
class FormField:
    """A control for one setting of a task. What it begins with and its type are those of the setting.

    Attributes:
        name: of the setting.
        label: beside the control.
        help: a sentence about it.
        step: between two values of a slider or a number field.
        low: end of a slider; None where the control is a number field, a switch or a list.
        high: the other end.
        empty: what an empty number field means; empty where it has to be filled in.
        address: the name in the address of the page under which it is kept; empty where it is not.
        choices: values of a list and how each is shown; empty where the control is no list.
    """

    name: str
    label: str
    help: str
    step: float = 1
    low: float | None = None
    high: float | None = None
    empty: str = ""
    address: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Notation:
    """How a setting that is a list is written into an address.

    Attributes:
        write: (value as JSON) -> text.
        read: the other way round; raises ValueError with a sentence.
    """

    write: Callable[[Any], str]
    read: Callable[[str], Any]


class TaskConfig(BaseModel):
    """What is learnt, by which network. A task is one subclass, registered in `core.training.tasks.registry`.

    Attributes:
        learns: what it is about; it tells tasks apart.
        data: the name of the data set.
        network: that learns.

    Class attributes:
        cases: what the score counts, in the plural.
        loss_name: what is made as small as possible, as charts call it.
        classes: outputs of the network.
        kinds: titles of the kinds of networks that can learn it.
        form: controls for its settings on a page.
        suggested: the training that a page begins with; None where people start from recipes.
        hidden_sizes: sizes of the hidden state that a page offers.
        most_epochs: that a page offers.
        baseline: an accuracy to compare with, 0-1, and what it is.
        shows_validation: draw the accuracy on the validation data instead of that on training batches.
        notations: of settings that are lists.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    cases: ClassVar[str]
    loss_name: ClassVar[str] = "cross-entropy"
    classes: ClassVar[int]
    kinds: ClassVar[Mapping[str, str]]
    form: ClassVar[tuple[FormField, ...]] = ()
    suggested: ClassVar[Training | None] = None
    hidden_sizes: ClassVar[tuple[int, ...]] = ()
    most_epochs: ClassVar[int] = 0
    baseline: ClassVar[tuple[float, str] | None] = None
    shows_validation: ClassVar[bool] = False
    notations: ClassVar[Mapping[str, Notation]] = {}

    learns: str
    data: str
    network: NetworkDesign

    @property
    def title(self) -> str:
        """A run of it, for people."""
        raise NotImplementedError

    @property
    def tested_on(self) -> str:
        """What the score is counted on; scores of two tasks can be compared where it is the same."""
        return f"{self.learns} {self.data}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights; on the device "meta" it has only shapes.

        Raises:
            ImpossibleShape: it cannot be built.
        """
        raise NotImplementedError

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return data and network on `device`, ready for `core.training.loop.train`.

        Raises:
            LookupError: the data are not here.
            NotEnough: there are fewer examples than were asked for.
            ImpossibleShape: the network cannot be built.
        """
        raise NotImplementedError

    @classmethod
    def default(cls, name: str) -> str:
        """Return what a setting begins with, as text."""
        return str(cls.model_fields[name].default)

    @classmethod
    def form_field(cls, name: str) -> FormField:
        """Return the control of a setting."""
        return next(field for field in cls.form if field.name == name)

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained.

        Raises:
            ImpossibleShape: it cannot be built.
        """
        return _count_parameters(self)

    def with_network(self, kind: str) -> Self:
        """Return the same task for another kind of network, one of `kinds`."""
        return self.model_copy(update={"network": self.network.model_copy(update={"kind": kind})})

    def for_testing(self) -> Self:
        """Return the same with as little training data as possible, where only its test data are needed."""
        return self


@lru_cache(64)
def _count_parameters(task: TaskConfig) -> int:
    """Build the network without memory and count; kept, since a form asks anew after every change of anything."""
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in task.build(task.classes).parameters())
