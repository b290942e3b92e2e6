"""What the weights are before training: five ways to begin."""

from typing import Literal

import torch
from torch import Tensor, nn

Initialisation = Literal["default", "xavier", "kaiming", "normal", "zeros"]

DEVIATION = 0.05
"""Standard deviation of "normal": the default of Keras' RandomNormal."""

GATES = {nn.RNN: 1, nn.GRU: 3, nn.LSTM: 4}
"""How many matrices a recurrent layer of PyTorch keeps stacked in one."""


def initialise(network: nn.Module, way: Initialisation) -> None:
    """Set the weights of `network` in place, with torch's global generator.

    "default" leaves what PyTorch has drawn. All others set biases to 0 and the
    weights, of convolutions, dense and recurrent layers, to

    * xavier: uniform, keeps the variance of values and gradients where the
      activation is nearly linear (Glorot and Bengio, 2010);
    * kaiming: uniform, makes up for the half that ReLU sets to 0 (He et al., 2015);
    * normal: a normal distribution, mean 0, standard deviation `DEVIATION`;
    * zeros: all 0: every unit of a layer stays the twin of its neighbour.

    Batch norm keeps its factor of 1: it is no weight between units. The gates of
    a recurrent layer are set one by one, for each is a matrix of its own.
    """
    if way == "default":
        return
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            _fill(layer.weight, way)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
        elif isinstance(layer, nn.RNNBase):
            for name, parameter in layer.named_parameters():
                if name.startswith("weight"):
                    for gate in parameter.detach().chunk(GATES[type(layer)]):
                        _fill(gate, way)
                else:
                    nn.init.zeros_(parameter)


def _fill(weight: Tensor, way: Initialisation) -> None:
    with torch.no_grad():
        if way == "xavier":
            nn.init.xavier_uniform_(weight)
        elif way == "kaiming":
            nn.init.kaiming_uniform_(weight, nonlinearity="relu")
        elif way == "normal":
            nn.init.normal_(weight, std=DEVIATION)
        else:
            nn.init.zeros_(weight)
