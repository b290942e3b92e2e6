"""Curves over a number, several networks in one chart, described in ECharts' terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.figures.chart_parts import legend, margins, named
from core.figures.palette import Dash


@dataclass(frozen=True)
class Series:
    """One line: its name in the legend, values in the order of the axis, colour and dash."""

    title: str
    values: Sequence[float]
    colour: str
    dash: Dash = "solid"


def curves(
    axis: Sequence[float],
    lines: Sequence[Series],
    *,
    axis_name: str,
    value_name: str,
    high: float = 100,
    low: float = 0,
    mark: float | None = None,
    interval: float | None = None,
    labels: Sequence[str] | None = None,
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
        labels: names of the places 0, 1, 2 ... where they stand for something else; the axis is not to scale then.
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
    places: dict[str, Any] = {"type": "value", "min": axis[0], "max": axis[-1], "axisLabel": {"fontSize": 14}}
    if interval:
        places["interval"] = interval
    if labels is not None:
        places = {
            "type": "category",
            "data": list(labels),
            "boundaryGap": False,
            "axisLabel": {"interval": 0, "fontSize": 14},
        }
    several = len(lines) > 1
    return {
        "grid": margins(58, 22, 60 if several else 14, 46),
        "legend": legend(show=several, itemWidth=34, itemGap=14),
        "tooltip": {"trigger": "axis", "valueFormatter": "%.1f"},
        "xAxis": places | named(axis_name, 28),
        "yAxis": {"type": "value", "min": low, "max": high, "axisLabel": {"fontSize": 14}, **named(value_name, 40)},
        "series": series,
    }
