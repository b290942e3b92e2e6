"""From the names in a configuration to PyTorch's optimizers and schedules."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.optim import SGD, Adam, AdamW, Optimizer, RMSprop
from torch.optim.lr_scheduler import (
    ConstantLR,
    CosineAnnealingLR,
    LRScheduler,
    OneCycleLR,
    ReduceLROnPlateau,
    StepLR,
)

from core.training.hyperparameters import Training

STEP_SHARE, STEP_FACTOR = 1 / 3, 0.1
"""The schedule "step": the learning rate falls to a tenth after each third of the training."""
PLATEAU_PATIENCE, PLATEAU_FACTOR = 2, 0.5
"""The schedule "plateau": the learning rate is halved after more than two validations without a better loss."""
WARM_UP = 0.2
"""The schedule "one-cycle": the share of the training in which the learning rate rises."""


def build_optimizer(parameters: Iterable[nn.Parameter], training: Training) -> Optimizer:
    """Return the optimizer of the configuration over `parameters`."""
    rate, decay = training.learning_rate, training.weight_decay
    match training.optimizer:
        case "sgd":
            return SGD(parameters, lr=rate, weight_decay=decay)
        case "momentum":
            return SGD(parameters, lr=rate, momentum=training.momentum, weight_decay=decay)
        case "nesterov":
            nesterov = training.momentum > 0
            return SGD(parameters, lr=rate, momentum=training.momentum, weight_decay=decay, nesterov=nesterov)
        case "rmsprop":
            return RMSprop(parameters, lr=rate, weight_decay=decay)
        case "adam":
            return Adam(parameters, lr=rate, weight_decay=decay)
        case "adamw":
            return AdamW(parameters, lr=rate, weight_decay=decay)


class LearningRate:
    """The learning rate of every update: a schedule times a factor that a person may change during the training.

    PyTorch's schedules write into an optimizer, and some read back what they wrote.
    So the schedule here works on a second optimizer with one unused parameter,
    and what it writes is copied to the real one, the learning rate times the factor.
    """

    def __init__(self, optimizer: Optimizer, training: Training, total_steps: int) -> None:
        self._optimizer = optimizer
        self._scheduled = build_optimizer([nn.Parameter(torch.zeros(()))], training)
        self._plateau: ReduceLROnPlateau | None = None
        self._schedule: LRScheduler | None = None
        if training.schedule == "plateau":
            self._plateau = ReduceLROnPlateau(self._scheduled, factor=PLATEAU_FACTOR, patience=PLATEAU_PATIENCE)
        else:
            self._schedule = _schedule(self._scheduled, training, max(1, total_steps))
        self.factor = 1.0
        self._copy_to_optimizer()

    @property
    def current(self) -> float:
        """The learning rate of the next update."""
        return float(self._optimizer.param_groups[0]["lr"])

    def advance(self) -> None:
        """Move the schedule to the next update."""
        if self._schedule is not None:
            self._scheduled.step()  # with no gradient it changes nothing; schedules warn where it is left out
            self._schedule.step()
            self._copy_to_optimizer()

    def after_validation(self, loss: float) -> None:
        """Tell the plateau schedule the validation loss."""
        if self._plateau is not None:
            self._plateau.step(loss)
            self._copy_to_optimizer()

    def scale(self, factor: float) -> None:
        """Multiply the schedule by `factor` from now on."""
        self.factor = factor
        self._copy_to_optimizer()

    def state(self) -> Tensor:
        """Return the state of the plateau schedule; the other schedules depend on the step alone."""
        rate = float(self._scheduled.param_groups[0]["lr"])
        if self._plateau is None:
            return torch.tensor([rate], dtype=torch.float64)
        return torch.tensor([rate, self._plateau.best, self._plateau.num_bad_epochs], dtype=torch.float64)

    def resume(self, state: Tensor, step: int) -> None:
        """Continue where `state` was taken, after `step` updates."""
        if self._plateau is not None:
            rate, self._plateau.best, bad = state.tolist()
            self._plateau.num_bad_epochs = int(bad)
            self._scheduled.param_groups[0]["lr"] = rate
            self._copy_to_optimizer()
        for _ in range(step if self._schedule is not None else 0):
            self.advance()

    def _copy_to_optimizer(self) -> None:
        group = self._scheduled.param_groups[0]
        for real in self._optimizer.param_groups:
            real["lr"] = group["lr"] * self.factor
            for key in ("momentum", "betas"):  # one-cycle moves these too
                if key in group:
                    real[key] = group[key]


def _schedule(optimizer: Optimizer, training: Training, steps: int) -> LRScheduler:
    match training.schedule:
        case "step":
            return StepLR(optimizer, max(1, round(steps * STEP_SHARE)), STEP_FACTOR)
        case "cosine":
            return CosineAnnealingLR(optimizer, steps)
        case "one-cycle":
            # Momentum goes down while the rate goes up, where there is any. PyTorch divides by zero at 5 steps.
            cycles = training.optimizer in {"adam", "adamw"} or optimizer.param_groups[0].get("momentum", 0) > 0
            return OneCycleLR(
                optimizer, training.learning_rate, total_steps=max(6, steps), pct_start=WARM_UP, cycle_momentum=cycles
            )
        case _:
            return ConstantLR(optimizer, factor=1.0, total_iters=0)
