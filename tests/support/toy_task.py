"""A task small enough to train in a moment: points above and below a line."""

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.training.task import Batch, Task


def points(seed: int = 0, count: int = 64) -> tuple[Tensor, Tensor]:
    inputs = torch.randn(count, 2, generator=torch.Generator().manual_seed(seed))
    return inputs, (inputs[:, 0] > inputs[:, 1]).long()


def right(outputs: Tensor, targets: Tensor) -> Tensor:
    return (outputs.argmax(1) == targets).sum()


def task(network: nn.Module | None = None, batch_size: int = 16, validation: bool = True, seed: int = 0) -> Task:
    torch.manual_seed(seed)
    network = network or nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.1), nn.ReLU(), nn.Linear(8, 2))
    inputs, targets = points()

    def epoch(generator: torch.Generator) -> Iterator[Batch]:
        for chosen in torch.randperm(len(targets), generator=generator).split(batch_size):
            yield inputs[chosen], targets[chosen]

    return Task(
        network,
        epoch,
        len(targets) // batch_size,
        F.cross_entropy,
        right,
        (lambda: iter([points(1)])) if validation else None,
        lambda: iter([points(2)]),
        (64, 64 if validation else 0, 64),
    )
