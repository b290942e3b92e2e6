"""The forward pass of networks that read images: logits, probabilities, and the output of every layer.

Layers are run one by one and every output is kept. No hooks are put on the shared networks, so thirty people can ask
at once.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.models.shipped import load_shipped

Array = NDArray[np.float32]


@dataclass(frozen=True)
class LayerOutput:
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


def predict(network: nn.Module, pixels: ArrayLike) -> tuple[int, float]:
    """Return the class that a network gives to one picture (28, 28) in 0-1, and its probability.

    Raises:
        ValueError: not (28, 28).
    """
    probabilities = probabilities_of(network, pixels)
    return int(probabilities.argmax()), float(probabilities.max())


def batch_probabilities(network: nn.Module, images: Tensor, batch_size: int = 512) -> Tensor:
    """Return the probabilities (N, classes) for pictures (N, 28, 28) in 0-1."""
    with torch.inference_mode():
        return torch.cat([network(batch.unsqueeze(1)).softmax(1) for batch in images.split(batch_size)])


def forward_layers(network: nn.Sequential, pixels: ArrayLike) -> tuple[LayerOutput, ...]:
    """Return the output of every layer for one picture (28, 28) in 0-1, in order.

    Raises:
        ValueError: not (28, 28).
    """
    layers = []
    with torch.inference_mode():
        value = as_batch(pixels)
        for name, module in network.named_children():
            value = module(value)
            parameters = sum(parameter.numel() for parameter in module.parameters())
            layers.append(LayerOutput(name, type(module).__name__, value[0].numpy(), parameters))
    return tuple(layers)


def digit_cnn_layers(pixels: ArrayLike) -> tuple[LayerOutput, ...]:
    """Return the output of every layer of the shipped CNN for one picture (28, 28) in 0-1."""
    network = load_shipped("digit-cnn").network
    assert isinstance(network, nn.Sequential)
    return forward_layers(network, pixels)
