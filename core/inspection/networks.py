"""The networks that a page may look into. One function lists them, so that a finished training can join them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from torch import nn

from core.data.images.datasets import ImageSet, held_out_digits
from core.figures.percent import exact_percent
from core.models.images.recurrent import SequenceReader
from core.models.shipped import load_shipped

SHIPPED = ("digit-cnn", "digit-cnn-strided", "digit-mlp", "digit-gru")
"""The shipped networks that read digits, in the order in which they are offered."""

DIGITS = tuple("0123456789")
"""The names of the classes of a network that reads digits."""


@dataclass(frozen=True)
class Choice:
    """A network that can be looked into; shared by everyone: ask it, but do not train or change it.

    Attributes:
        name: unique; the name in `core.models.shipped` for a shipped one. What is computed once is kept under it.
        title: for people, short.
        family: in words.
        network: on the CPU, in evaluation mode; takes (B, 1, 28, 28), returns logits (B, classes).
        origin: a sentence: how it was trained and how good it is on data it has not seen.
        classes: what its logits stand for, in order.
        examples: labelled pictures that it was not trained on, their labels places in `classes`;
            None where it is to be shown our held-out digits.
    """

    name: str
    title: str
    family: str
    network: nn.Module
    origin: str
    classes: tuple[str, ...] = DIGITS
    examples: ImageSet | None = field(default=None, compare=False)

    @property
    def layered(self) -> nn.Sequential | None:
        """The network as a list of layers, or None where it is not one."""
        return self.network if isinstance(self.network, nn.Sequential) else None

    @property
    def convolutional(self) -> bool:
        """Whether it is a list of layers with convolutions among them."""
        return self.layered is not None and any(isinstance(layer, nn.Conv2d) for layer in self.layered)

    @property
    def sequential(self) -> SequenceReader | None:
        """The network as a reader of a sequence, or None where it is not one."""
        return self.network if isinstance(self.network, SequenceReader) else None

    @property
    def reads_digits(self) -> bool:
        """Whether its classes are the ten digits."""
        return self.classes == DIGITS

    @property
    def held_out(self) -> ImageSet:
        """Labelled pictures that it was not trained on: its own, or our held-out digits."""
        return held_out_digits() if self.examples is None else self.examples

    @property
    def held_out_classes(self) -> tuple[str, ...]:
        """What the labels of `held_out` stand for."""
        return DIGITS if self.examples is None else self.classes


def networks(convolutional: bool = False, further: Sequence[Choice] = ()) -> tuple[Choice, ...]:
    """Return the networks that may be chosen, the lab's CNN first, and `further` ones behind the shipped.

    A title that is taken already gets the network's name behind it, so that all titles differ.

    Args:
        convolutional: only those made of layers with convolutions.
        further: finished trainings.

    Raises:
        BrokenWeights: a shipped file is missing or damaged.
    """
    found = [shipped(name) for name in SHIPPED]
    for choice in further:
        taken = choice.title in {one.title for one in found}
        found.append(replace(choice, title=f"{choice.title} ({choice.name})") if taken else choice)
    return tuple(choice for choice in found if choice.convolutional or not convolutional)


def shipped(name: str) -> Choice:
    """Return a shipped network by its name in `core.models.shipped`.

    Raises:
        BrokenWeights: there is none of that name, or its file is missing or damaged.
    """
    known = load_shipped(name)
    test = known.card.test
    origin = (
        f"shipped, trained on {known.card.data}; "
        f"{test.correct:,} of {test.cases:,} test digits right ({exact_percent(test.accuracy, 2)})"
    )
    return Choice(name, known.title, known.family, known.network, origin)
