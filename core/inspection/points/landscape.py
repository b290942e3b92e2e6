"""The loss around trained weights along two directions, and the ways on which SGD and Adam came down.

Directions at random are normalised filter by filter, as H. Li and others do it ("Visualizing the Loss Landscape of
Neural Nets", 2018, section 4): each unit's part gets the length of the unit's own weights, and biases stay as they are.
In a space of many dimensions a path hardly moves along two random directions, so the paper takes the two main
directions of the path itself where a path is to be seen (section 7, principal components).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from core.inspection.points.xor import (
    XOR,
    Parameters,
    logits_of,
    losses_of,
    network_without_weights,
    new_networks,
    train,
)
from core.models.points import Activation

Directions = Literal["random", "paths"]
Numbers = NDArray[np.float64]

GRID = 61
"""Places along either direction."""
UPDATES = 1000
STOPS = 120
"""Places of a path that are kept."""
_BEYOND = 0.25  # of its length the landscape reaches beyond the paths


@dataclass(frozen=True)
class Path:
    """The way of one optimiser.

    Attributes:
        name: "SGD" or "Adam".
        places: (stops, 2), along the two directions.
        losses: (stops,), at the weights themselves, which need not lie in the plane of the directions.
        held: share of the squared length of the way that lies in that plane, 0-1.
    """

    name: str
    places: Numbers
    losses: Numbers
    held: float


@dataclass(frozen=True)
class Landscape:
    """The loss over a plane through the weights at which Adam ended.

    Attributes:
        first: (GRID,) places along the first direction; 0 are Adam's weights.
        second: (GRID,) along the second.
        losses: (GRID, GRID), [second, first].
        paths: of SGD and Adam, from the same first weights.
    """

    first: Numbers
    second: Numbers
    losses: Numbers
    paths: tuple[Path, ...]


def survey(
    wanted: tuple[int, ...] = XOR,
    activation: Activation = "tanh",
    rates: tuple[float, float] = (0.5, 0.02),
    directions: Directions = "paths",
    seed: int = 0,
) -> Landscape:
    """Train with SGD and with Adam from the same weights, and look at the loss around the end of Adam.

    Args:
        wanted: answers for the four rows.
        activation: of the hidden units.
        rates: learning rates of SGD and of Adam.
        directions: at random, or the main ones of both paths.
        seed: of the first weights and of random directions.
    """
    network = network_without_weights(activation)
    target = torch.tensor(wanted, dtype=torch.float32)
    first = new_networks(activation, range(seed, seed + 1))
    ways = [_walk(network, first, target, name, rate) for name, rate in zip(("SGD", "Adam"), rates, strict=True)]
    centre = ways[1][-1]
    plane = _random_plane(centre, first, seed) if directions == "random" else _main_plane(ways, centre)
    paths = tuple(
        _project(name, way, centre, plane, _losses(network, way, first, target))
        for name, way in zip(("SGD", "Adam"), ways, strict=True)
    )
    first_axis, second_axis = _axes(paths)
    along, across = np.meshgrid(first_axis, second_axis)
    weights = centre + torch.from_numpy(np.stack([along.ravel(), across.ravel()], 1)).float() @ plane
    losses = _losses(network, weights, first, target).reshape(GRID, GRID)
    return Landscape(first_axis, second_axis, losses, paths)


def _walk(network: torch.nn.Module, first: Parameters, target: torch.Tensor, name: str, rate: float) -> torch.Tensor:
    """Return the weights on the way (stops, parameters), evenly spaced in updates, the first and the last with them."""
    parameters = {key: value.clone().requires_grad_() for key, value in first.items()}
    kind = torch.optim.SGD if name == "SGD" else torch.optim.Adam
    optimiser = kind(parameters.values(), lr=rate)
    stops = set(np.linspace(0, UPDATES, STOPS).round().astype(int).tolist())
    way = [_flat(parameters)]
    for updates, _ in enumerate(train(network, [(parameters, optimiser)], target, UPDATES), 1):
        if updates in stops:
            weights = _flat(parameters)
            if not weights.isfinite().all():
                break  # the steps were too long; the way ends here
            way.append(weights)
    return torch.stack(way)


def _flat(parameters: Parameters) -> torch.Tensor:
    """Return the parameters of one network in a row."""
    return torch.cat([value.detach().flatten() for value in parameters.values()])


def _stacked(weights: torch.Tensor, like: Parameters) -> Parameters:
    """Return rows of weights (networks, parameters) as the parameters of so many networks."""
    sizes = [value[0].numel() for value in like.values()]
    parts = weights.split(sizes, dim=1)
    return {
        name: part.reshape(len(weights), *value.shape[1:])
        for (name, value), part in zip(like.items(), parts, strict=True)
    }


def _losses(network: torch.nn.Module, weights: torch.Tensor, like: Parameters, target: torch.Tensor) -> Numbers:
    with torch.no_grad():
        return losses_of(logits_of(network, _stacked(weights, like)), target).double().numpy()


def _random_plane(centre: torch.Tensor, like: Parameters, seed: int) -> torch.Tensor:
    """Return two random directions (2, parameters), each unit's part as long as the weights of that unit."""
    generator = torch.Generator().manual_seed(seed)
    own = _stacked(centre[None], like)
    rows = []
    for _ in range(2):
        parts = []
        for value in own.values():
            weights = value[0]
            if weights.ndim == 1:  # biases stay
                parts.append(torch.zeros_like(weights))
                continue
            drawn = torch.randn(weights.shape, generator=generator)
            parts.append(drawn * weights.norm(dim=1, keepdim=True) / drawn.norm(dim=1, keepdim=True))
        rows.append(torch.cat([part.flatten() for part in parts]))
    return torch.stack(rows)


def _main_plane(ways: list[torch.Tensor], centre: torch.Tensor) -> torch.Tensor:
    """Return the two main directions of both paths around the centre (2, parameters), of length 1."""
    return torch.linalg.svd(torch.cat(ways) - centre, full_matrices=False)[2][:2]


def _project(name: str, way: torch.Tensor, centre: torch.Tensor, plane: torch.Tensor, losses: Numbers) -> Path:
    moved = (way - centre).double().numpy()
    basis = plane.double().numpy()
    places = np.linalg.lstsq(basis.T, moved.T, rcond=None)[0].T
    steps, seen = np.diff(moved, axis=0), np.diff(places, axis=0) @ basis
    total = float((steps**2).sum())
    return Path(name, places, losses, float((seen**2).sum()) / total if total else 1.0)


def _axes(paths: tuple[Path, ...]) -> tuple[Numbers, Numbers]:
    """Return places along both directions that reach beyond all paths, and at least from -1 to 1."""
    axes = []
    for axis in range(2):
        values = np.concatenate([path.places[:, axis] for path in paths])
        low, high = min(-1.0, values.min()), max(1.0, values.max())
        margin = _BEYOND * (high - low)
        axes.append(np.linspace(low - margin, high + margin, GRID))
    return axes[0], axes[1]
