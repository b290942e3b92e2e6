"""What a network says of a picture, and the weights that touch the picture first: for looking at it while it learns."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import nn

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Snapshot:
    """A network at one moment of its training.

    Attributes:
        probabilities: (classes,) for one picture.
        filters: the first weights as pictures, (filters, H, W), or None where they are none.
        layer: the name of the layer whose weights these are.
    """

    probabilities: Array
    filters: Array | None
    layer: str


def take_snapshot(network: nn.Module, pixels: ArrayLike) -> Snapshot:
    """Return what `network`, in evaluation mode, says of one picture (28, 28) in 0-1, and its first weights."""
    picture = torch.from_numpy(np.array(pixels, np.float32))[None, None]  # (1, 1, 28, 28)
    with torch.inference_mode():
        probabilities = network(picture)[0].softmax(0).numpy()
    layer, filters = first_filters(network, picture.shape[-1])
    return Snapshot(probabilities, filters, layer)


def first_filters(network: nn.Module, side: int = 28) -> tuple[str, Array | None]:
    """Return the name and the weights (filters, H, W) of the layer that touches the picture first.

    A convolution over a grey picture has a small picture for every filter; a
    dense layer has one of the size of the picture for every unit. A reader of
    rows has none: its weights mix a row with what it remembers.
    """
    for name, layer in network.named_modules():
        if isinstance(layer, nn.Conv2d) and layer.in_channels == 1:
            return name, layer.weight[:, 0].detach().numpy()
        if isinstance(layer, nn.Linear):
            if layer.in_features != side * side:
                break
            return name, layer.weight.detach().reshape(-1, side, side).numpy()
        if isinstance(layer, nn.RNNBase):
            break
    return "", None
