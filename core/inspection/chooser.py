"""The networks that a page may look into. One function lists them, so that a finished training can join them."""

from dataclasses import dataclass

from torch import nn

from core.models.zoo import load_shipped

SHIPPED = ("digit-cnn", "digit-cnn-strided", "digit-mlp", "digit-gru")
"""The shipped networks that read digits, in the order in which they are offered."""


@dataclass(frozen=True)
class Choice:
    """A network that can be looked into; shared by everyone: ask it, but do not train or change it.

    Attributes:
        name: unique; the name in `core.models.zoo` for a shipped one.
        title: for people, short.
        family: in words.
        network: in evaluation mode; takes (B, 1, 28, 28), returns logits (B, 10).
        origin: a sentence: how it was trained and how good it is on data it has not seen.
    """

    name: str
    title: str
    family: str
    network: nn.Module
    origin: str

    @property
    def layered(self) -> nn.Sequential | None:
        """The network as a list of layers, or None where it is not one."""
        return self.network if isinstance(self.network, nn.Sequential) else None

    @property
    def convolutional(self) -> bool:
        """Whether it is a list of layers with convolutions among them."""
        return self.layered is not None and any(isinstance(layer, nn.Conv2d) for layer in self.layered)


def networks(convolutional: bool = False) -> tuple[Choice, ...]:
    """Return the networks that read digits and may be chosen, the lab's CNN first.

    Args:
        convolutional: only those made of layers with convolutions.

    Raises:
        BrokenWeights: a shipped file is missing or damaged.
    """
    found = tuple(shipped(name) for name in SHIPPED)
    return tuple(choice for choice in found if choice.convolutional or not convolutional)


def shipped(name: str) -> Choice:
    """Return a shipped network by its name in `core.models.zoo`.

    Raises:
        BrokenWeights: there is none of that name, or its file is missing or damaged.
    """
    known = load_shipped(name)
    test = known.card.test
    origin = (
        f"shipped, trained on {known.card.data}; "
        f"{test.correct:,} of {test.cases:,} test digits right ({test.accuracy:.2%})"
    )
    return Choice(name, known.title, known.family, known.network, origin)
