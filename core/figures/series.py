"""Series and their forecasts as charts, described in ECharts' terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import least_margins, legend, margins, named
from core.figures.palette import Dash

Numbers = NDArray[np.float64]

TRUTH, ONE_STEP, MANY_STEPS = "#8A949E", "#D55E00", "#0072B2"
"""Colours of what came, of forecasts one step ahead, and of those from one place many steps ahead."""
PARTS = ("rgba(0, 158, 115, 0.14)", "rgba(230, 159, 0, 0.20)", "rgba(0, 114, 178, 0.12)")
"""Grounds of training, validation and test."""
_COLUMNS = 700
_DIGITS = 8


@dataclass(frozen=True, eq=False)
class Drawn:
    """One line of a picture.

    Attributes:
        title: in the legend.
        values: (N,), NaN where there is none.
        colour: as CSS.
        dash: how it is drawn.
        points: mark every value.
    """

    title: str
    values: Numbers
    colour: str
    dash: Dash = "solid"
    points: bool = False


def overview(values: Numbers, ends: Sequence[tuple[int, str]], seen: tuple[int, int]) -> dict[str, Any]:
    """Return a whole series on a small chart, with its parts as bands.

    Args:
        values: (N,).
        ends: of training, validation and test, with their names.
        seen: first and last value of the picture below, between two lines.
    """
    places = np.arange(len(values))
    width = max(1, -(-2 * len(values) // _COLUMNS))
    if width > 1:  # of every stretch its lowest and its highest value, in their order
        starts = np.arange(0, len(values) - width + 1, width)
        stretches = values[: len(starts) * width].reshape(-1, width)
        both = np.sort(np.stack([stretches.argmin(1), stretches.argmax(1)], 1), 1) + starts[:, None]
        places = np.unique(both)
    begins = [0, *(end for end, _ in ends[:-1])]
    bands = [
        [{"xAxis": begin, "itemStyle": {"color": colour}, "name": name}, {"xAxis": end}]
        for begin, (end, name), colour in zip(begins, ends, PARTS, strict=True)
    ]
    return {
        "animation": False,
        "grid": margins(12, 12, 22, 6),
        "xAxis": {"type": "value", "min": 0, "max": len(values), "show": False},
        "yAxis": {"type": "value", "scale": True, "show": False},
        "series": [
            {
                "type": "line",
                "name": "series",
                "data": [[int(place), _short(values[place])] for place in places],
                "showSymbol": False,
                "silent": True,
                "lineStyle": {"width": 1, "color": TRUTH},
                "animation": False,
                "markArea": {
                    "silent": True,
                    "label": {"position": "top", "fontSize": 14, "color": TRUTH, "distance": 2},
                    "data": bands,
                },
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "animation": False,
                    "label": {"show": False},
                    "lineStyle": {"color": MANY_STEPS, "width": 1, "type": "solid"},
                    "data": [{"xAxis": place} for place in seen],
                },
            }
        ],
    }


def forecast_chart(
    labels: Sequence[str],
    lines: Sequence[Drawn],
    band: tuple[Numbers, Numbers],
    origin: int,
    *,
    unit: str,
    words: str,
) -> dict[str, Any]:
    """Return lines over the same steps, the first one behind the others, and a band; a click chooses a step.

    Args:
        labels: of the steps (T,).
        lines: each of T values.
        band: lower and upper end (T,), NaN where there is none.
        origin: number of known steps, marked by a line.
        unit: of the values.
        words: what the band is called.
    """
    series = [*map(_line, lines), *_band(*band, words), _columns(len(labels))]
    series[0]["markLine"] = {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"color": TRUTH, "width": 1, "type": "dotted"},
        "label": {"formatter": "known | to come", "fontSize": 13, "color": TRUTH, "position": "end"},
        "data": [{"xAxis": max(0, origin - 1)}],
    }
    names = [*(line.title for line in lines), {"name": words, "icon": "roundRect"}]
    return {
        "animation": False,
        "grid": least_margins(66, 16, 50, 34),
        "legend": legend(14, type="scroll", data=names, itemWidth=22, itemGap=12),
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g"},
        "xAxis": {
            "type": "category",
            "data": list(labels),
            "boundaryGap": False,
            "axisLabel": {"fontSize": 13, "hideOverlap": True},
        },
        "yAxis": [
            {"type": "value", "scale": True, "axisLabel": {"fontSize": 14}, **(named(unit, 50) if unit else {})},
            {"type": "value", "min": 0, "max": 1, "show": False},  # of the columns that are clicked
        ],
        "series": series,
    }


def _line(line: Drawn) -> dict[str, Any]:
    return {
        "type": "line",
        "name": line.title,
        "data": [_short(value) for value in line.values],
        "showSymbol": line.points,
        "symbol": "circle",
        "symbolSize": 7,
        "lineStyle": {"width": 2, "type": line.dash, "color": line.colour},
        "itemStyle": {"color": line.colour},
        "connectNulls": False,
        "animation": False,
        "z": 3 if line.colour == TRUTH else 4,
    }


def _columns(count: int) -> dict[str, Any]:
    """Return a column as high as the chart for every step, seen under the pointer alone: no point is hard to hit."""
    tinted = {"itemStyle": {"color": "rgba(138, 148, 158, 0.25)"}}
    return {
        "type": "bar",
        "name": "step",
        "data": [1] * count,
        "yAxisIndex": 1,
        "barWidth": "100%",
        "itemStyle": {"color": "rgba(0, 0, 0, 0)"},
        "emphasis": tinted,
        "select": tinted,
        "selectedMode": "single",
        "tooltip": {"show": False},
        "animation": False,
        "z": 6,
    }


def _band(low: Numbers, high: Numbers, words: str) -> list[dict[str, Any]]:
    shared = {"type": "line", "showSymbol": False, "silent": True, "animation": False, "stack": "band", "z": 1}
    bare = {"lineStyle": {"opacity": 0}, "itemStyle": {"color": MANY_STEPS}, "tooltip": {"show": False}}
    return [
        shared | bare | {"name": "lower end", "data": [_short(value) for value in low], "stackStrategy": "all"},
        shared | bare | {
            "name": words,
            "data": [_short(value) for value in high - low],
            "areaStyle": {"color": MANY_STEPS, "opacity": 0.2},
            "stackStrategy": "all",
        },
    ]  # fmt: skip


def _short(value: float) -> float | None:
    return float(f"{value:.{_DIGITS}g}") if np.isfinite(value) else None
