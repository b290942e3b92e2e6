"""How the shipped networks are trained: a recipe, and the ordinary loop under a progress bar."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypedDict

from torch import Tensor, nn
from tqdm import tqdm

from core.models.cards import CardScore
from core.training.control import Control
from core.training.events import Checkpoint, Ended, Updates
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import Epoch, Task


@dataclass(frozen=True)
class ShippingRecipe:
    """The hyperparameters of one training: AdamW under a one-cycle learning rate.

    Attributes:
        epochs: passes over the training data.
        batch_size: examples per update.
        learning_rate: the peak of the cycle.
        weight_decay: AdamW's, per step and relative to the learning rate.
        max_norm: gradients are scaled down to this norm; 0 leaves them alone.
        label_smoothing: probability spread over all answers in the target, where the trainer says so.
        seed: of initial weights, order and distortion.
    """

    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float = 0.01
    max_norm: float = 0.0
    label_smoothing: float = 0.0
    seed: int = 0

    def training(self) -> Training:
        """Return the same in the terms of the training loop."""
        return Training(
            optimizer="adamw",
            schedule="one-cycle",
            epochs=self.epochs,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            weight_decay=self.weight_decay,
            clip_norm=self.max_norm,
            seed=self.seed,
        )


class Findings(TypedDict, total=False):
    """What a training found out, as its card states it."""

    data: str
    test: CardScore
    also: tuple[CardScore, ...]
    threshold: float
    perplexity: dict[str, float]
    figures: dict[str, float]


@dataclass(frozen=True)
class Lesson:
    """How one shipped network is made.

    Attributes:
        train: (network, its name, recipe) -> what was found out; trains in place.
        recipe: the hyperparameters.
        data: the published sets it is trained and scored on (`core.data.sources`); none where all is made by rule.
        half: whether the weights are stored in half precision; `train` has rounded them then, before it scored them.
    """

    train: Callable[[nn.Module, str, ShippingRecipe], Findings]
    recipe: ShippingRecipe
    data: tuple[str, ...] = ()
    half: bool = True


def learn(
    network: nn.Module,
    batches: Epoch,
    steps: int,
    loss_function: Callable[[Tensor, Tensor], Tensor],
    recipe: ShippingRecipe,
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
        lambda outputs, _: outputs.new_zeros(()),
        None,
        lambda: iter(()),
        (0,) * 3,
    )
    loss, kept = None, -1
    with tqdm(total=recipe.epochs * steps, desc=title, unit="step", disable=None) as bar:
        for event in train(task, recipe.training(), Control(), checkpoint_at=keep_at):
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


def round_to_half(network: nn.Module) -> None:
    """Round the weights to what a file in half precision holds, so that what is scored is what is stored."""
    for parameter in network.parameters():
        parameter.data = parameter.data.half().float()
