"""How often answers of a certain probability are right, described in ECharts' terms."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import legend, margins, named
from core.figures.percent import exact_percent, percent

BARS, DIAGONAL = "#0072B2", "#D55E00"


def reliability_chart(
    edges: NDArray[np.float64],
    counts: NDArray[np.int64],
    confidence: NDArray[np.float64],
    accuracy: NDArray[np.float64],
) -> dict[str, Any]:
    """Return an ECharts option: a bar for each group of answers, and the line on which all of them should end.

    Args:
        edges: (bins + 1,) of the groups, 0-1.
        counts: (bins,) answers in each.
        confidence: (bins,) their mean probability, NaN where there are none.
        accuracy: (bins,) the share of them that is right, NaN where there are none.
    """
    bars, dots = [], []
    groups = zip(edges[:-1], edges[1:], counts, confidence, accuracy, strict=True)
    for place, (low, high, count, sure, right) in enumerate(groups):
        if count:
            words = (
                f"{count:,} answers given with {100 * low:.0f} to {100 * high:.0f} %: "
                f"{percent(sure)} in the mean, {exact_percent(right)} right"
            )
            bars.append([place, round(100 * right, 2), words])
            dots.append([round(100 * sure, 2), round(100 * right, 2), words])
    axis: dict[str, Any] = {"type": "value", "min": 0, "max": 100, "axisLabel": {"fontSize": 14}}
    return {
        "grid": margins(62, 18, 40, 48),
        "legend": legend(),
        "tooltip": {"trigger": "item", "formatter": "{@[2]}"},
        "xAxis": [
            axis | named("probability that it gives its answer, %", 28, 14),
            {"type": "category", "data": [str(place) for place in range(len(counts))], "show": False},
        ],
        "yAxis": axis | named("right answers, %", 40, 14),
        "series": [
            {
                "type": "bar",
                "name": "right answers",
                "data": bars,
                "xAxisIndex": 1,
                "barCategoryGap": "8%",
                "itemStyle": {"color": BARS, "opacity": 0.55},
                "animation": False,
            },
            {
                "type": "scatter",
                "name": "at the mean probability",
                "data": dots,
                "symbolSize": 10,
                "itemStyle": {"color": BARS},
                "animation": False,
            },
            {
                "type": "line",
                "name": "as sure as right",
                "data": [[0, 0, "as sure as right"], [100, 100, "as sure as right"]],
                "showSymbol": False,
                "lineStyle": {"width": 2, "type": "dashed", "color": DIAGONAL},
                "itemStyle": {"color": DIAGONAL},
                "silent": True,
                "animation": False,
            },
        ],
    }
