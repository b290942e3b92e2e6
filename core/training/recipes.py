"""Trainings worth seeing, one click each, with what to watch for. Every sentence was held against a run."""

from dataclasses import dataclass
from types import MappingProxyType

from core.models.design import CNN, MLP
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.images import Augmentation, ImageTask


@dataclass(frozen=True)
class Recipe:
    """A training to begin with.

    Attributes:
        name: in the address, ``?recipe=lab``.
        title: for people, short.
        sentence: what to watch for.
        config: the whole run.
        versus: the name of the recipe to compare it with, which differs in one thing; None where there is none.
    """

    name: str
    title: str
    sentence: str
    config: TrainConfig
    versus: str | None = None


_LAB = CNN(initialisation="xavier")  # Keras draws weights uniformly after Glorot, biases are 0
_DEEP = MLP(hidden=(100, 100, 100, 100, 100), initialisation="xavier")
_SHORT = ImageTask(images=10_000, validation_images=2_000, network=_LAB)
_FEW = ImageTask(images=200, validation_images=2_000, network=_LAB)

_LISTED = (
    Recipe(
        "lab",
        "The lab",
        "The lecture's lab exactly: pixels / 255, Adam, batches of 32, all 60,000 digits three times. It quotes "
        "98.60 % at the end; watch how few updates the first 90 % take, and how many the last.",
        TrainConfig(
            title="The lab",
            task=ImageTask(validation_images=0, network=_LAB),
            training=Training(optimizer="adam", learning_rate=1e-3, batch_size=32, epochs=3),
        ),
    ),
    Recipe(
        "fast",
        "98.6 % fast",
        "The same network, as fast as we can: one pass, larger batches, and a learning rate that rises, then falls "
        "to nothing. Watch the noise of the loss settle as the rate goes down.",
        TrainConfig(
            title="98.6 % fast",
            task=ImageTask(validation_images=0),
            training=Training(optimizer="adamw", learning_rate=4e-3, schedule="one-cycle", batch_size=64, epochs=1),
        ),
        "lab",
    ),
    Recipe(
        "lab-short",
        "The lab, short",
        "The lab's network and training on 10,000 digits, two passes, with 2,000 digits kept apart for validation: "
        "something to compare with.",
        TrainConfig(title="The lab, short", task=_SHORT, training=Training(epochs=2)),
    ),
    Recipe(
        "raw-pixels",
        "Raw pixels, 0-255",
        "Why normalise? The short lab with the same seed, but pixels are not divided by 255. Watch where its loss "
        "begins, and compare both curves.",
        TrainConfig(
            title="Raw pixels, 0-255",
            task=_SHORT.model_copy(update={"network": _LAB.model_copy(update={"scaling": "0-255"})}),
            training=Training(epochs=2),
        ),
        "lab-short",
    ),
    Recipe(
        "too-high",
        "Learning rate too high",
        "The short lab with a learning rate a hundred times as high.",
        TrainConfig(title="Learning rate too high", task=_SHORT, training=Training(learning_rate=0.1, epochs=2)),
        "lab-short",
    ),
    Recipe(
        "overfit",
        "Overfit on purpose",
        "Only 200 digits, nothing against learning by heart. Watch training and validation part: the one reaches "
        "100 %, the other's loss turns and rises.",
        TrainConfig(title="Overfit on purpose", task=_FEW, training=Training(batch_size=20, epochs=40)),
        "regularised",
    ),
    Recipe(
        "regularised",
        "The same, regularised",
        "The same 200 digits, but shifted, turned and scaled anew every time, with dropout and weight decay. "
        "Training is worse, validation is better: that is the bargain.",
        TrainConfig(
            title="The same, regularised",
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
        "500 digits with labels drawn at random: there is nothing to understand. Watch it reach 100 % all the same, "
        "and validation stay at guessing, 10 %: that is memorising.",
        TrainConfig(
            title="Random labels",
            task=ImageTask(images=500, validation_images=2_000, random_labels=True, network=_LAB),
            training=Training(batch_size=20, epochs=30),
        ),
    ),
    Recipe(
        "sigmoid",
        "Sigmoid, five layers",
        "Five hidden layers of sigmoids and plain SGD. Watch the gradient of the first layer: far smaller than that "
        "of the last. It vanishes on its way back, so nothing is learnt.",
        TrainConfig(
            title="Sigmoid, five layers",
            task=ImageTask(
                images=10_000,
                validation_images=2_000,
                network=_DEEP.model_copy(update={"activation": "sigmoid"}),
            ),
            training=Training(optimizer="sgd", learning_rate=0.1, epochs=5),
        ),
        "relu",
    ),
    Recipe(
        "relu",
        "ReLU, five layers",
        "The same five layers with ReLU, nothing else changed. Watch all gradients be of one size, and the loss fall.",
        TrainConfig(
            title="ReLU, five layers",
            task=ImageTask(images=10_000, validation_images=2_000, network=_DEEP),
            training=Training(optimizer="sgd", learning_rate=0.1, epochs=5),
        ),
        "sigmoid",
    ),
)

RECIPES: MappingProxyType[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in _LISTED})
"""Every recipe by its name, the one that the page opens with first."""
