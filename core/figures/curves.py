"""Curves over a number, several networks in one chart, described in ECharts' terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.figures.palette import FAMILY_COLOURS

COLOURS = FAMILY_COLOURS | {"digit-cnn-strided": "#CC79A7"}
"""A network keeps its colour on every page."""
DASHES = {"digit-cnn": "solid", "digit-cnn-strided": "dashed", "digit-mlp": "dotted", "digit-gru": "solid"}
"""Told apart without colour too."""


@dataclass(frozen=True)
class Curve:
    """One line: its name in the legend, values in the order of the axis, colour and dash."""

    title: str
    values: Sequence[float]
    colour: str
    dash: str = "solid"


def curves(
    axis: Sequence[float],
    lines: Sequence[Curve],
    *,
    axis_name: str,
    value_name: str,
    high: float = 100,
    low: float = 0,
    mark: float | None = None,
    interval: float | None = None,
) -> dict[str, Any]:
    """Return an ECharts option with one line for each of `lines` over `axis`, on a fixed vertical scale.

    Args:
        axis: the places, rising.
        lines: what is drawn.
        axis_name: name and unit of the horizontal axis.
        value_name: name and unit of the vertical axis.
        high: its upper end.
        low: its lower end.
        mark: a place that gets a vertical line, or None.
        interval: between two labels of the horizontal axis.
    """
    series: list[dict[str, Any]] = [
        {
            "type": "line",
            "name": line.title,
            "data": [[place, round(float(value), 3)] for place, value in zip(axis, line.values, strict=True)],
            "showSymbol": len(axis) < 20,
            "symbolSize": 6,
            "lineStyle": {"width": 3, "type": line.dash},
            "itemStyle": {"color": line.colour},
            "animationDuration": 0,
            "animationDurationUpdate": 120,
        }
        for line in lines
    ]
    if mark is not None:
        series[0]["markLine"] = {
            "symbol": "none",
            "silent": True,
            "animation": False,
            "label": {"show": False},
            "lineStyle": {"type": "solid", "width": 2, "color": "#8a949e"},
            "data": [{"xAxis": mark}],
        }
    return {
        "grid": {"left": 58, "right": 18, "top": 60, "bottom": 46, "containLabel": False, "outerBoundsMode": "none"},
        "legend": {"top": 0, "left": 0, "itemWidth": 34, "itemGap": 14, "textStyle": {"fontSize": 13}},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.1f"},
        "xAxis": {
            "type": "value",
            "min": axis[0],
            "max": axis[-1],
            "name": axis_name,
            "nameLocation": "middle",
            "nameGap": 28,
        }
        | ({"interval": interval} if interval else {}),
        "yAxis": {
            "type": "value",
            "min": low,
            "max": high,
            "name": value_name,
            "nameLocation": "middle",
            "nameGap": 40,
        },
        "series": series,
    }
