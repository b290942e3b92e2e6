"""Trainings worth watching, and what to look for. Every sentence was checked against a run."""

from dataclasses import dataclass
from types import MappingProxyType

from core.models.images.design import CNN, MLP, Activation
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.tasks.images import Augmentation, ImageTask
from core.training.tasks.task_config import TaskConfig


@dataclass(frozen=True)
class Recipe:
    """A training to start from.

    Attributes:
        name: in the address, ``?recipe=lab``.
        title: for people, short.
        sentence: what to look for.
        config: the whole run.
        versus: the name of the recipe to compare it with, or None.
        partner: whether it exists only for comparison.
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
        "Exactly the lab of the lecture: pixels / 255, Adam, batches of 32, all 60,000 digits three times. The "
        "lecture reports 98.60 % on the test digits. See how few updates the first 90 % take, and how many the "
        "rest.",
        TrainConfig(
            title="The lab",
            task=ImageTask(validation_images=0, network=_LAB),
            training=Training(optimizer="adam", learning_rate=1e-3, batch_size=32, epochs=3),
        ),
    ),
    Recipe(
        "fast",
        "98.6 % fast",
        "The same network, trained as fast as possible: 0.4 epochs, larger batches, standardised pixels, label "
        "smoothing, and a learning rate that rises and then falls to zero. See the loss get steadier as the rate "
        "falls.",
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
        "The lab on 10,000 digits for two epochs, with 2,000 other digits for validation: something to compare with.",
        TrainConfig(title="Lab, short", task=_SHORT, training=Training(epochs=2)),
        partner=True,
    ),
    Recipe(
        "raw-pixels",
        "Raw pixels",
        "Why divide pixels by 255? Here they stay 0 to 255; everything else is as in the short lab. The loss "
        "starts above 30 instead of 2.3, and the first updates only bring it down.",
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
        "The short lab with a learning rate 100 times higher. The first update moves the weights so far that the "
        "ReLUs die: gradients before the last layer are exactly 0, and the loss stays at 2.3 = ln 10, which is "
        "guessing.",
        TrainConfig(title="Rate too high", task=_SHORT, training=Training(learning_rate=0.1, epochs=2)),
        "lab-short",
    ),
    Recipe(
        "overfit",
        "Overfit",
        "Only 200 digits, and nothing to prevent memorising. Training reaches 100 %, while the validation loss "
        "turns and rises.",
        TrainConfig(title="Overfit", task=_FEW, training=Training(batch_size=20, epochs=40)),
        "regularised",
    ),
    Recipe(
        "regularised",
        "Regularised",
        "The same 200 digits, but shifted, turned and scaled at random every time, with dropout and weight decay. "
        "Training gets worse, and validation better.",
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
        "500 digits with random labels: there is no pattern to learn. Training still reaches 100 %, while "
        "validation stays at guessing, 10 %. The network memorises.",
        TrainConfig(
            title="Random labels",
            task=ImageTask(images=500, validation_images=2_000, random_labels=True, network=_LAB),
            training=Training(batch_size=20, epochs=40),
        ),
    ),
    Recipe(
        "sigmoid",
        "Five sigmoids",
        "Five hidden layers with sigmoid, and plain SGD. Look at the gradients: they are hundreds of times "
        "smaller in the first layer than in the last. They vanish on the way back, and the network does not "
        "learn.",
        TrainConfig(title="Five sigmoids", task=_deep("sigmoid"), training=_PLAIN),
        "relu",
    ),
    Recipe(
        "relu",
        "Five ReLUs",
        "Five hidden layers with ReLU instead of sigmoid, nothing else changed. All gradients have about the same "
        "size, and the loss falls.",
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
