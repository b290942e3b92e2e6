"""A confusion matrix whose cells can be clicked, described in ECharts' terms."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import margins, named

RIGHT = ((214, 232, 245), (0, 95, 158))
"""Colours of few and of most right answers; darker than Okabe and Ito's blue, so that white can be read on it."""
WRONG = ((253, 228, 208), (190, 74, 0))
"""Colours of one and of most mistakes."""
_FRAME = "#E69F00"
_NAMED = 20  # more classes than these do not all get a label on the axes
_NUMBERED = 15  # with more classes than these, a number does not fit its cell


def confusion_chart(
    counts: NDArray[np.int64], classes: Sequence[str], chosen: tuple[int, int] | None = None, verb: str = "read as"
) -> dict[str, Any]:
    """Return an ECharts option: a cell for each true class (rows, the first on top) and answer (columns).

    Mistakes are the stronger coloured the more there are, on a logarithmic scale
    of their own, so that a single one is seen beside a thousand right answers. A
    click's ``data_indices`` are ``row * classes + column``.

    Args:
        counts: (C, C) pictures by true class and answer.
        classes: their names.
        chosen: (true, answer) of the cell that gets a frame, or None.
        verb: what stands before a wrong answer.
    """
    wrong = counts - np.diag(np.diag(counts))
    most, largest = math.log1p(int(wrong.max(initial=1)) or 1), int(counts.sum(1).max(initial=1)) or 1
    number = len(classes) <= _NUMBERED
    data = []
    for true, name in enumerate(classes):
        shown = int(counts[true].sum())
        for answer, said in enumerate(classes):
            count = int(counts[true, answer])
            share = count / largest if true == answer else math.log1p(count) / most
            colour = _between(*(RIGHT if true == answer else WRONG), share) if count else "transparent"
            style: dict[str, Any] = {"color": colour, "borderColor": "rgba(138, 148, 158, 0.35)", "borderWidth": 1}
            if chosen == (true, answer):
                style |= {"borderColor": _FRAME, "borderWidth": 4}
            verdict = "right" if true == answer else f"{verb} {said}"
            of = f"{count:,} of {shown:,}"
            label = {"show": number and count > 0, "color": "#FFFFFF" if share > 0.5 else "#1A2530"}
            words = f"{name}: {of} {verdict}"
            # Cells need names of their own: ECharts marks all that share one, and would call them by their column.
            cell = {"name": f"{true},{answer}", "value": [answer, true, count, words]}
            data.append(cell | {"itemStyle": style, "label": label})
    axis: dict[str, Any] = {
        "type": "category",
        "data": list(classes),
        "nameTextStyle": {"fontSize": 14, "fontWeight": "bold"},
        "splitArea": {"show": False},
        "axisTick": {"show": False},
    }
    longest = max(map(len, classes))
    room = 20 if longest <= 2 else min(110, 8 * longest)
    text: dict[str, Any] = {"fontSize": 14, "overflow": "truncate", "width": room}
    text["interval"] = 0 if len(classes) <= _NAMED else "auto"
    turned = text | {"rotate": 0 if longest <= 2 else 55}
    return {
        "grid": margins(34 + room, 8, 6, 48 if longest <= 2 else 34 + room),
        "tooltip": {"trigger": "item", "formatter": "{@[3]}"},
        "xAxis": axis | named("answer", 26 if longest <= 2 else 8 + room) | {"axisLabel": turned},
        "yAxis": axis | named("true class", 14 + room) | {"axisLabel": text, "inverse": True},
        "series": [
            {
                "type": "heatmap",
                "name": "pictures",
                "data": data,
                "label": {"formatter": "{@[2]}", "fontSize": 14},
                "selectedMode": "single",
                "cursor": "pointer",
                "emphasis": {"itemStyle": {"borderColor": _FRAME, "borderWidth": 3}},
                "select": {"itemStyle": {"borderColor": _FRAME, "borderWidth": 4}},
                "animation": False,
            }
        ],
    }


def _between(pale: tuple[int, int, int], full: tuple[int, int, int], share: float) -> str:
    """Return the colour at a share of the way, as CSS; the same in both themes, as numbers are written on it."""
    mixed = (round(first + (last - first) * share) for first, last in zip(pale, full, strict=True))
    return f"rgb({', '.join(map(str, mixed))})"
