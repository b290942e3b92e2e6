"""One training of the lab's CNN, kept at a few moments on the way: `assets/weights/digit-cnn-checkpoints`."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from pydantic import BaseModel, ConfigDict, Field
from safetensors.torch import load
from torch import Tensor

from core.models.cards import CardScore
from core.models.images.cnn import DigitCNN
from core.models.shipped import WEIGHTS, BrokenWeights

NAME = "digit-cnn-checkpoints"


class Moment(BaseModel):
    """A moment of the training: updates done, the loss of the last batch, and the score on unseen digits.

    `loss` is None before the first update. The score is that of the weights as
    they are stored, rounded to half precision.
    """

    model_config = ConfigDict(frozen=True)

    step: int = Field(ge=0)
    epochs: float = Field(ge=0)
    loss: float | None
    test: CardScore


class SeriesCard(BaseModel):
    """What stands beside the series: the training it was taken from, and its moments in order."""

    model_config = ConfigDict(frozen=True)

    name: str
    data: str
    data_sha256: dict[str, str]
    recipe: dict[str, float | int | str | bool]
    steps_per_epoch: int
    precision: str
    seed: int
    versions: dict[str, str]
    training_seconds: float
    moments: tuple[Moment, ...]
    weights_sha256: str


@dataclass(frozen=True)
class SeriesCheckpoint:
    """The network as it was at one moment; shared by everyone: ask it, but do not train or change it."""

    moment: Moment
    network: DigitCNN


def half(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return weights rounded to half precision, as the series stores them."""
    return {key: value.to(torch.float16).contiguous() for key, value in state.items()}


def key_of(step: int, name: str) -> str:
    """Return how the weights `name` after `step` updates are called in the file of the series."""
    return f"step{step}.{name}"


def network_of(state: dict[str, Tensor]) -> DigitCNN:
    """Return a network in evaluation mode with these weights, computed in single precision."""
    network = DigitCNN()
    network.load_state_dict({key: value.to(torch.float32) for key, value in state.items()})
    network.eval().requires_grad_(False)
    return network


@cache
def load_checkpoints(folder: Path = WEIGHTS) -> tuple[SeriesCheckpoint, ...]:
    """Return the networks of the series in the order of the training, loaded once per process.

    Raises:
        BrokenWeights: a missing file, an unreadable card, or a checksum unlike the card's.
    """
    try:
        card = SeriesCard.model_validate_json((folder / f"{NAME}.json").read_bytes())
        data = (folder / f"{NAME}.safetensors").read_bytes()
    except (OSError, ValueError) as error:
        raise BrokenWeights(f"The series {NAME} cannot be read: {error}") from None
    if hashlib.sha256(data).hexdigest() != card.weights_sha256:
        raise BrokenWeights(f"The weights of the series {NAME} are not those of its card.")
    stored = load(data)
    names = DigitCNN().state_dict()
    return tuple(
        SeriesCheckpoint(moment, network_of({name: stored[key_of(moment.step, name)] for name in names}))
        for moment in card.moments
    )
