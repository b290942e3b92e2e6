"""Attention as a heatmap over words, described in ECharts' terms."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import margins, named
from core.figures.percent import percent

_ROW, _COLUMN = 26, 17  # pixels; of a column the least
_LETTER = 8.2  # pixels, of a letter of 14 pixels, roomy
_WHITE, _FULL = (255, 255, 255), (0, 78, 140)


def alignment_chart(
    weights: NDArray[np.float32], rows: Sequence[str], columns: Sequence[str], names: tuple[str, str]
) -> dict[str, Any]:
    """Return an ECharts option: the darker a cell, the more its row looks at its column.

    Args:
        weights: (rows, columns), each row adds up to 1.
        rows: the pieces that look, from top to bottom.
        columns: the pieces that are looked at.
        names: of the two axes, rows first.
    """
    left, top = _margin(rows), _margin(columns)
    cells = [
        {
            "value": [column, row, round(float(weights[row, column]), 4)],
            "itemStyle": {"color": _colour(float(weights[row, column]))},
            "name": f"{rows[row]} looks at {columns[column]}: {percent(float(weights[row, column]))}",
        }
        for row in range(len(rows))
        for column in range(len(columns))
    ]
    axis: dict[str, Any] = {"type": "category", "axisTick": {"show": False}, "splitArea": {"show": False}}
    text: dict[str, Any] = {"fontSize": 14, "interval": 0}
    return {
        "grid": margins(left, 8, top, 6),
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "xAxis": axis
        | named(names[1], top - 18)
        | {"data": list(columns), "position": "top", "axisLabel": text | {"rotate": 90}},
        "yAxis": axis | named(names[0], left - 16) | {"data": list(rows), "inverse": True, "axisLabel": text},
        "series": [
            {
                "type": "heatmap",
                "name": "attention",
                "data": cells,
                "itemStyle": {"borderColor": "#D5DDE4", "borderWidth": 1},
                "emphasis": {"itemStyle": {"borderColor": "#E69F00", "borderWidth": 2}},
                "animation": False,
            }
        ],
    }


def alignment_height(rows: Sequence[str], columns: Sequence[str]) -> int:
    """Return the height of the chart in pixels."""
    return _margin(columns) + 6 + _ROW * len(rows)


def alignment_width(rows: Sequence[str], columns: Sequence[str]) -> int:
    """Return the width in pixels below which the names of the columns would run into each other."""
    return _margin(rows) + 8 + _COLUMN * len(columns)


def _margin(names: Sequence[str]) -> int:
    return round(30 + _LETTER * max(map(len, names)))


def _colour(share: float) -> str:
    mixed = (round(pale + (full - pale) * min(1.0, share)) for pale, full in zip(_WHITE, _FULL, strict=True))
    return f"rgb({', '.join(map(str, mixed))})"
