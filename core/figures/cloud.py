"""Labelled points on a plane, one colour and one letter a class, described in ECharts' terms."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import legend, margins, named

SYMBOLS = ("circle", "triangle", "rect")
"""The first ten classes are circles, the next ten triangles: ten colours are enough for both."""
CLASS_COLOURS = (
    "#7F7F7F", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#8B4513", "#9467BD", "#E8384F",
)  # fmt: skip
"""Ten colours; the classes stand in the tooltip and the legend too, since no ten colours suit every eye."""


def cloud(
    points: NDArray[np.float32],
    labels: NDArray[np.int64],
    pictures: Sequence[str],
    captions: Sequence[str],
    mine: NDArray[np.float32],
    names: tuple[str, str],
    classes: Sequence[str] = tuple("0123456789"),
) -> dict[str, Any]:
    """Return an ECharts option: a scatter series a class, in order, and this picture as a star above them.

    The points of a class keep the order they have in `points`, so a click's
    ``data_indices`` within series `k` is a place among the points with label `k`.

    Args:
        points: (N, 2).
        labels: (N,) places in `classes`.
        pictures: a data URL for each point, shown on hover.
        captions: a line for each point, shown on hover.
        mine: (2,) where this picture stands.
        names: of the two axes.
        classes: their names.
    """
    series: list[dict[str, Any]] = []
    for number, name in enumerate(classes):
        places = np.flatnonzero(labels == number)
        series.append(
            {
                "type": "scatter",
                "name": name,
                "symbol": SYMBOLS[number // len(CLASS_COLOURS) % len(SYMBOLS)],
                "symbolSize": 9,
                "selectedMode": "single",
                "itemStyle": {"color": CLASS_COLOURS[number % len(CLASS_COLOURS)], "opacity": 0.75},
                "select": {"itemStyle": {"borderColor": "#E69F00", "borderWidth": 2}},
                "dimensions": ["x", "y", "picture", "caption"],
                "encode": {"x": 0, "y": 1},
                "data": [
                    [*(round(float(value), 3) for value in points[place]), pictures[place], captions[place]]
                    for place in places.tolist()
                ],
                "animation": False,
            }
        )
    series.append(
        {
            "type": "scatter",
            "name": "this digit",
            "symbol": "path://M50 0L61 35H98L68 57L79 91L50 70L21 91L32 57L2 35H39Z",
            "symbolSize": 34,
            "z": 10,
            "itemStyle": {"color": "#FFD400", "borderColor": "#000000", "borderWidth": 2, "opacity": 1},
            "data": [[round(float(mine[0]), 3), round(float(mine[1]), 3)]],
            "tooltip": {"formatter": "this digit"},
            "animationDuration": 0,
            "animationDurationUpdate": 200,
        }
    )
    axis = {"type": "value", "scale": True, "axisLabel": {"hideOverlap": True, "fontSize": 14}}
    return {
        "grid": margins(52, 14, 64, 46),
        "legend": legend(type="plain" if len(classes) <= 10 else "scroll", itemGap=9, itemWidth=16),
        "tooltip": {
            "trigger": "item",
            "formatter": '<img src="{@[2]}" width="84" height="84" style="image-rendering:pixelated"><br>{@[3]}',
        },
        "xAxis": axis | named(names[0], 28),
        "yAxis": axis | named(names[1], 34),
        "series": series,
    }
