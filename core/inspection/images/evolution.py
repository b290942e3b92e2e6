"""How the weights of a layer, and what it puts out, spread at several moments of a training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

BINS = 60


@dataclass(frozen=True)
class Spreads:
    """Histograms of several moments over the same bins.

    Attributes:
        edges: (bins + 1,) of the bins, from the lowest value of all moments to the highest.
        counts: (moments, bins).
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]


def layers_with_weights(network: nn.Module) -> list[str]:
    """Return the names of the layers that have weights, from the first to the last."""
    return [
        name
        for name, layer in network.named_modules()
        if any(weights.ndim > 1 for weights in layer.parameters(recurse=False))
    ]


def weights_of(network: nn.Module, layer: str) -> NDArray[np.float32]:
    """Return all weights of a layer in a row, without biases."""
    found = network.get_submodule(layer).parameters(recurse=False)
    return np.concatenate([one.detach().numpy().ravel() for one in found if one.ndim > 1])


def outputs_of(network: nn.Module, layer: str, pictures: Tensor) -> NDArray[np.float32]:
    """Return all numbers that a layer puts out for pictures (N, 1, 28, 28) in 0-1, before any activation function."""
    seen: list[Tensor] = []

    def keep(_layer: nn.Module, _given: object, output: Tensor | tuple[Tensor, ...]) -> None:
        seen.append(output[0] if isinstance(output, tuple) else output)

    handle = network.get_submodule(layer).register_forward_hook(keep)
    try:
        with torch.inference_mode():
            network(pictures)
    finally:
        handle.remove()
    return np.concatenate([one.numpy().ravel() for one in seen])


def spreads(moments: Sequence[NDArray[np.float32]], bins: int = BINS) -> Spreads:
    """Return histograms of all moments over the same bins; what is no number is left out.

    Args:
        moments: at least one; the values of each, in a row.
        bins: of equal width.
    """
    finite = [values[np.isfinite(values)] for values in moments]
    together = np.concatenate(finite)
    low, high = (float(together.min()), float(together.max())) if len(together) else (0.0, 1.0)
    edges = np.linspace(low, high if high > low else low + 1.0, bins + 1)
    return Spreads(edges, np.stack([np.histogram(values, edges)[0] for values in finite]))
