"""Learning from a few drawings: by transfer, where only the last layer learns, and from scratch, where all layers do.

The batches, the optimizer and the number of updates are the same for both.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from core.data.images.symbols import Places, Symbols, few_of_each, folds
from core.models.images.cnn import DigitCNN
from core.models.images.transfer import convolutions, from_scratch, joined, last_layer
from core.models.shipped import load_shipped
from core.training.control import Control
from core.training.curve import EMPTY, Curve
from core.training.events import FinalScore, Updates
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import Task, count_right

Way = Literal["transfer", "scratch"]
WAYS: tuple[Way, ...] = ("transfer", "scratch")
EXAMPLES = (1, 2, 5, 10, 20)
"""Examples of each symbol, from few to many."""
MOST = EXAMPLES[-1]
"""More of each symbol are not learnt from."""
BATCH, EPOCHS, UPDATES, LEARNING_RATE = 10, 30, 60, 1e-3
"""Drawings in a batch, passes over the drawings, the fewest updates, and the learning rate. These are the best for
both ways of 1e-3, 3e-3 and 1e-2, and of 30 and 60 passes, on letters by UNIPEN's writers of the validation."""


@dataclass(frozen=True)
class Taught:
    """A network that has learnt symbols.

    Attributes:
        network: in evaluation mode; images (B, 1, 28, 28) in 0-1 to logits (B, classes).
        curve: its training, update by update.
        right: how many of the drawings it was tested on it reads right.
        of: how many these are.
    """

    network: nn.Sequential
    curve: Curve
    right: int
    of: int


@dataclass(frozen=True)
class Point:
    """How many of the drawings kept apart were read right by networks that learnt `examples` of each symbol."""

    way: Way
    examples: int
    right: int
    of: int

    @property
    def accuracy(self) -> float:
        """Share of the drawings, 0-1."""
        return self.right / self.of


def teach(way: Way, learnt: Symbols, tested: Symbols, seed: int = 0) -> Taught:
    """Train a network on a few drawings, and test it on others. The same drawings and seed give the same network."""
    generator = torch.Generator().manual_seed(seed)
    kept = convolutions(_shipped())
    if way == "transfer":  # the convolutions never change, so they are asked once
        network: nn.Sequential | nn.Linear = last_layer(len(learnt.classes), generator)
        inputs, test = (_features(kept, _as_inputs(some)) for some in (learnt, tested))
    else:
        network = from_scratch(len(learnt.classes), generator)
        inputs, test = _as_inputs(learnt), _as_inputs(tested)
    steps = math.ceil(len(learnt) / BATCH)
    targets = torch.from_numpy(learnt.labels)

    def epoch(order: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in torch.randperm(len(targets), generator=order).split(BATCH):
            yield inputs[chosen], targets[chosen]

    task = Task(
        network=network,
        epoch=epoch,
        steps_per_epoch=steps,
        loss=nn.CrossEntropyLoss(),
        correct=count_right,
        validation=None,
        test=lambda: iter([(test, torch.from_numpy(tested.labels))]),
        sizes=(len(learnt), 0, len(tested)),
        outputs=learnt.classes,
    )
    settings = Training(
        learning_rate=LEARNING_RATE,
        batch_size=BATCH,
        epochs=max(EPOCHS, UPDATES / steps),
        seed=seed,
        device="cpu",
    )
    rows, right = [EMPTY.rows], 0
    for event in train(task, settings, Control()):
        if isinstance(event, Updates):
            rows.append(event.curve.rows)
        elif isinstance(event, FinalScore):
            right = event.score.correct
    network.eval().requires_grad_(False)
    whole = joined(kept, network) if isinstance(network, nn.Linear) else network
    return Taught(whole, Curve.from_rows(np.concatenate(rows)), right, len(tested))


def accuracy_by_examples(symbols: Symbols, going_on: Callable[[], bool] = lambda: True) -> Iterator[Point]:
    """Yield how both ways do with more and more examples of each symbol, on drawings kept apart by cross-validation.

    Nothing comes where every symbol has not been drawn twice, or by two people where there are several.

    Args:
        symbols: the drawings.
        going_on: asked before every training whether it is still wanted.
    """
    parts = folds(symbols)
    yield from _points([(symbols.at(learnt), symbols.at(kept)) for learnt, kept in parts], going_on)


def _points(parts: Sequence[tuple[Symbols, Symbols]], going_on: Callable[[], bool]) -> Iterator[Point]:
    available = min((min(learnt.counts) for learnt, _ in parts), default=0)
    if not available:
        return
    for examples in sorted({count for count in EXAMPLES if count < available} | {min(available, MOST)}):
        for way in WAYS:
            taught = []
            for number, (learnt, kept) in enumerate(parts):
                if not going_on():
                    return
                taught.append(teach(way, learnt.at(few_of_each(learnt.labels, examples, number)), kept, number))
            yield Point(way, examples, sum(one.right for one in taught), sum(one.of for one in taught))


def learnt_from(symbols: Symbols) -> Places:
    """Return the places of the drawings that the network learns from: at most `MOST` of each symbol."""
    return few_of_each(symbols.labels, MOST, 0)


def _shipped() -> DigitCNN:
    network = load_shipped("digit-cnn").network
    assert isinstance(network, DigitCNN)
    return network


def _as_inputs(symbols: Symbols) -> Tensor:
    return torch.from_numpy(symbols.images.astype(np.float32) / 255).unsqueeze(1)


def _features(kept: nn.Sequential, inputs: Tensor) -> Tensor:
    with torch.no_grad():
        features: Tensor = kept(inputs)
    return features
