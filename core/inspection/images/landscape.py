"""The loss of a network that reads pictures, around the weights where its training ended, and the way that led there.

Two directions span a plane through the last weights. Those at random are normalised filter by filter, as H. Li and
others do it ("Visualizing the Loss Landscape of Neural Nets", 2018, section 4): a filter's part gets the length of the
filter itself, and biases and scales stay as they are. In a space of so many dimensions a way hardly moves along two
random directions, so the paper takes the two main directions of the way where a way is to be seen (section 7).
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector, vector_to_parameters

Directions = Literal["random", "way"]
Numbers = NDArray[np.float64]
Progress = Callable[[float], None]

GRID = 21
"""Places along either direction."""
PICTURES = 300
"""Pictures on which the loss is measured."""
_BEYOND = 0.25  # of its length the landscape reaches beyond the way
_SEED = 0


@dataclass(frozen=True)
class LossLandscape:
    """The loss over a plane of weights.

    Attributes:
        first: (GRID,) places along the first direction; 0 are the last weights.
        second: (GRID,) along the second.
        losses: (GRID, GRID), [second, first]: mean cross-entropy.
        places: (stops, 2) of the way, first to last.
        way_losses: (stops,), at the weights themselves, which need not lie in the plane.
        held: share of the squared length of the way that lies in the plane, 0-1.
    """

    first: Numbers
    second: Numbers
    losses: Numbers
    places: Numbers
    way_losses: Numbers
    held: float


def survey(
    way: Sequence[nn.Module],
    pictures: Tensor,
    labels: Tensor,
    directions: Directions,
    grid: int = GRID,
    progress: Progress = lambda _: None,
) -> LossLandscape:
    """Measure the loss around the last of the networks of one training; none of them is changed.

    What is no weight, as the running means of batch normalisation, stays as it is in the last one.

    Args:
        way: one network at several moments of its training, in evaluation mode, the last one last.
        pictures: (N, 1, 28, 28) in 0-1.
        labels: (N,).
        directions: at random, or the main ones of the way, which needs at least three networks.
        grid: places along either direction.
        progress: told which share is done, 0-1.

    Raises:
        ValueError: too few networks for the directions of their way.
    """
    network = deepcopy(way[-1])
    stops = torch.stack([parameters_to_vector(one.parameters()).detach() for one in way])  # (stops, weights)
    centre = stops[-1]
    plane = _random_plane(network) if directions == "random" else _main_plane(stops - centre)
    moved, basis = (stops - centre).numpy(), plane.numpy()
    places = np.linalg.lstsq(basis.T, moved.T, rcond=None)[0].T.astype(np.float64)
    first, second = (_axis(places[:, axis], grid) for axis in range(2))
    cells = [(row, column) for row in range(grid) for column in range(grid)]
    work = len(cells) + len(way)
    way_losses = []
    for done, one in enumerate(way, 1):
        way_losses.append(_loss(one, pictures, labels))
        progress(done / work)
    losses = np.empty((grid, grid))
    for done, (row, column) in enumerate(cells, len(way) + 1):
        weights = centre + float(first[column]) * plane[0] + float(second[row]) * plane[1]
        with torch.no_grad():
            vector_to_parameters(weights, network.parameters())
        losses[row, column] = _loss(network, pictures, labels)
        progress(done / work)
    steps, seen = np.diff(moved, axis=0), np.diff(places, axis=0) @ basis
    total = float((steps**2).sum())
    held = float((seen**2).sum()) / total if total else 1.0
    return LossLandscape(first, second, losses, places, np.array(way_losses), held)


def _loss(network: nn.Module, pictures: Tensor, labels: Tensor) -> float:
    with torch.inference_mode():
        return float(cross_entropy(network(pictures), labels))


def _random_plane(network: nn.Module) -> Tensor:
    """Return two random directions (2, weights), each filter's part as long as the filter."""
    generator = torch.Generator().manual_seed(_SEED)
    rows = []
    for _ in range(2):
        parts = []
        for weights in network.parameters():
            drawn = torch.randn(weights.shape, generator=generator, dtype=weights.dtype)
            if weights.ndim < 2:  # biases and scales stay
                parts.append(torch.zeros(weights.numel()))
                continue
            own, length = (one.flatten(1).norm(dim=1, keepdim=True) for one in (weights.detach(), drawn))
            parts.append((drawn.flatten(1) * own / length).flatten())
        rows.append(torch.cat(parts))
    return torch.stack(rows)


def _main_plane(moved: Tensor) -> Tensor:
    """Return the two main directions of a way around its end (2, weights), of length 1."""
    if len(moved) < 3:
        raise ValueError("a way of fewer than three places has no two directions")
    return torch.linalg.svd(moved, full_matrices=False)[2][:2]


def _axis(places: Numbers, grid: int) -> Numbers:
    """Return places along a direction that reach beyond the way, and at least from -1 to 1."""
    low, high = min(-1.0, float(places.min())), max(1.0, float(places.max()))
    margin = _BEYOND * (high - low)
    return np.linspace(low - margin, high + margin, grid)
