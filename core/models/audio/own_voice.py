"""Two ways to a network for one's own voice: the shipped CNN with a new last layer, and the same CNN from scratch."""

from typing import Literal, Self

from pydantic import Field

from core.models.audio.readers import SIZES, SpeechCNN
from core.models.design import NetworkDesign

VoiceWay = Literal["last-layer", "scratch"]
WAYS: dict[VoiceWay, str] = {"last-layer": "Last layer only", "scratch": "From scratch"}
"""How each is called for people."""
ADAPTED = {
    "before": "mean accuracy on a voice left out, before two recordings of each digit are learnt, %",
    "last-layer": "after, by the last layer only, %",
    "scratch": "after, from scratch with these recordings alone, %",
}
"""Figures on the card of the shipped CNN: how it was measured on five people what learning a voice does."""


class VoiceDesign(NetworkDesign):
    """The CNN that reads spoken digits, as it learns a voice.

    Attributes:
        kind: whether only the last layer of the shipped CNN learns, or everything from scratch.
        hidden_size: detectors, as many as the shipped CNN has.
    """

    kind: VoiceWay = "last-layer"
    hidden_size: int = Field(default=SIZES["cnn"], ge=SIZES["cnn"], le=SIZES["cnn"])


class LastLayerCNN(SpeechCNN):
    """A CNN of which only the last layer learns: transfer learning.

    What it was taught before stays as it is: those weights get no gradients, and batch normalisation keeps the means
    and variances of the many voices it has heard.
    """

    def __init__(self, classes: int = 10, hidden_size: int = SIZES["cnn"]) -> None:
        super().__init__(classes, hidden_size)
        for name, parameter in self.named_parameters():
            parameter.requires_grad = name.startswith("dense.")
        self.train()

    def train(self, mode: bool = True) -> Self:
        """Put the last layer into training mode, or everything into evaluation mode."""
        super().train(False)
        self.dense.train(mode)
        self.training = mode
        return self
