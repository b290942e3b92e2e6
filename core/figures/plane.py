"""One curve in a plane, the place where one stands on it, and predictions against the truth; in ECharts' terms."""

from collections.abc import Sequence
from typing import Any

from core.figures.chart_parts import least_margins, legend, margins, named

LINE, HERE, OTHER = "#0072B2", "#D55E00", "#8a949e"
Point = tuple[float, float]


def curve_in_plane(
    points: Sequence[Point],
    here: Point,
    *,
    title: str,
    axes: tuple[str, str],
    words: str,
    other: tuple[str, Sequence[Point]] | None = None,
    high: float = 1,
) -> dict[str, Any]:
    """Return an ECharts option with one curve.

    Args:
        points: of the curve, in its order.
        here: the place where one stands.
        title: of the curve.
        axes: names of the horizontal and the vertical axis.
        words: what is said of the place where one stands.
        other: title and points of a dashed line to compare with.
        high: upper end of the vertical axis; what is above is not drawn.
    """
    ends: dict[str, Any] = {"type": "value", "min": 0, "axisLabel": {"fontSize": 14}}
    series = [
        _line(title, points, LINE, "solid"),
        {
            "type": "scatter",
            "name": "your threshold",
            "data": [[*here, words]],
            "symbolSize": 14,
            "itemStyle": {"color": HERE},
            "animation": False,
            "z": 5,
        },
    ]
    if other:
        series.append(_line(*other, OTHER, "dashed"))
    return {
        "grid": margins(72, 18, 58, 48),
        "legend": legend(),
        "tooltip": {"trigger": "item", "formatter": "{@[2]}"},
        "xAxis": ends | {"max": 1} | named(axes[0], 28),
        "yAxis": ends | {"max": float(f"{high:.2g}")} | named(axes[1], 52),
        "series": series,
    }


def agreement(truth: Sequence[float], prediction: Sequence[float]) -> dict[str, Any]:
    """Return an ECharts option: a dot a row, the truth across and the prediction up, and the line of no error."""
    low, high = min(*truth, *prediction), max(*truth, *prediction)
    dots = [
        [true, said, f"truth {true:g}, prediction {said:g}: error {true - said:g}"]
        for true, said in zip(truth, prediction, strict=True)
    ]
    axis = {"type": "value", "scale": True, "axisLabel": {"fontSize": 14}}
    return {
        "grid": least_margins(62, 18, 30, 48),
        "legend": legend(),
        "tooltip": {"trigger": "item", "formatter": "{@[2]}"},
        "xAxis": axis | named("truth", 28),
        "yAxis": axis | named("prediction", 42),
        "series": [
            {
                "type": "scatter",
                "name": "a row",
                "data": dots,
                "symbolSize": 11 if len(dots) < 200 else 5,
                "itemStyle": {"color": LINE, "opacity": 0.8},
                "animation": False,
            },
            _line("no error", [(low, low), (high, high)], OTHER, "dashed"),
        ],
    }


def _line(title: str, points: Sequence[Point], colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": title,
        "data": [[round(x, 5), round(y, 5)] for x, y in points],
        "showSymbol": False,
        "lineStyle": {"width": 3 if dash == "solid" else 2, "type": dash},
        "itemStyle": {"color": colour},
        "silent": True,
        "animation": False,
    }
