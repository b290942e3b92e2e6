"""The same network, computed faster."""

from collections import OrderedDict

import torch
from torch import nn

MONOTONE = (nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid)
"""Activations that never decrease: the largest of some values is the largest before and after them."""


def compute_faster(network: nn.Module) -> nn.Module:
    """Return a network with the same weights, names and outputs that takes less time.

    Max pooling moves before an activation that never decreases: that leaves a quarter
    of the values for the activation. The weights of convolutions are `channels_last`.
    """
    network = network.to(memory_format=torch.channels_last)
    if not isinstance(network, nn.Sequential):
        return network
    layers = list(network.named_children())
    place = 0
    while place + 1 < len(layers):
        (_, first), (_, second) = layers[place], layers[place + 1]
        if isinstance(first, MONOTONE) and isinstance(second, nn.MaxPool2d):
            layers[place], layers[place + 1] = layers[place + 1], layers[place]
            place += 1
        place += 1
    return nn.Sequential(OrderedDict(layers))
