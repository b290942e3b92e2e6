"""The training loop: forward, loss, backward, update, reported as it happens. Knows nothing of images."""

import contextlib
import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np
import torch
from torch import Tensor, nn

from core.training.control import Control
from core.training.curve import Curve
from core.training.diagnostics import gradient_norms, memory_in_use
from core.training.events import (
    Checkpoint,
    Diagnostics,
    Ended,
    Ending,
    FinalScore,
    LearningRateChange,
    Paused,
    Resumed,
    TrainingEvent,
    Updates,
    Validation,
)
from core.training.hyperparameters import Training
from core.training.optimizers import LearningRate, build_optimizer
from core.training.state import Progress, pack, unpack
from core.training.task import Task, evaluate
from core.wording import counted

REPORT = 0.25
"""Seconds of training between two reports. Losses stay on the device until then: reading one waits for it."""
CHECKPOINT = 1.0
"""Seconds of training between the first checkpoints; the interval grows by a tenth of the time passed."""
FULL_CHECKPOINT = 5.0
"""Seconds of training between two checkpoints with everything needed to resume, three times as large."""
DIAGNOSTICS = 1.0
"""Seconds of training between two measurements of the gradients."""


def train(
    task: Task,
    training: Training,
    control: Control,
    state: Mapping[str, Tensor] | None = None,
    heartbeat: Callable[[], None] = lambda: None,
    checkpoint_at: Collection[int] = (),
) -> Iterator[TrainingEvent]:
    """Train the network of `task` in place and yield what happens: last `Ended` and, unless it failed, `FinalScore`.

    The same task, training, seed and device give the same losses on the CPU,
    however often the run is paused or resumed.

    Args:
        task: what is learnt; its network already has its first weights.
        training: the hyperparameters.
        control: pauses, stops and scales the learning rate, from any thread.
        state: of a `Checkpoint` to resume from; its weights must already be in the network.
        heartbeat: called often, also while the run is paused.
        checkpoint_at: updates after which there is a `Checkpoint`, besides those that come with time.
    """
    run = _Run(task, training, control, heartbeat)
    if state is not None:
        run.resume(state)
    else:
        yield run.checkpoint()
    yield from run.run_epochs(checkpoint_at)
    yield from run.report()
    ending: Ending = "finished"
    if not run.finite:
        ending = "diverged"
    elif control.stopped:
        ending = "interrupted" if control.interrupted else "stopped"
    else:
        yield from run.validate()
    restored = run.restore_best() if ending == "finished" else None
    if ending != "diverged":
        yield run.checkpoint()
    reason = advise(training, run.progress.step) if ending == "diverged" else ""
    if ending == "finished" and not run.early and run.progress.step < run.total:
        reason = f"Its {training.seconds:g} seconds ran out before its {counted(training.epochs, 'epoch')}."
    yield Ended(*run.position, ending, reason, restored, run.early)
    if ending in {"finished", "stopped"}:
        yield FinalScore(*run.position, evaluate(task, task.test, heartbeat, by_class=True))


def advise(training: Training, step: int) -> str:
    """Return what to try after the loss was no longer a finite number, for people."""
    tips = [f"a learning rate below {training.learning_rate:g}"]
    if not training.clip_norm:
        tips.append("gradient clipping")
    return f"The loss was no longer a finite number after update {step:,}. Try {' or '.join(tips)}."


class _Stopped(Exception):
    """The run was stopped in the middle of an evaluation."""


class _Run:
    """A training in progress: the optimizer, the clock, and what has not been reported yet."""

    def __init__(self, task: Task, training: Training, control: Control, heartbeat: Callable[[], None]) -> None:
        self.task, self.training, self.control, self.heartbeat = task, training, control, heartbeat
        self.network = task.network
        self.network.train()
        self.parameters = [parameter for parameter in self.network.parameters() if parameter.requires_grad]
        self.optimizer = build_optimizer(self.parameters, training)
        self.total = max(1, round(training.epochs * task.steps_per_epoch))
        self.learning_rate = LearningRate(self.optimizer, training, self.total)
        self.progress = Progress()
        self.best: dict[str, Tensor] = {}
        self.generator = torch.Generator().manual_seed(training.seed)
        self.epoch_start = self.generator.get_state()
        self.finite, self.early = True, False
        self.losses: list[Tensor] = []
        self.accuracies: list[Tensor] = []
        self.positions: list[tuple[int, float, float]] = []
        self.learning_rates: list[float] = []
        self.last_report = self.last_checkpoint = self.last_full_checkpoint = 0.0
        self.last_diagnostics: float | None = None
        self.diagnostics: Diagnostics | None = None
        self.last_validated = -1
        self.autocast = (
            torch.autocast("cuda", torch.bfloat16)
            if training.bf16 and task.device.type == "cuda"
            else contextlib.nullcontext()
        )

    # -- the lesson: one update --------------------------------------------------------------------

    def update(self, inputs: Tensor, targets: Tensor) -> None:
        """Forward, loss, backward, update."""
        began = time.perf_counter()
        with self.autocast:
            outputs = self.network(inputs)
            loss = self.task.loss(outputs, targets)
        self.optimizer.zero_grad()
        loss.backward()
        norms = gradient_norms(self.network) if self.diagnostics_due else None
        if self.training.clip_norm:
            nn.utils.clip_grad_norm_(self.parameters, self.training.clip_norm)
        self.learning_rates.append(self.learning_rate.current)
        self.optimizer.step()
        self.learning_rate.advance()
        self.losses.append(loss.detach())
        self.accuracies.append(self.task.correct(outputs.detach(), targets) / self.task.cases(targets))
        self.progress.step += 1
        self.progress.batch += 1
        self.progress.seconds += time.perf_counter() - began
        if norms:
            self.last_diagnostics = self.progress.seconds
            self.diagnostics = Diagnostics(*self.position, norms, memory_in_use(self.task.device))
        self.positions.append(self.position)

    def run_epochs(self, checkpoint_at: Collection[int]) -> Iterator[TrainingEvent]:
        """Go through the training data, batch by batch and epoch by epoch, until something ends it."""
        while not self.over:
            for inputs, targets in self.batches():
                yield from self.wait_if_paused()
                if self.over:
                    return
                yield from self.apply_control()
                self.update(inputs, targets)
                checkpoint_due = self.progress.step in checkpoint_at
                if checkpoint_due or self.report_due:
                    yield from self.report()
                if checkpoint_due and self.finite:
                    yield self.checkpoint()
                if self.validation_due:
                    yield from self.validate()
                if self.over:
                    return
            self.progress.batch, self.epoch_start = 0, self.generator.get_state()
            yield from self.validate()

    # -- where it stands ---------------------------------------------------------------------------

    @property
    def position(self) -> tuple[int, float, float]:
        """Step, epoch and seconds, with which every event begins."""
        return self.progress.step, self.progress.step / self.task.steps_per_epoch, self.progress.seconds

    @property
    def report_due(self) -> bool:
        """Whether it is time for a report."""
        return self.progress.seconds - self.last_report >= REPORT or self.control.paused

    @property
    def diagnostics_due(self) -> bool:
        """Whether it is time to measure the gradients."""
        return self.last_diagnostics is None or self.progress.seconds - self.last_diagnostics >= DIAGNOSTICS

    @property
    def validation_due(self) -> bool:
        """Whether a validation was asked for at this update."""
        every = self.training.validate_every
        return every is not None and self.progress.step % every == 0

    @property
    def over(self) -> bool:
        """Whether no further update is to be made."""
        seconds = self.training.seconds
        done = self.progress.step >= self.total or (seconds is not None and self.progress.seconds >= seconds)
        return done or self.early or not self.finite or self.control.stopped

    # -- reports -----------------------------------------------------------------------------------

    def report(self) -> Iterator[TrainingEvent]:
        """Report the updates since the last report, and make a checkpoint where one is due."""
        self.heartbeat()
        if self.positions:
            losses, accuracies = torch.stack(self.losses).tolist(), torch.stack(self.accuracies).tolist()
            finite = next((n for n, loss in enumerate(losses) if not math.isfinite(loss)), len(losses))
            self.finite = finite == len(losses)
            if not self.finite:
                self.progress.step = self.positions[finite][0]
            if finite:
                columns = [*zip(*self.positions, strict=True), losses, accuracies, self.learning_rates]
                yield Updates(Curve(*(np.array(column[:finite], np.float64) for column in columns)))
            self.losses, self.accuracies, self.positions, self.learning_rates = [], [], [], []
            self.last_report = self.progress.seconds
            if self.diagnostics and self.finite:
                yield self.diagnostics
            self.diagnostics = None
        seconds = self.progress.seconds
        if self.finite and seconds - self.last_checkpoint >= CHECKPOINT + seconds / 10:
            yield self.checkpoint(full=seconds - self.last_full_checkpoint >= FULL_CHECKPOINT)

    def validate(self) -> Iterator[TrainingEvent]:
        """Score the network on the validation data, once at each step, and decide whether to stop early."""
        if self.task.validation is None or self.last_validated == self.progress.step:
            return
        yield from self.report()
        if not self.finite:
            return
        try:
            score = evaluate(self.task, self.task.validation, self.heartbeat_or_stop)
        except _Stopped:
            return
        self.last_validated = self.progress.step
        best = score.loss < self.progress.best_loss
        if best:
            self.progress.best_loss, self.progress.best_step, self.progress.waited = score.loss, self.progress.step, 0
        else:
            self.progress.waited += 1
        patience = self.training.patience
        if best and patience is not None:
            self.best = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.early = patience is not None and self.progress.waited >= patience
        self.learning_rate.after_validation(score.loss)
        yield Validation(*self.position, score, best)

    def checkpoint(self, full: bool = True) -> Checkpoint:
        """Return the current weights and, for a `full` checkpoint, everything needed to resume."""
        self.last_checkpoint = self.progress.seconds
        if not full:
            return Checkpoint(*self.position, self.network.state_dict(), None)
        self.last_full_checkpoint = self.progress.seconds
        self.progress.factor = self.learning_rate.factor
        state = pack(self.progress, self.optimizer, self.learning_rate, self.epoch_start, self.best)
        return Checkpoint(*self.position, self.network.state_dict(), state)

    def heartbeat_or_stop(self) -> None:
        """Send a heartbeat, or leave an evaluation: nobody waits a second for Stop."""
        self.heartbeat()
        if self.control.stopped:
            raise _Stopped

    # -- control -----------------------------------------------------------------------------------

    def wait_if_paused(self) -> Iterator[TrainingEvent]:
        """Wait while the run is paused."""
        if not self.control.paused or self.control.stopped:
            return
        yield from self.report()
        if not self.finite:
            return
        yield self.checkpoint()
        yield Paused(*self.position)
        self.control.wait(self.heartbeat)
        if not self.control.paused:
            yield Resumed(*self.position)

    def apply_control(self) -> Iterator[TrainingEvent]:
        """Apply a new factor of the learning rate."""
        if self.control.factor != self.learning_rate.factor:
            self.learning_rate.scale(self.control.factor)
            yield LearningRateChange(*self.position, self.control.factor)

    # -- epochs, and resuming from a checkpoint ----------------------------------------------------

    def batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of this epoch; in a resumed run those that are left."""
        self.epoch_start = self.generator.get_state()
        skipped = self.progress.batch
        for number, batch in enumerate(self.task.epoch(self.generator)):
            if number >= skipped:
                yield batch

    def resume(self, state: Mapping[str, Tensor]) -> None:
        """Continue from a checkpoint."""
        epoch_start, self.best = unpack(state, self.progress, self.optimizer, self.learning_rate)
        self.generator.set_state(epoch_start)
        self.control.scale_learning_rate(self.progress.factor)
        self.learning_rate.scale(self.progress.factor)
        self.last_report = self.last_checkpoint = self.last_full_checkpoint = self.progress.seconds
        self.last_validated = self.progress.best_step

    def restore_best(self) -> int | None:
        """Restore the best weights after early stopping; return their step, or None where they are the current ones."""
        if not self.best or self.progress.best_step == self.progress.step:
            return None
        self.network.load_state_dict(self.best)
        return self.progress.best_step
