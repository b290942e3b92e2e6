"""Pen strokes to learn movements from: drawn by many hands and in many sizes, cut into steps, in batches."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.like_length import batches_of_like_length
from core.data.pen.drawing import Change, Pen, as_it_is, choose_by_writer, move
from core.data.pen.steps import Steps, to_steps
from core.data.pen.unipen import Character, Stroke

PADDING = -1.0
"""The third number of what fills a batch up beyond the end of a movement (`core.models.pen`)."""
SMALLEST, LARGEST = 0.2, 1.0
"""Shares of the canvas that characters take to learn from."""
USUAL = 0.6
"""The share that they take to be measured on."""
LOOK = 200
"""Movements that are only looked at go through a network in batches of this size."""


def movement(strokes: Sequence[Stroke], size: float = USUAL) -> Steps:
    """Return the steps of a character whose larger side takes `size` of the canvas."""
    points = np.concatenate(strokes)
    larger = float((points.max(0) - points.min(0)).max())
    return to_steps(strokes, larger / size if larger > 0 else 1.0)


def random_hand(draw: np.random.Generator) -> Pen:
    """Return how somebody else might write the same."""
    return Pen(
        turn=float(draw.normal(0, 8)),
        slant=float(draw.normal(0, 0.2)),
        stretch=float(np.exp(draw.normal(0, 0.15))),
        bend=float(draw.uniform(0, 0.04)),
        haste=float(draw.choice([0.0, draw.uniform(0, 0.15)])),
        tremble=float(draw.choice([0.0, draw.uniform(0, 0.01)])),
    )


def many_movements(
    characters: Sequence[Character],
    count: int,
    seed: int,
    change: Change = as_it_is,
) -> tuple[list[Steps], NDArray[np.int64]]:
    """Return `count` movements to learn from, and which character each is of (count,).

    Args:
        characters: what is drawn from.
        count: how many.
        seed: of the choice, of the hands and of the changes.
        change: makes another character of one before it is written.
    """
    draw = np.random.default_rng(seed)
    chosen = choose_by_writer(characters, count, draw)
    made = []
    for at in chosen:
        size = float(np.exp(draw.uniform(np.log(SMALLEST), np.log(LARGEST))))
        made.append(movement(move(change(characters[at], draw).strokes, random_hand(draw), draw), size))
    return made, chosen


def pad(movements: Sequence[Steps]) -> Tensor:
    """Return movements of T steps or fewer as one tensor (N, T, 3)."""
    filled = np.zeros((len(movements), max(map(len, movements)), 3), np.float32)
    filled[..., 2] = PADDING
    for row, steps in zip(filled, movements, strict=True):
        row[: len(steps)] = steps
    return torch.from_numpy(filled)


def movement_batches(
    movements: Sequence[Steps], labels: NDArray[np.int64], batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Movements of like length come together.

    Args:
        movements: (T, 3) each.
        labels: (N,).
        batch_size: movements a batch; what is left over at the end of an epoch is skipped.
        device: where batches are put.
    """
    lengths, targets = torch.tensor([len(steps) for steps in movements]), torch.from_numpy(labels)
    count = len(movements) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator, stable=True):
            yield pad([movements[place] for place in chosen.tolist()]).to(device), targets[chosen].to(device)

    return epoch, count


class Movements:
    """All movements of a set, in order: call it for batches of steps and labels.

    Args:
        movements: (T, 3) each.
        labels: (N,).
        device: where batches are put.
    """

    def __init__(self, movements: Sequence[Steps], labels: NDArray[np.int64], device: torch.device) -> None:
        self.movements, self.labels, self.device = movements, torch.from_numpy(labels), device

    def __call__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches."""
        for begin in range(0, len(self.movements), LOOK):
            some = slice(begin, begin + LOOK)
            yield pad(self.movements[some]).to(self.device), self.labels[some].to(self.device)
