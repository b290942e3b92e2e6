"""All that a training needs to resume from a checkpoint, packed into named tensors and unpacked again."""

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass

import torch
from torch import Tensor
from torch.optim import Optimizer

from core.training.optimizers import LearningRate


@dataclass
class Progress:
    """How far a training has come. All numbers, so that they fit into one tensor.

    Attributes:
        step: updates done.
        batch: of these, in the current epoch.
        seconds: spent on updates.
        factor: by which a person multiplied the learning rate.
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
    progress: Progress,
    optimizer: Optimizer,
    learning_rate: LearningRate,
    epoch_start: Tensor,
    best: Mapping[str, Tensor],
) -> dict[str, Tensor]:
    """Return everything but the weights as tensors: progress, optimizer, schedule, random state, best weights.

    Args:
        progress: how far the training has come.
        optimizer: with its moments.
        learning_rate: with its schedule.
        epoch_start: the state of the data's random generator at the start of the epoch.
        best: the best weights so far, empty without early stopping.
    """
    packed = {
        "progress": torch.tensor([float(value) for value in astuple(progress)], dtype=torch.float64),
        "rate": learning_rate.state(),
        "epoch_began": epoch_start,
        "random": torch.get_rng_state(),
    }
    for number, moments in optimizer.state_dict()["state"].items():
        for name, value in moments.items():
            if value is not None:
                packed[f"optimizer.{number}.{name}"] = torch.as_tensor(value)
    packed.update({f"best.{name}": value for name, value in best.items()})
    return packed


def unpack(
    packed: Mapping[str, Tensor], progress: Progress, optimizer: Optimizer, learning_rate: LearningRate
) -> tuple[Tensor, dict[str, Tensor]]:
    """Restore what `pack` returned in a new training; return `epoch_start` and `best`.

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
    learning_rate.resume(packed["rate"], progress.step)
    torch.set_rng_state(packed["random"])
    return packed["epoch_began"], {
        key.removeprefix("best."): value for key, value in packed.items() if key.startswith("best.")
    }


def reset_patience(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the state with the counter of early stopping at zero, to train on after an early stop."""
    *others, _ = packed["progress"].tolist()
    return {**packed, "progress": torch.tensor([*others, 0.0], dtype=torch.float64)}
