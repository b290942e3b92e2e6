"""The weights before training: five ways to draw them, and recurrent layers that can remember."""

from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor, nn

Initialisation = Literal["default", "xavier", "kaiming", "normal", "zeros"]

DEVIATION = 0.05
"""Standard deviation of "normal": the default of Keras' RandomNormal."""

TITLES: MappingProxyType[str, str] = MappingProxyType(
    {
        "default": "PyTorch's",
        "xavier": "Xavier (Keras')",
        "kaiming": "Kaiming / He",
        "normal": "normal, 0.05",
        "zeros": "all zero",
    }
)
"""What people call them."""

GATES = {nn.RNN: 1, nn.GRU: 3, nn.LSTM: 4}
"""How many matrices a recurrent layer of PyTorch stacks in one."""


def initialise(network: nn.Module, method: Initialisation) -> None:
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
    if method == "default":
        return
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            _fill(layer.weight, method)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
        elif isinstance(layer, nn.RNNBase):
            for name, parameter in layer.named_parameters():
                if name.startswith("weight"):
                    for gate in parameter.detach().chunk(GATES[type(layer)]):
                        _fill(gate, method)
                else:
                    nn.init.zeros_(parameter)


def initialise_recurrent(layer: nn.RNNBase) -> None:
    """Set the recurrent weights of a layer in place so that it learns to remember more easily.

    The matrices from one state to the next are orthogonal: the state neither fades nor grows (Saxe, McClelland and
    Ganguli, 2014). The forget gate of an LSTM starts almost open (Jozefowicz, Zaremba and Sutskever, 2015).
    """
    if next(layer.parameters()).is_meta:  # shapes only: there are no numbers to set
        return
    size = layer.hidden_size
    for name, parameter in layer.named_parameters():
        if name.startswith("weight_hh"):
            for gate in parameter.data.split(size):
                nn.init.orthogonal_(gate)
        if isinstance(layer, nn.LSTM) and name.startswith("bias_ih"):
            parameter.data[size : 2 * size] += 1  # PyTorch's second block is the forget gate


def _fill(weight: Tensor, method: Initialisation) -> None:
    with torch.no_grad():
        if method == "xavier":
            nn.init.xavier_uniform_(weight)
        elif method == "kaiming":
            nn.init.kaiming_uniform_(weight, nonlinearity="relu")
        elif method == "normal":
            nn.init.normal_(weight, std=DEVIATION)
        else:
            nn.init.zeros_(weight)
