"""The training loop: forward, loss, backward, update, told as it happens. Knows nothing of images."""

import contextlib
import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping

import torch
from torch import Tensor, nn

from core.training.control import Control
from core.training.events import (
    Checkpoint,
    Ended,
    Ending,
    Event,
    Place,
    RateChanged,
    Rests,
    Scored,
    Steps,
    Validated,
    Vitals,
)
from core.training.hyperparameters import Training
from core.training.optimizers import Rate, build_optimizer
from core.training.state import Progress, pack, unpack
from core.training.task import Task, evaluate
from core.training.vitals import read_vitals

REPORT = 0.25
"""Seconds of training between two reports. Losses stay on the device until then: asking for one waits for it."""
CHECKPOINT = 1.0
"""Seconds of training between the first checkpoints; the pause grows by a tenth of what has passed."""
WHOLE = 5.0
"""Seconds of training between two checkpoints with all that is needed to go on, which is three times as much."""
VITALS = 1.0
"""Seconds of training between two looks at the gradients."""


def train(
    task: Task,
    training: Training,
    control: Control,
    state: Mapping[str, Tensor] | None = None,
    beat: Callable[[], None] = lambda: None,
    keep_at: Collection[int] = (),
) -> Iterator[Event]:
    """Train the network of `task` in place, telling what happens; ends with `Ended` and, unless it failed, `Scored`.

    The same task, training, seed and device give the same losses on the CPU,
    however often the run rests or is resumed.

    Args:
        task: what is learnt; its network has its first weights already.
        training: how.
        control: the levers; may be moved from other threads.
        state: of a `Checkpoint` to go on from; its weights must be in the network already.
        beat: called often, also while the run rests, to say that it is alive.
        keep_at: updates after which there is a `Checkpoint`, beside those that come with time.
    """
    run = _Run(task, training, control, beat)
    if state is not None:
        run.take_up(state)
    else:
        yield run.checkpoint()
    yield from run.go_through(keep_at)
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
        reason = f"Its {training.seconds:g} seconds were over before its {training.epochs:g} epochs."
    yield Ended(run.place, ending, reason, restored, run.early)
    if ending in {"finished", "stopped"}:
        yield Scored(run.place, evaluate(task, task.test, beat))


def advise(training: Training, step: int) -> str:
    """Return what to try after the loss was no longer a finite number, for people."""
    tips = [f"a learning rate below {training.learning_rate:g}"]
    if not training.clip_norm:
        tips.append("gradient clipping")
    return f"The loss was no longer a finite number after update {step:,}. Try {' or '.join(tips)}."


class _Stopped(Exception):
    """The run was stopped in the middle of an evaluation."""


class _Run:
    """A training on its way: the optimiser, the clock, and what has not been reported yet."""

    def __init__(self, task: Task, training: Training, control: Control, beat: Callable[[], None]) -> None:
        self.task, self.training, self.control, self.beat = task, training, control, beat
        self.network = task.network
        self.network.train()
        self.parameters = [parameter for parameter in self.network.parameters() if parameter.requires_grad]
        self.optimizer = build_optimizer(self.parameters, training)
        self.total = max(1, round(training.epochs * task.steps_per_epoch))
        self.rate = Rate(self.optimizer, training, self.total)
        self.progress = Progress()
        self.best: dict[str, Tensor] = {}
        self.generator = torch.Generator().manual_seed(training.seed)
        self.epoch_began = self.generator.get_state()
        self.finite, self.early = True, False
        self.losses: list[Tensor] = []
        self.accuracies: list[Tensor] = []
        self.moments: list[tuple[int, float, float, float]] = []
        self.reported = self.kept = 0.0
        self.kept_whole = 0.0
        self.measured: float | None = None
        self.vitals: Vitals | None = None
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
        vitals_due = self.measured is None or self.progress.seconds - self.measured >= VITALS
        norms = gradient_norms(self.network) if vitals_due else None
        if self.training.clip_norm:
            nn.utils.clip_grad_norm_(self.parameters, self.training.clip_norm)
        rate = self.rate.now
        self.optimizer.step()
        self.rate.advance()
        self.losses.append(loss.detach())
        self.accuracies.append(self.task.correct(outputs.detach(), targets) / self.task.cases(targets))
        self.progress.step += 1
        self.progress.batch += 1
        self.progress.seconds += time.perf_counter() - began
        if norms:
            self.measured = self.progress.seconds
            self.vitals = read_vitals(self.place, norms, self.task.device)
        self.moments.append((self.progress.step, self.place.epoch, self.progress.seconds, rate))

    def go_through(self, keep_at: Collection[int]) -> Iterator[Event]:
        """Go through the training data, batch by batch and epoch by epoch, until something ends it."""
        while not self.over:
            for inputs, targets in self.batches():
                yield from self.rest()
                if self.over:
                    return
                yield from self.hear_control()
                self.update(inputs, targets)
                kept = self.progress.step in keep_at
                if kept or self.report_due:
                    yield from self.report()
                if kept and self.finite:
                    yield self.checkpoint()
                if self.validation_due:
                    yield from self.validate()
                if self.over:
                    return
            self.progress.batch, self.epoch_began = 0, self.generator.get_state()
            yield from self.validate()

    # -- where it stands ---------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The moment now."""
        return Place(self.progress.step, self.progress.step / self.task.steps_per_epoch, self.progress.seconds)

    @property
    def report_due(self) -> bool:
        """Whether it is time to tell."""
        return self.progress.seconds - self.reported >= REPORT or self.control.paused

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

    # -- telling -----------------------------------------------------------------------------------

    def report(self) -> Iterator[Event]:
        """Tell of the updates since the last report, and keep the weights where it is time."""
        self.beat()
        if self.moments:
            losses = [float(value) for value in torch.stack(self.losses).tolist()]
            accuracies = [float(value) for value in torch.stack(self.accuracies).tolist()]
            finite = next((n for n, loss in enumerate(losses) if not math.isfinite(loss)), len(losses))
            self.finite = finite == len(losses)
            if not self.finite:
                self.progress.step = self.moments[finite][0]
            if finite:
                steps, epochs, seconds, rates = zip(*self.moments[:finite], strict=True)
                yield Steps(steps, epochs, seconds, tuple(losses[:finite]), tuple(accuracies[:finite]), rates)
            self.losses, self.accuracies, self.moments = [], [], []
            self.reported = self.progress.seconds
            if self.vitals and self.finite:
                yield self.vitals
            self.vitals = None
        if self.finite and self.progress.seconds - self.kept >= CHECKPOINT + self.progress.seconds / 10:
            yield self.checkpoint(whole=self.progress.seconds - self.kept_whole >= WHOLE)

    def validate(self) -> Iterator[Event]:
        """Look at the validation data, once at each place, and decide whether to stop early."""
        if self.task.validation is None or self.last_validated == self.progress.step:
            return
        yield from self.report()
        if not self.finite:
            return
        try:
            result = evaluate(self.task, self.task.validation, self.beat_or_give_up)
        except _Stopped:
            return
        self.last_validated = self.progress.step
        best = result.loss < self.progress.best_loss
        if best:
            self.progress.best_loss, self.progress.best_step, self.progress.waited = result.loss, self.progress.step, 0
        else:
            self.progress.waited += 1
        patience = self.training.patience
        if best and patience is not None:
            self.best = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.early = patience is not None and self.progress.waited >= patience
        self.rate.hear(result.loss)
        yield Validated(self.place, result, best)

    def checkpoint(self, whole: bool = True) -> Checkpoint:
        """Return the weights as they are, and, for a `whole` one, all that is needed to go on."""
        self.kept = self.progress.seconds
        if not whole:
            return Checkpoint(self.place, self.network.state_dict(), None)
        self.kept_whole = self.progress.seconds
        self.progress.factor = self.rate.factor
        state = pack(self.progress, self.optimizer, self.rate, self.epoch_began, self.best)
        return Checkpoint(self.place, self.network.state_dict(), state)

    def beat_or_give_up(self) -> None:
        """Say that the run is alive, or leave an evaluation: nobody waits a second for Stop."""
        self.beat()
        if self.control.stopped:
            raise _Stopped

    # -- being told --------------------------------------------------------------------------------

    def rest(self) -> Iterator[Event]:
        """Wait while the run is paused."""
        if not self.control.paused or self.control.stopped:
            return
        yield from self.report()
        if not self.finite:
            return
        yield self.checkpoint()
        yield Rests(self.place, True)
        self.control.wait(self.beat)
        if not self.control.paused:
            yield Rests(self.place, False)

    def hear_control(self) -> Iterator[Event]:
        """Take over a new factor of the learning rate."""
        if self.control.factor != self.rate.factor:
            self.rate.multiply(self.control.factor)
            yield RateChanged(self.place, self.control.factor)

    # -- epochs, and going on from a checkpoint ----------------------------------------------------

    def batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of this epoch; after a resumption those that were left."""
        self.epoch_began = self.generator.get_state()
        skipped = self.progress.batch
        for number, batch in enumerate(self.task.epoch(self.generator)):
            if number >= skipped:
                yield batch

    def take_up(self, state: Mapping[str, Tensor]) -> None:
        """Go on where `state` was taken."""
        began, self.best = unpack(state, self.progress, self.optimizer, self.rate)
        self.generator.set_state(began)
        self.control.scale_learning_rate(self.progress.factor)
        self.rate.multiply(self.progress.factor)
        self.reported = self.kept = self.kept_whole = self.progress.seconds
        self.last_validated = self.progress.best_step

    def restore_best(self) -> int | None:
        """Put the best weights back after early stopping; return their step, or None where they are those now."""
        if not self.best or self.progress.best_step == self.progress.step:
            return None
        self.network.load_state_dict(self.best)
        return self.progress.best_step


def gradient_norms(network: nn.Module) -> dict[str, float]:
    """Return the Euclidean norm of the loss gradient of every layer, by the layer's name."""
    layers: dict[str, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if parameter.grad is not None:
            layers.setdefault(name.rpartition(".")[0], []).append(parameter.grad)
    norms = [torch.linalg.vector_norm(torch.cat([grad.flatten() for grad in grads])) for grads in layers.values()]
    return dict(zip(layers, torch.stack(norms).tolist(), strict=True)) if norms else {}
