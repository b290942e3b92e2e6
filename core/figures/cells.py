"""A grid of numbers as a heatmap that can be hovered and clicked, described in ECharts' terms."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import margins, named


def cells(
    values: NDArray[np.float32],
    *,
    low: float,
    high: float,
    colours: list[str],
    names: tuple[str, str],
    value_name: str,
    first: tuple[int, int] = (0, 0),
    chosen: tuple[int, int] | None = None,
    frame: str = "#E69F00",
) -> dict[str, Any]:
    """Return an ECharts option: one coloured cell a number, the first row on top.

    Args:
        values: (rows, columns).
        low: value of the first colour.
        high: value of the last colour.
        colours: at least two CSS colours.
        names: of the horizontal and of the vertical axis.
        value_name: what a number is, for the tooltip.
        first: label of the first column and of the first row.
        chosen: (row, column) that gets a frame, or None.
        frame: colour of the frame.
    """
    rows, columns = values.shape
    data: list[dict[str, Any]] = [
        {"value": [column, row, round(float(values[row, column]), 4)]}
        for row in range(rows)
        for column in range(columns)
    ]
    if chosen is not None:
        data[chosen[0] * columns + chosen[1]]["itemStyle"] = {"borderColor": frame, "borderWidth": 3}
    side = max(rows, columns)
    gaps = 0 if side <= 13 else 1 if side <= 28 else 4
    axis: dict[str, Any] = {
        "type": "category",
        "splitArea": {"show": False},
        "axisLabel": {"interval": gaps, "fontSize": 14},
    }
    return {
        "grid": margins(52, 14, 8, 88),
        "tooltip": {"formatter": f"{value_name}: {{c}}"},
        "xAxis": axis | named(names[0], 26) | {"data": [str(first[0] + column) for column in range(columns)]},
        "yAxis": axis | named(names[1], 32) | {"data": [str(first[1] + row) for row in range(rows)], "inverse": True},
        "visualMap": {
            "min": low,
            "max": high if high > low else low + 1,
            "calculable": False,
            "orient": "horizontal",
            "left": "center",
            "bottom": 4,
            "itemWidth": 12,
            "itemHeight": 140,
            "precision": 2,
            "text": [f"{high:.2f}", f"{low:.2f}"],
            "inRange": {"color": colours},
        },
        "series": [
            {
                "type": "heatmap",
                "name": value_name,
                "data": data,
                "selectedMode": "single",
                "emphasis": {"itemStyle": {"borderColor": frame, "borderWidth": 2}},
                "select": {"itemStyle": {"borderColor": frame, "borderWidth": 3}},
                "animation": False,
            }
        ],
    }
