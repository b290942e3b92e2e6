"""How often the same small network learns a truth table, over many seeds."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.inspection.points.xor import XOR, logits_of, losses_of, network_without_weights, new_networks, train
from core.models.points import Activation

SEEDS = 200
UPDATES = (100, 1000, 5000)
"""After how many updates it is looked at. The tutorial's 100 epochs are 100 updates: all four rows are one batch."""
RATES = (0.001, 0.01, 0.1)
"""Learning rates of Adam; the first is the default of Keras and PyTorch."""


@dataclass(frozen=True)
class SeedResults:
    """How all seeds stand after some updates.

    Attributes:
        updates: how many.
        losses: (rates, seeds), the mean cross-entropy.
        right: (rates, seeds), how many of the four rows are answered as wanted.
    """

    updates: int
    losses: NDArray[np.float64]
    right: NDArray[np.int64]

    def solved(self, rate: int) -> int:
        """Return how many seeds answer all four rows as wanted, with a learning rate by its place."""
        return int((self.right[rate] == 4).sum())


def try_seeds(
    wanted: tuple[int, ...] = XOR, activation: Activation = "relu", seeds: int = SEEDS
) -> Iterator[SeedResults]:
    """Train the network from every seed with every learning rate, all at once; yield how they stand after `UPDATES`.

    Args:
        wanted: the answers for (0, 0), (0, 1), (1, 0) and (1, 1).
        activation: of the hidden units.
        seeds: how many.
    """
    target = torch.tensor(wanted, dtype=torch.float32)
    network = network_without_weights(activation)
    first = new_networks(activation, range(seeds))
    groups = []
    for rate in RATES:
        parameters = {name: value.clone().requires_grad_() for name, value in first.items()}
        groups.append((parameters, torch.optim.Adam(parameters.values(), lr=rate)))
    for updates, _ in enumerate(train(network, groups, target, UPDATES[-1]), 1):
        if updates in UPDATES:
            with torch.no_grad():
                logits = logits_of(network, {name: torch.cat([group[name] for group, _ in groups]) for name in first})
                losses = losses_of(logits, target).reshape(len(RATES), seeds)
                right = ((logits > 0) == (target > 0.5)).sum(1).reshape(len(RATES), seeds)
            yield SeedResults(updates, losses.double().numpy(), right.numpy())
