"""A fully connected network that reads points of a plane, and the features it is given of them."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Literal

import torch
from pydantic import Field
from torch import Tensor, nn

from core.models.design import NetworkDesign

Feature = Literal["x1", "x2", "x1x1", "x2x2", "x1x2", "sinx1", "sinx2"]
Activation = Literal["relu", "tanh", "sigmoid", "linear", "gelu"]

FEATURES: MappingProxyType[Feature, Callable[[Tensor], Tensor]] = MappingProxyType(
    {
        "x1": lambda x: x[:, 0],
        "x2": lambda x: x[:, 1],
        "x1x1": lambda x: x[:, 0] ** 2,
        "x2x2": lambda x: x[:, 1] ** 2,
        "x1x2": lambda x: x[:, 0] * x[:, 1],
        "sinx1": lambda x: torch.sin(x[:, 0]),
        "sinx2": lambda x: torch.sin(x[:, 1]),
    }
)
"""What can be made of points (N, 2): one number each (N,)."""

ACTIVATIONS: MappingProxyType[Activation, type[nn.Module]] = MappingProxyType(
    {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "linear": nn.Identity, "gelu": nn.GELU}
)
"""PyTorch's activations by name."""


class PointDesign(NetworkDesign):
    """Features of a point, and the layers that read them.

    Attributes:
        kind: "mlp".
        features: of FEATURES.
        hidden: units of every hidden layer.
        activation: after each of them.
        dropout: share of their units set to 0 while it trains.
    """

    kind: Literal["mlp"] = "mlp"
    features: Annotated[tuple[Feature, ...], Field(min_length=1, max_length=7)] = ("x1", "x2")
    hidden: Annotated[tuple[Annotated[int, Field(ge=1, le=16)], ...], Field(max_length=6)] = (8, 8)
    activation: Activation = "tanh"
    dropout: float = Field(default=0, ge=0, le=0.9)


class PointNetwork(nn.Module):
    """Points (N, 2) -> logits (N, classes)."""

    def __init__(self, design: PointDesign, classes: int) -> None:
        super().__init__()
        self.features = design.features
        self.layers = multilayer(
            (len(design.features), *design.hidden, classes), ACTIVATIONS[design.activation], design.dropout
        )

    def forward(self, points: Tensor) -> Tensor:
        """Return one logit a class (N, classes) for points (N, 2)."""
        logits: Tensor = self.layers(torch.stack([FEATURES[name](points) for name in self.features], 1))
        return logits


def multilayer(sizes: Sequence[int], activation: type[nn.Module], dropout: float = 0.0) -> nn.Sequential:
    """Return linear layers of these sizes with an activation (and dropout) between them, none after the last."""
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), activation()]
        layers += [nn.Dropout(dropout)] if dropout else []
    return nn.Sequential(*layers[: -2 if dropout else -1])
