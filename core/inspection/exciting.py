"""Which held-out digits excite a map or a unit most, and where."""

import threading
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.data.images import ImageSet, held_out_digits
from core.inspection.chooser import Choice

LOOKED_AT = 2_000
"""How many held-out digits are looked at, spread evenly over all there are."""

_LOCK = threading.Lock()


@dataclass(frozen=True)
class Exciting:
    """A digit and the cell that it excites.

    Attributes:
        place: among `looked_at()`.
        label: the true digit.
        value: the largest value of the map for it, after the ReLU where there is one.
        row: of the cell with that value; 0 for a unit.
        column: of that cell; 0 for a unit.
    """

    place: int
    label: int
    value: float
    row: int
    column: int


def looked_at() -> ImageSet:
    """Return the held-out digits that are looked at: at most `LOOKED_AT`, spread evenly."""
    digits = held_out_digits()
    step = max(1, len(digits) // LOOKED_AT)
    chosen = slice(0, step * LOOKED_AT, step)
    return ImageSet(
        digits.images[chosen], digits.labels[chosen], digits.indices[chosen], digits.source, digits.held_out
    )


def most_exciting(choice: Choice, station: str, unit: int, count: int = 8) -> tuple[Exciting, ...]:
    """Return the held-out digits that excite a map (or unit) most, the strongest first.

    All maps of a network are computed at the first question (about a second) and kept.

    Args:
        choice: a layered network.
        station: a name of `core.inspection.anatomy.stations`.
        unit: number of the map or unit there.
        count: how many digits.

    Raises:
        ValueError: not a layered network, or no such station or map.
    """
    table = _peaks(choice).get(station)
    if table is None or not 0 <= unit < table[0].shape[1]:
        raise ValueError(f"There is no map {unit} at {station}.")
    values, rows, columns = (part[:, unit] for part in table)
    labels = looked_at().labels
    return tuple(
        Exciting(int(place), int(labels[place]), float(values[place]), int(rows[place]), int(columns[place]))
        for place in np.argsort(-values, kind="stable")[:count]
    )


_Table = tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]
_KEPT: dict[tuple[str, str], dict[str, _Table]] = {}


def _peaks(choice: Choice) -> dict[str, _Table]:
    """Return for every station the largest value of each map for each digit, with its row and column."""
    digits = looked_at()
    key = (choice.name, digits.source)
    with _LOCK:  # thirty people may ask at once: one computes, the others wait
        if key not in _KEPT:
            if choice.layered is None:
                raise ValueError(f"{choice.title} is not a list of layers.")
            if len(_KEPT) >= 8:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = _compute(choice.layered, digits.images)
        return _KEPT[key]


def _compute(network: nn.Sequential, images: NDArray[np.uint8]) -> dict[str, _Table]:
    parts: dict[str, list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]] = {}
    with torch.inference_mode():
        for batch in torch.from_numpy(images.copy()).unsqueeze(1).split(200):
            value, station = batch / 255, "input"
            results = {station: value}
            for name, module in network.named_children():
                value = module(value)
                station = station if isinstance(module, nn.ReLU) else name
                results[station] = value
            for station, result in results.items():
                width = result.shape[3] if result.ndim == 4 else 1
                best, where = result.flatten(2).max(2) if result.ndim == 4 else (result, torch.zeros_like(result))
                places = where.to(torch.int64)
                parts.setdefault(station, []).append((best, places // width, places % width))
    return {
        station: (
            torch.cat([part[0] for part in found]).numpy(),
            torch.cat([part[1] for part in found]).numpy(),
            torch.cat([part[2] for part in found]).numpy(),
        )
        for station, found in parts.items()
    }
