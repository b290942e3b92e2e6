"""The training loop: forward, loss, backward, update. Knows nothing of images."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import OneCycleLR

Batches = Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]]
"""Yields the (inputs, targets) of one epoch, drawn with the generator it is given."""


@dataclass(frozen=True)
class Recipe:
    """The hyperparameters of one training: AdamW under a one-cycle learning rate.

    Attributes:
        epochs: passes over the training data.
        batch_size: examples per update.
        learning_rate: the peak of the cycle.
        weight_decay: AdamW's, per step and relative to the learning rate.
        max_norm: gradients are scaled down to this norm; 0 leaves them alone.
        seed: of initial weights, order and distortion.
    """

    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float = 0.01
    max_norm: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Step:
    """One update: its number from 1, how many there will be, and the loss before it."""

    number: int
    total: int
    loss: float


def fit(
    network: nn.Module,
    batches: Batches,
    steps_per_epoch: int,
    loss_function: Callable[[Tensor, Tensor], Tensor],
    recipe: Recipe,
) -> Iterator[Step]:
    """Train `network` in place, yielding after every update.

    Optimiser: Loshchilov and Hutter, "Decoupled weight decay regularization",
    2019. Schedule: Smith and Topin, "Super-convergence", 2018.
    """
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    total = recipe.epochs * steps_per_epoch
    schedule = OneCycleLR(optimizer, recipe.learning_rate, total_steps=total, pct_start=0.2)
    generator = torch.Generator().manual_seed(recipe.seed)
    network.train()
    number = 0
    for _ in range(recipe.epochs):
        for inputs, targets in batches(generator):
            loss = loss_function(network(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            if recipe.max_norm:
                nn.utils.clip_grad_norm_(network.parameters(), recipe.max_norm)
            optimizer.step()
            schedule.step()
            number += 1
            yield Step(number, total, loss.item())
    network.eval()
