"""Curves of several runs in one chart, those that differ in their seed alone as one curve with a band."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.figures.training import MOST, Axis, Marks, Numbers, Trace, VerticalAxis, live_chart

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
"""One for each run or group (Okabe and Ito's palette)."""


@dataclass(frozen=True)
class Band:
    """Where several curves lie: (N,) places, rising; the lowest, the mean and the highest value at each."""

    x: Numbers
    low: Numbers
    mean: Numbers
    high: Numbers


@dataclass(frozen=True)
class Panel:
    """What one set of axes shows, however it is drawn: curves, marks, and bands behind them with their colours."""

    traces: Sequence[Trace]
    scale: VerticalAxis
    marks: Marks = field(default_factory=Marks)
    bands: Sequence[tuple[Band, str]] = ()


def spread(curves: Sequence[tuple[Numbers, Numbers]]) -> Band:
    """Return where curves lie, as far as the shortest of them goes, at the places of that one.

    Between two of its places a curve is taken to be straight.

    Args:
        curves: at least one; (N,) places, rising, and (N,) values each, at least one.
    """
    x = min((places for places, _ in curves), key=lambda places: float(places[-1]))
    values = np.stack([np.interp(x, places, numbers) for places, numbers in curves])  # (curves, N)
    return Band(x, values.min(0), values.mean(0), values.max(0))


def comparison_chart(panel: Panel, axis: Axis) -> dict[str, Any]:
    """Return an ECharts option: the curves of `core.figures.training.live_chart`, and bands in pale colour behind."""
    option = live_chart(panel.traces, axis, panel.scale, panel.marks)
    for number, (band, colour) in enumerate(panel.bands):
        option["series"] += _area(band, colour, number, 1e-8 if panel.scale.log else 0.0)
    return option


def _area(band: Band, colour: str, number: int, floor: float) -> list[dict[str, Any]]:
    """Return two series on top of each other: an invisible one up to the lowest value, and the rest in colour."""
    places = np.unique(np.linspace(0, len(band.x) - 1, min(len(band.x), MOST)).astype(int))
    low, high = np.maximum(band.low, floor), np.maximum(band.high, floor)
    bare: dict[str, Any] = {
        "type": "line",
        "stack": f"band {number}",
        "stackStrategy": "all",
        "showSymbol": False,
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"width": 0},
        "itemStyle": {"color": colour},
        "animation": False,
        "z": 0,
    }
    found = [
        (float(f"{band.x[one]:.6g}"), float(f"{low[one]:.4g}"), float(f"{high[one] - low[one]:.4g}")) for one in places
    ]
    return [
        bare | {"name": f"lowest {number}", "data": [[x, base] for x, base, _ in found]},
        bare
        | {
            "name": f"highest {number}",
            "data": [[x, more] for x, _, more in found],
            "areaStyle": {"color": colour, "opacity": 0.22},
        },
    ]
