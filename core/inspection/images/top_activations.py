"""Which held-out pictures excite a map or a unit most, and where."""

import threading
from dataclasses import dataclass

import numpy as np
import torch
from cachetools import LRUCache
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.images.datasets import ImageSet
from core.inspection.images.blocks import MERGED
from core.inspection.networks import Choice

MAX_IMAGES = 2_000
"""How many held-out pictures are looked at, spread evenly over all there are."""
KEPT = 8
"""How many pictures are kept for every map."""
_NUMBERS = 20_000_000  # that a layer may return at once: 80 MB

_LOCK = threading.Lock()


@dataclass(frozen=True)
class TopActivation:
    """A picture and the cell that it excites.

    Attributes:
        place: among `searched_images()`.
        label: the true class.
        value: the largest value of the map for it, after the activation where there is one.
        row: of the cell with that value; 0 for a unit.
        column: of that cell; 0 for a unit.
    """

    place: int
    label: int
    value: float
    row: int
    column: int


def searched_images(choice: Choice) -> ImageSet:
    """Return the held-out pictures that are looked at: at most `MAX_IMAGES`, spread evenly."""
    return choice.held_out.spread(MAX_IMAGES)


def top_activations(choice: Choice, block: str, unit: int, count: int = KEPT) -> tuple[TopActivation, ...]:
    """Return the held-out pictures that excite a map (or unit) most, the strongest first.

    All maps of a network are computed at the first question (about a second) and the best of each kept.

    Args:
        choice: a layered network.
        block: a name of `core.inspection.images.blocks.forward_blocks`, but not where cells are only laid in a row.
        unit: number of the map or unit there.
        count: how many pictures, at most `KEPT`.

    Raises:
        ValueError: not a layered network, or no such block or map.
    """
    table = _peaks(choice).get(block)
    if table is None or not 0 <= unit < table.values.shape[1]:
        raise ValueError(f"There is no map {unit} at {block}.")
    labels = searched_images(choice).labels
    return tuple(
        TopActivation(
            place=int(table.places[rank, unit]),
            label=int(labels[table.places[rank, unit]]),
            value=float(table.values[rank, unit]),
            row=int(table.cells[rank, unit]) // table.width,
            column=int(table.cells[rank, unit]) % table.width,
        )
        for rank in range(min(count, len(table.values)))
    )


@dataclass(frozen=True)
class _Best:
    """The strongest pictures of every map of a block, each (at most `KEPT`, maps), the strongest first."""

    values: Tensor
    places: Tensor
    cells: Tensor
    width: int


_KEPT: LRUCache[tuple[str, str], dict[str, _Best]] = LRUCache(8)


def _peaks(choice: Choice) -> dict[str, _Best]:
    """Return for every block the pictures with the largest value of each map."""
    pictures = searched_images(choice)
    key = (choice.name, pictures.source)
    with _LOCK:  # thirty people may ask at once: one computes, the others wait
        if key not in _KEPT:
            if choice.layered is None:
                raise ValueError(f"{choice.title} is not a list of layers.")
            _KEPT[key] = _compute(choice.layered, pictures.images)
        return _KEPT[key]


def _compute(network: nn.Sequential, images: NDArray[np.uint8]) -> dict[str, _Best]:
    best: dict[str, _Best] = {}
    with torch.inference_mode():
        pictures = torch.from_numpy(images.copy()).unsqueeze(1)
        first = 0
        for batch in pictures.split(_batch_size(network, pictures[:1] / 255)):
            for block, result in _results(network, batch / 255).items():
                best[block] = _merged(best.get(block), _peaks_of(result, first))
            first += len(batch)
    return best


def _batch_size(network: nn.Sequential, picture: Tensor) -> int:
    """Return how many pictures may pass at once, so that no layer needs too much memory."""
    largest, value = 1, picture
    for layer in network:
        value = layer(value)
        largest = max(largest, value.numel())
    return max(1, min(200, _NUMBERS // largest))


def _results(network: nn.Sequential, value: Tensor) -> dict[str, Tensor]:
    """Return what every block makes of pictures, by the names of `core.inspection.images.blocks.forward_blocks`."""
    block, flat = "input", set()
    results = {block: value}
    for name, module in network.named_children():
        value = module(value)
        block = block if isinstance(module, MERGED) else name
        results[block] = value
        if isinstance(module, nn.Flatten):
            flat.add(name)  # no maps, but every cell of them: the same again, and many
    return {block: result for block, result in results.items() if block not in flat}


def _peaks_of(result: Tensor, first: int) -> _Best:
    """Return the largest value of every map (N, maps) for N pictures, the first of which has the place `first`."""
    maps = result if result.ndim == 4 else result[..., None, None]
    values, cells = maps.flatten(2).max(2)
    places = torch.arange(first, first + len(values))[:, None].expand_as(values)
    return _Best(values, places, cells, width=maps.shape[3])


def _merged(before: _Best | None, new: _Best) -> _Best:
    """Return the strongest of both, the earlier picture first where they are equal."""
    parts = [new] if before is None else [before, new]
    values, places, cells = (
        torch.cat([getattr(part, name) for part in parts]) for name in ("values", "places", "cells")
    )
    order = values.sort(stable=True, dim=0, descending=True).indices[:KEPT]
    return _Best(values.gather(0, order), places.gather(0, order), cells.gather(0, order), new.width)
