"""The same function computed faster. Knows nothing of what it is for."""

from collections import OrderedDict

import torch
from torch import nn

MONOTONE = (nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid)
"""Activations that never fall: the largest of some values after them is the largest before them."""


def compute_faster(network: nn.Module) -> nn.Module:
    """Return a network with the same weights under the same names and the same answers, in less time.

    Where an activation that never falls is followed by max pooling, pooling goes
    first: then a quarter of the values is left for the activation. Weights of
    convolutions lie channel by channel in memory (`channels_last`).
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
