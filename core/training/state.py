"""All that a training needs to go on from a checkpoint, packed into named tensors and out again."""

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass

import torch
from torch import Tensor
from torch.optim import Optimizer

from core.training.optimizers import Rate


@dataclass
class Progress:
    """How far a training has come. All numbers, so that they fit into one tensor.

    Attributes:
        step: updates done.
        batch: of these, in the current epoch.
        seconds: spent on updates.
        factor: what a person multiplied the learning rate by.
        best_loss: the lowest validation loss so far.
        best_step: the update after which it was seen; -1 before the first validation.
        waited: validations since then.
    """

    step: int = 0
    batch: int = 0
    seconds: float = 0.0
    factor: float = 1.0
    best_loss: float = math.inf
    best_step: int = -1
    waited: int = 0


def pack(
    progress: Progress, optimizer: Optimizer, rate: Rate, epoch_began: Tensor, best: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Return everything but the weights as tensors: progress, optimiser, schedule, randomness, best weights.

    Args:
        progress: how far the training has come.
        optimizer: with its moments.
        rate: the schedule.
        epoch_began: the state of the data's random generator at the beginning of the epoch.
        best: the best weights so far, empty where they need not be kept.
    """
    packed = {
        "progress": torch.tensor([float(value) for value in astuple(progress)], dtype=torch.float64),
        "rate": rate.state(),
        "epoch_began": epoch_began,
        "random": torch.get_rng_state(),
    }
    for number, moments in optimizer.state_dict()["state"].items():
        for name, value in moments.items():
            if value is not None:
                packed[f"optimizer.{number}.{name}"] = torch.as_tensor(value)
    packed.update({f"best.{name}": value for name, value in best.items()})
    return packed


def unpack(
    packed: Mapping[str, Tensor], progress: Progress, optimizer: Optimizer, rate: Rate
) -> tuple[Tensor, dict[str, Tensor]]:
    """Put what `pack` returned back into a new training; return `epoch_began` and `best`.

    Raises:
        KeyError, ValueError, RuntimeError: the tensors are not those of such a training.
    """
    step, batch, seconds, factor, best_loss, best_step, waited = packed["progress"].tolist()
    progress.step, progress.batch, progress.seconds, progress.factor = int(step), int(batch), seconds, factor
    progress.best_loss, progress.best_step, progress.waited = best_loss, int(best_step), int(waited)
    state = optimizer.state_dict()
    for key, value in packed.items():
        if key.startswith("optimizer."):
            _, number, name = key.split(".")
            state["state"].setdefault(int(number), {})[name] = value
    optimizer.load_state_dict(state)
    rate.take_up(packed["rate"], progress.step)
    torch.set_rng_state(packed["random"])
    return packed["epoch_began"], {
        key.removeprefix("best."): value for key, value in packed.items() if key.startswith("best.")
    }


def wait_anew(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the state with the patience of early stopping as it was at the beginning: for who trains on after it."""
    *others, _ = packed["progress"].tolist()
    return {**packed, "progress": torch.tensor([*others, 0.0], dtype=torch.float64)}
