"""The way of a sentence through a network's states on a plane, described in ECharts' terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import legend, margins, named

Numbers = NDArray[np.float32]

NEGATIVE, UNDECIDED, POSITIVE = "#4393C3", "#9AA3AB", "#D6604D"
"""Colours of the states in which a network leans to one side: those of the house's signed palette."""
WAYS = ("#009E73", "#A65FD0")
"""Colours of the two sentences, told from both sides of the palette in either theme."""
_UNDECIDED = (0.25, 0.75)
_DASHES = ("solid", "dashed")


@dataclass(frozen=True)
class Way:
    """A sentence on the plane.

    Attributes:
        title: in the legend. A chart moves smoothly where titles stay.
        points: where it starts, and where it is after every word (T + 1, 2).
        captions: of each point, shown on hover.
        words: of each point, written beside it where it is in `named`.
        named: places in `points`.
    """

    title: str
    points: Numbers
    captions: Sequence[str]
    words: Sequence[str]
    named: Sequence[int]


def path_chart(
    points: Numbers,
    verdicts: Numbers,
    contexts: Sequence[str],
    ways: Sequence[Way],
    low: Numbers,
    high: Numbers,
    names: tuple[str, str],
) -> dict[str, Any]:
    """Return an ECharts option: a faint cloud of states, and one or two ways above it, on axes that stand still.

    What is said on hover are names of points: ECharts makes HTML of these itself.

    Args:
        points: (N, 2) states.
        verdicts: (N,) the probability of "positive" in each.
        contexts: what is said of each on hover.
        ways: one or two sentences.
        low: left and lower end (2,).
        high: right and upper end (2,).
        names: of the two axes.
    """
    groups = (
        ("leaning to negative", NEGATIVE, "rect", verdicts < _UNDECIDED[0]),
        ("undecided", UNDECIDED, "diamond", (verdicts >= _UNDECIDED[0]) & (verdicts <= _UNDECIDED[1])),
        ("leaning to positive", POSITIVE, "circle", verdicts > _UNDECIDED[1]),
    )
    series: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "name": name,
            "symbol": symbol,
            "symbolSize": 6,
            "itemStyle": {"color": colour, "opacity": 0.35},
            "data": [{"value": _place(points[at]), "name": contexts[at]} for at in np.flatnonzero(chosen).tolist()],
            "animation": False,
            "z": 1,
        }
        for name, colour, symbol, chosen in groups
    ]
    series += [_line(way, number) for number, way in enumerate(ways)]
    return {
        "grid": margins(46, 14, 62, 40),
        "legend": legend(itemGap=12, itemWidth=22, data=[one["name"] for one in series[3:] + series[:3]]),
        "tooltip": {"trigger": "item", "formatter": "{b}", "confine": True},
        "xAxis": _axis(names[0], low[0], high[0], 24),
        "yAxis": _axis(names[1], low[1], high[1], 28),
        "series": series,
    }


def _axis(name: str, low: float, high: float, gap: int) -> dict[str, Any]:
    return {
        "type": "value",
        "min": round(float(low), 2),
        "max": round(float(high), 2),
        **named(name, gap, 13),
        "axisLabel": {"fontSize": 14, "showMinLabel": False, "showMaxLabel": False, "hideOverlap": True},
        "splitLine": {"show": False},
    }


def _line(way: Way, number: int) -> dict[str, Any]:
    colour, last = WAYS[number % len(WAYS)], len(way.points) - 1
    data = []
    for at, point in enumerate(way.points):
        one: dict[str, Any] = {"value": _place(point), "name": way.captions[at], "symbolSize": 9}
        if at == 0:
            one |= {"symbol": "diamond", "symbolSize": 18}
        elif at == last:
            one |= {"symbol": "circle", "symbolSize": 17}
        if at in way.named:
            # Words go to where the way leaves room: away from the middle between the neighbours.
            around = (way.points[max(at - 1, 0)] + way.points[min(at + 1, last)]) / 2
            one["label"] = {
                "show": True,
                "formatter": way.words[at],
                "position": "top" if point[1] >= around[1] else "bottom",
            }
        data.append(one)
    return {
        "type": "line",
        "name": way.title,
        "data": data,
        "showSymbol": True,
        "showAllSymbol": True,
        "symbol": "circle",
        "lineStyle": {"width": 3, "type": _DASHES[number % len(_DASHES)], "color": colour},
        "itemStyle": {"color": colour, "opacity": 1},
        "label": {"color": colour, "fontSize": 15, "fontWeight": "bold", "distance": 7},
        "emphasis": {"focus": "none"},
        "animationDuration": 0,
        "animationDurationUpdate": 250,
        "z": 4 - number,
    }


def _place(point: Numbers) -> list[float]:
    return [round(float(point[0]), 3), round(float(point[1]), 3)]
