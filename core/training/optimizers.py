"""From the names in a configuration to PyTorch's optimisers and schedules."""

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
"""The schedule "step": the learning rate is a tenth after each third of the training."""
PLATEAU_PATIENCE, PLATEAU_FACTOR = 2, 0.5
"""The schedule "plateau": half the learning rate after more than two validations without a better loss."""
WARM_UP = 0.2
"""The schedule "one-cycle": the share of the training in which the learning rate rises."""


def build_optimizer(parameters: Iterable[nn.Parameter], training: Training) -> Optimizer:
    """Return the optimiser of the configuration over `parameters`."""
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


class Rate:
    """The learning rate of every update: a schedule times a factor that a person may change on the way.

    PyTorch's schedules write into an optimiser, some from what they find there.
    So the schedule here works on a copy of the optimiser with one idle number,
    and what it writes is carried over, the learning rate times the factor.
    """

    def __init__(self, optimizer: Optimizer, training: Training, total_steps: int) -> None:
        self._optimizer = optimizer
        self._copy = build_optimizer([nn.Parameter(torch.zeros(()))], training)
        self._plateau: ReduceLROnPlateau | None = None
        self._schedule: LRScheduler | None = None
        if training.schedule == "plateau":
            self._plateau = ReduceLROnPlateau(self._copy, factor=PLATEAU_FACTOR, patience=PLATEAU_PATIENCE)
        else:
            self._schedule = _schedule(self._copy, training, max(1, total_steps))
        self.factor = 1.0
        self._carry_over()

    @property
    def now(self) -> float:
        """The learning rate of the next update."""
        return float(self._optimizer.param_groups[0]["lr"])

    def advance(self) -> None:
        """Go on to the next update."""
        if self._schedule is not None:
            self._copy.step()  # with no gradient it changes nothing; schedules warn where it is left out
            self._schedule.step()
            self._carry_over()

    def hear(self, validation_loss: float) -> None:
        """Tell the plateau schedule what the validation said."""
        if self._plateau is not None:
            self._plateau.step(validation_loss)
            self._carry_over()

    def multiply(self, factor: float) -> None:
        """Multiply the schedule by `factor` from now on."""
        self.factor = factor
        self._carry_over()

    def state(self) -> Tensor:
        """Return what the plateau schedule knows; the other schedules know only the step."""
        rate = float(self._copy.param_groups[0]["lr"])
        if self._plateau is None:
            return torch.tensor([rate], dtype=torch.float64)
        return torch.tensor([rate, self._plateau.best, self._plateau.num_bad_epochs], dtype=torch.float64)

    def take_up(self, state: Tensor, step: int) -> None:
        """Go on where `state` was taken, after `step` updates."""
        if self._plateau is not None:
            rate, self._plateau.best, bad = state.tolist()
            self._plateau.num_bad_epochs = int(bad)
            self._copy.param_groups[0]["lr"] = rate
            self._carry_over()
        for _ in range(step if self._schedule is not None else 0):
            self.advance()

    def _carry_over(self) -> None:
        group = self._copy.param_groups[0]
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
