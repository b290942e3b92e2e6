"""How shipped networks are trained: the ordinary loop under a progress bar, with fixed hyperparameters."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypedDict

import torch
from torch import Tensor, nn
from tqdm import tqdm

from core.models.cards import CardScore
from core.models.shipped import ARCHITECTURES
from core.training.control import Control
from core.training.events import Checkpoint, Ended, Updates
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import Epoch, Task
from core.training.tasks.task_config import TaskConfig

one_cycle = partial(Training, optimizer="adamw", schedule="one-cycle", weight_decay=0.01)
"""The hyperparameters of one training: AdamW under a one-cycle learning rate, whose peak is given."""


class Results(TypedDict, total=False):
    """What a card says about a training and its scores."""

    data: str
    test: CardScore
    also: tuple[CardScore, ...]
    threshold: float
    perplexity: dict[str, float]
    figures: dict[str, float]


@dataclass(frozen=True)
class ShippedTraining:
    """How one shipped network is trained.

    Attributes:
        learn: the task, or, where no task gives these very weights, (network, title, hyperparameters, options by
            name), which trains the network in place.
        score: (network, options by name) -> what its card says.
        training: the hyperparameters.
        data: the published sets it is trained and scored on (`core.data.sources`); none where all is made by rule.
        options: what else `learn` and `score` are told.
        half: store the weights in half precision; they are rounded before they are scored.
        threads: where it is another number than that of the others; on a busy machine threads wait for each other.
    """

    learn: TaskConfig | Callable[..., None]
    score: Callable[..., Results]
    training: Training
    data: tuple[str, ...] = ()
    options: Mapping[str, float] = field(default_factory=dict)
    half: bool = True
    threads: int | None = None

    @property
    def recipe(self) -> dict[str, float | int | str | bool]:
        """The hyperparameters, and the settings of the task or the options, as the card lists them."""
        task = self.learn.model_dump(exclude={"network"}) if isinstance(self.learn, TaskConfig) else {}
        training = self.training.model_dump(exclude_none=True, exclude={"device", "bf16", "momentum"})
        return training | task | dict(self.options)

    def run(self, name: str, seed: int | None = None, title: str = "") -> nn.Module:
        """Return the network `name`, trained from its first weights.

        Args:
            name: in `ARCHITECTURES`.
            seed: other than that of the shipped network.
            title: of the progress bar; empty for the name.
        """
        training = self.training if seed is None else self.training.model_copy(update={"seed": seed})
        torch.manual_seed(training.seed)
        network = ARCHITECTURES[name].build()
        if isinstance(self.learn, TaskConfig):
            fit_task(self.learn, network, training, title or name)
        else:
            self.learn(network, title or name, training, **self.options)
        if self.half:
            for parameter in network.parameters():  # what is scored is what is stored
                parameter.data = parameter.data.half().float()
        return network.eval()


def fit(
    network: nn.Module,
    batches: Epoch,
    steps: int,
    loss_function: Callable[[Tensor, Tensor], Tensor],
    training: Training,
    title: str,
    keep: Callable[[int, float | None], None] = lambda step, loss: None,
    keep_at: Collection[int] = (),
) -> None:
    """Train `network` in place, `steps` updates an epoch, with a progress bar; `keep` is called at the steps `keep_at`.

    It gets the number of updates done and the loss of the last batch, None before the first update.
    """
    task = Task(
        network,
        batches,
        steps,
        loss_function,
        correct=lambda outputs, _: outputs.new_zeros(()),
        validation=None,
        test=lambda: iter(()),
        sizes=(0, 0, 0),
    )
    loss, kept = None, -1
    with tqdm(total=round(training.epochs * steps), desc=title, unit="step", disable=None) as bar:
        for event in train(task, training, Control(), checkpoint_at=keep_at):
            if isinstance(event, Updates):
                loss = float(event.curve.loss[-1])
                bar.update(len(event.curve))
                bar.set_postfix(loss=f"{loss:.3f}")
            elif isinstance(event, Checkpoint) and kept < event.step in keep_at:
                kept = event.step
                keep(kept, loss)
            elif isinstance(event, Ended):
                break
    network.eval()


def fit_task(task: TaskConfig, network: nn.Module, training: Training, title: str) -> None:
    """Train `network` in place on the data of a task and with its loss; the network that the task names is not used."""
    with torch.random.fork_rng(devices=[]):  # drawing that network's weights must not change what chance does next
        prepared = task.prepare(training.batch_size, training.seed, torch.device("cpu"))
    fit(network, prepared.epoch, prepared.steps_per_epoch, prepared.loss, training, title)
