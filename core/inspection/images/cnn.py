"""The inside of a layered network: what every layer makes of one picture.

The layers are walked one by one and every result is kept; no hooks are put on
the shared networks, so thirty people can ask at once.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.models.shipped import load_shipped

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """What one layer did.

    Attributes:
        name: the layer's name in the network, ``conv1`` for example.
        kind: the PyTorch class, ``Conv2d`` for example.
        output: its result for one input: (channels, H, W) or (units,).
        parameters: how many numbers of it were trained.
    """

    name: str
    kind: str
    output: Array
    parameters: int


def as_batch(pixels: ArrayLike) -> Tensor:
    """Return one picture (28, 28) in 0-1 as a batch (1, 1, 28, 28).

    Raises:
        ValueError: another shape.
    """
    image = np.asarray(pixels, np.float32)
    if image.shape != (28, 28):
        raise ValueError(f"A network reads 28 x 28 pixels, not {image.shape}.")
    return torch.from_numpy(np.ascontiguousarray(image))[None, None]


def classify(pixels: ArrayLike) -> Array:
    """Return ten probabilities from the shipped CNN for one picture (28, 28) in 0-1.

    The pixels are those of `core.data.images.digits.prepare(image).pixels`.

    Raises:
        ValueError: not (28, 28).
    """
    return probabilities_of(load_shipped("digit-cnn").network, pixels)


def probabilities_of(network: nn.Module, pixels: ArrayLike) -> Array:
    """Return the probabilities (classes,) from a network in evaluation mode for one picture (28, 28) in 0-1.

    Raises:
        ValueError: not (28, 28).
    """
    with torch.inference_mode():
        return network(as_batch(pixels)).softmax(1)[0].numpy()


def logits_of(network: nn.Module, pixels: ArrayLike) -> Array:
    """Return the output (classes,) of any network for one picture (28, 28) in 0-1.

    Raises:
        ValueError: not (28, 28).
    """
    with torch.inference_mode():
        return np.asarray(network(as_batch(pixels))[0].numpy())


def walk(network: nn.Sequential, pixels: ArrayLike) -> tuple[Layer, ...]:
    """Return what every layer of `network` makes of one picture (28, 28) in 0-1, in order.

    Raises:
        ValueError: not (28, 28).
    """
    layers = []
    with torch.inference_mode():
        value = as_batch(pixels)
        for name, module in network.named_children():
            value = module(value)
            parameters = sum(parameter.numel() for parameter in module.parameters())
            layers.append(Layer(name, type(module).__name__, value[0].numpy(), parameters))
    return tuple(layers)


def walk_shipped_cnn(pixels: ArrayLike) -> tuple[Layer, ...]:
    """Return what every layer of the shipped CNN makes of one picture (28, 28) in 0-1."""
    network = load_shipped("digit-cnn").network
    assert isinstance(network, nn.Sequential)
    return walk(network, pixels)
