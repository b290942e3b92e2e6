"""Trainings worth seeing, one click each, with what to watch for. Every sentence was held against a run."""

from dataclasses import dataclass
from types import MappingProxyType

from core.models.images.design import CNN, MLP, Activation
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.tasks.images import Augmentation, ImageTask
from core.training.tasks.task_config import TaskConfig


@dataclass(frozen=True)
class Recipe:
    """A training to begin with.

    Attributes:
        name: in the address, ``?recipe=lab``.
        title: for people, short.
        sentence: what to watch for.
        config: the whole run.
        versus: the name of the recipe to compare it with; None where there is none.
        partner: whether it is only there to be compared with.
    """

    name: str
    title: str
    sentence: str
    config: TrainConfig
    versus: str | None = None
    partner: bool = False


_LAB = CNN(initialisation="xavier")  # Keras draws weights uniformly after Glorot, biases are 0
_SHORT = ImageTask(images=10_000, validation_images=2_000, network=_LAB)
_FEW = ImageTask(images=200, validation_images=2_000, network=_LAB)

_PLAIN = Training(optimizer="sgd", learning_rate=0.1, epochs=10)


def _deep(activation: Activation) -> ImageTask:
    network = MLP(hidden=(100, 100, 100, 100, 100), initialisation="xavier", activation=activation)
    return ImageTask(images=20_000, validation_images=2_000, network=network)


_LISTED = (
    Recipe(
        "lab",
        "The lab",
        "The lecture's lab exactly: pixels / 255, Adam, batches of 32, all 60,000 digits three times. It quotes "
        "98.60 % on the test digits. Watch how few updates the first 90 % take, and how many the rest.",
        TrainConfig(
            title="The lab",
            task=ImageTask(validation_images=0, network=_LAB),
            training=Training(optimizer="adam", learning_rate=1e-3, batch_size=32, epochs=3),
        ),
    ),
    Recipe(
        "fast",
        "98.6 % fast",
        "The same network as fast as we can: two fifths of one pass, larger batches, standardised pixels, smoothed "
        "labels, and a learning rate that rises, then falls to nothing. Watch the loss become calm as it falls.",
        TrainConfig(
            title="98.6 % fast",
            task=ImageTask(validation_images=0, label_smoothing=0.05, network=CNN(scaling="standardised")),
            training=Training(optimizer="adamw", learning_rate=8e-3, schedule="one-cycle", batch_size=64, epochs=0.4),
        ),
        "lab",
    ),
    Recipe(
        "lab-short",
        "Lab, short",
        "The lab's network and training on 10,000 digits, two passes, with 2,000 others kept apart for validation: "
        "something to compare with.",
        TrainConfig(title="Lab, short", task=_SHORT, training=Training(epochs=2)),
        partner=True,
    ),
    Recipe(
        "raw-pixels",
        "Raw pixels",
        "Why divide pixels by 255? Here they stay 0 to 255; seed and all else are those of the short lab. Watch the "
        "loss begin above 30 instead of 2.3, its first updates being spent on getting down.",
        TrainConfig(
            title="Raw pixels",
            task=_SHORT.model_copy(update={"network": _LAB.model_copy(update={"scaling": "0-255"})}),
            training=Training(epochs=2),
        ),
        "lab-short",
    ),
    Recipe(
        "too-high",
        "Rate too high",
        "The short lab with a learning rate a hundred times as high. The first update throws the weights so far that "
        "the ReLUs die: gradients of exactly 0 before the last layer, and a loss of 2.3 = ln 10, guessing, for good.",
        TrainConfig(title="Rate too high", task=_SHORT, training=Training(learning_rate=0.1, epochs=2)),
        "lab-short",
    ),
    Recipe(
        "overfit",
        "Overfit",
        "Only 200 digits, and nothing against learning by heart. Watch training and validation part: training reaches "
        "100 %, while the validation loss turns and rises.",
        TrainConfig(title="Overfit", task=_FEW, training=Training(batch_size=20, epochs=40)),
        "regularised",
    ),
    Recipe(
        "regularised",
        "Regularised",
        "The same 200 digits, but shifted, turned and scaled anew every time, with dropout and weight decay. Training "
        "gets worse and validation better: that is the bargain.",
        TrainConfig(
            title="Regularised",
            task=_FEW.model_copy(
                update={
                    "augmentation": Augmentation(shift=2, turn=12, scale=0.1),
                    "network": _LAB.model_copy(update={"dropout": 0.3}),
                }
            ),
            training=Training(optimizer="adamw", weight_decay=0.01, batch_size=20, epochs=40),
        ),
        "overfit",
    ),
    Recipe(
        "random-labels",
        "Random labels",
        "500 digits with labels drawn at random: there is nothing to understand. Watch training reach 100 % all the "
        "same, while validation stays at guessing, 10 %: this is memorising.",
        TrainConfig(
            title="Random labels",
            task=ImageTask(images=500, validation_images=2_000, random_labels=True, network=_LAB),
            training=Training(batch_size=20, epochs=40),
        ),
    ),
    Recipe(
        "sigmoid",
        "Five sigmoids",
        "Five hidden layers of sigmoids and plain SGD. Watch the gradients below: hundreds of times smaller in the "
        "first layer than in the last. They vanish on the way back, and nothing is learnt.",
        TrainConfig(title="Five sigmoids", task=_deep("sigmoid"), training=_PLAIN),
        "relu",
    ),
    Recipe(
        "relu",
        "Five ReLUs",
        "Five hidden layers with ReLU instead of sigmoid, nothing else changed. Watch all gradients be of about one "
        "size, and the loss fall.",
        TrainConfig(title="Five ReLUs", task=_deep("relu"), training=_PLAIN),
        "sigmoid",
        partner=True,
    ),
)

RECIPES: MappingProxyType[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in _LISTED})
"""Every recipe by its name, the one that the page opens with first."""


def suggest_training(task: TaskConfig, epochs: float, seed: int) -> TrainConfig:
    """Return the training with which a page lets people train a task, as the task suggests it.

    Raises:
        ValueError: the task suggests none.
    """
    if task.suggested is None:
        raise ValueError(f"There is no suggested training for {task.learns}.")
    return TrainConfig(
        title=task.title, task=task, training=task.suggested.model_copy(update={"epochs": epochs, "seed": seed})
    )
