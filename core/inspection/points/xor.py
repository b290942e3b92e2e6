"""The 8-4-1 network of a tutorial, which is to learn a truth table of two inputs: XOR, or another one."""

import math
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.func import functional_call, vmap

from core.models.points import ACTIVATIONS, Activation, multilayer

SIZES = (2, 8, 4, 1)
"""Inputs, two hidden layers, one output: the logit of the answer 1."""
XOR = (0, 1, 1, 0)
"""What is wanted for the inputs (0, 0), (0, 1), (1, 0) and (1, 1)."""
INPUTS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

Parameters = dict[str, Tensor]
"""The parameters of many networks: (networks, ...) each."""


def new_network(activation: Activation) -> nn.Sequential:
    """Return one network with random weights, as PyTorch draws them."""
    return multilayer(SIZES, ACTIVATIONS[activation])


def network_without_weights(activation: Activation) -> nn.Sequential:
    """Return the layers of a network whose own weights are never used; no random number is drawn for them."""
    with torch.device("meta"):
        return new_network(activation)


def new_networks(activation: Activation, seeds: range) -> Parameters:
    """Return the first weights of one network for every seed, as PyTorch draws them after `torch.manual_seed`.

    They come from a generator of their own: the global one belongs to all threads of the server, and what another
    thread draws in between would make other networks of the same seeds.
    """
    layers = network_without_weights(activation)
    drawn = [_first_weights(layers, torch.Generator().manual_seed(seed)) for seed in seeds]
    return {name: torch.stack([one[name] for one in drawn]) for name in drawn[0]}


def _first_weights(layers: nn.Module, generator: torch.Generator) -> Parameters:
    """Return weights and biases as `nn.Linear.reset_parameters` draws them."""
    first = {}
    for name, layer in layers.named_modules():
        if isinstance(layer, nn.Linear):
            weight, bias = (torch.empty(part.shape) for part in (layer.weight, layer.bias))
            nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
            most = 1 / math.sqrt(layer.in_features)
            nn.init.uniform_(bias, -most, most, generator=generator)
            first.update({f"{name}.weight": weight, f"{name}.bias": bias})
    return first


def logits_of(network: nn.Module, parameters: Parameters) -> Tensor:
    """Return what all networks answer to the four inputs (networks, 4), in one go.

    Args:
        network: whose layers are used; its own weights are not.
        parameters: of all networks.
    """

    def one(own: Parameters) -> Tensor:
        logits: Tensor = functional_call(network, own, (INPUTS,))
        return logits[:, 0]

    logits: Tensor = vmap(one)(parameters)
    return logits


def losses_of(logits: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean cross-entropy of every network (networks,) for logits (networks, 4) and answers (4,)."""
    wide = wanted.expand_as(logits)
    return nn.functional.binary_cross_entropy_with_logits(logits, wide, reduction="none").mean(1)


def train(
    network: nn.Module, groups: Sequence[tuple[Parameters, torch.optim.Optimizer]], wanted: Tensor, updates: int
) -> Iterator[Tensor]:
    """Train many networks at once, all four rows in every update; yield the losses (networks,) before each.

    The losses of networks are added up, so no network's gradient knows of another: PyTorch's own optimisers can work on
    the stacked parameters, as what they do to a number depends on its own gradients only.

    Args:
        network: whose layers are used.
        groups: parameters that need gradients, each with the optimiser that changes them.
        wanted: (4,).
        updates: how many.
    """
    for _ in range(updates):
        together = {name: torch.cat([group[name] for group, _ in groups]) for name in groups[0][0]}
        losses = losses_of(logits_of(network, together), wanted)
        losses.sum().backward()
        for _, optimiser in groups:
            optimiser.step()
            optimiser.zero_grad()
        yield losses.detach()
