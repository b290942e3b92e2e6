"""The task of reading numbers: lines of MNIST's digits, written anew by chance, and CTC."""

from typing import ClassVar, Literal

import torch
from pydantic import Field
from torch import nn

from core.data.images.datasets import digits
from core.data.images.image_set import DIGITS
from core.data.numbers.batches import NumberLines, line_batches
from core.data.numbers.writing import LAYOUTS, Layout, many_lines, mnist_scribe
from core.models.numbers import BLANK, TITLES, NumberDesign, count_lines_right, ctc_loss, reader
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted

SIDE = 36
"""Height of digits before a line is scaled, pixels."""
TESTED = 300
"""Lines that are tested on."""


class NumberTask(TaskConfig):
    """Lines of several digits, and the network that reads them without being told where each digit is.

    Attributes:
        learns: "numbers".
        data: "mnist"; its digits are put together to lines.
        layout: how the digits stand, in training and in the test.
        digits: of the longest lines.
        lines: how many are learnt from.
        network: that learns.
    """

    cases = "lines"
    loss_name = "CTC"
    classes = BLANK + 1
    kinds: ClassVar = {str(kind): title for kind, title in TITLES.items()}
    form = (
        FormField(
            "layout",
            "How the digits stand",
            "In training and in the test.",
            choices={
                "all": "All four ways",
                "spaced": "Well apart",
                "touching": "Touching",
                "overlapping": "Overlapping",
                "slanted": "Slanted",
            },
        ),
        FormField("digits", "Digits, at most", "Lines have from one to this many digits.", low=1, high=8),
        FormField("lines", "Lines", "How many are learnt from.", step=500, low=500, high=8000),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=6e-3, batch_size=16, clip_norm=1, epochs=3
    )
    hidden_sizes = (32, 64, 96)
    most_epochs = 10

    learns: Literal["numbers"] = "numbers"
    data: Literal["mnist"] = "mnist"
    layout: Literal["all", "spaced", "touching", "overlapping", "slanted"] = "all"
    digits: int = Field(default=4, ge=1, le=8)
    lines: int = Field(default=3000, ge=1, le=20_000)
    network: NumberDesign = NumberDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Numbers of up to {self.digits} digits" if self.digits > 1 else "Numbers of one digit"

    @property
    def tested_on(self) -> str:
        """Layout and length of the lines of the test."""
        return f"{self.learns} {self.layout} {self.digits}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        return reader(self.network.kind, self.network.hidden_size)

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return lines and network on `device`.

        Lines to learn from are of MNIST's training digits, those of the test of its test digits.

        Raises:
            LookupError: the digits are not here.
            NotEnough: a batch is larger than all lines.
        """
        if batch_size > self.lines:
            raise batch_too_large(batch_size, self.lines, "line")
        layouts: tuple[Layout, ...] = LAYOUTS if self.layout == "all" else (self.layout,)
        lengths = (1, self.digits)
        learnt, tested = mnist_scribe(digits("train"), SIDE), mnist_scribe(digits("test"), SIDE)
        epoch, steps = line_batches(
            *many_lines([learnt], self.lines, seed, layouts=layouts, lengths=lengths), batch_size, device
        )
        torch.manual_seed(seed)
        network = self.build(self.classes).to(device)
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=ctc_loss,
            correct=count_lines_right,
            validation=None,
            test=NumberLines(*many_lines([tested], TESTED, seed=0, layouts=layouts, lengths=lengths), device),
            sizes=(self.lines, 0, TESTED),
            outputs=(*DIGITS, "blank"),
            notes=(f"{counted(self.lines, 'line')} put together from {learnt.source}",),
        )

    def for_testing(self) -> "NumberTask":
        """Return the same with as little training data as possible."""
        return self.model_copy(update={"lines": 1})
