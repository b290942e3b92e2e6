"""Curves of a training while it goes on, described in ECharts' terms: few points, and axes that stand still."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import least_margins, legend, named
from core.figures.palette import Dash

Numbers = NDArray[np.float64]

TRAINING, VALIDATION, TEST = "#0072B2", "#D55E00", "#009E73"
"""Colours of what is measured on which part of the data (Okabe and Ito's palette)."""
EARLIER = ("#CC79A7", "#E69F00", "#56B4E9", "#009E73", "#8A949E")
"""Colours of earlier runs, which are drawn pale."""
LAYERS = ("#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#8A949E", "#B0883B")
"""Colours of the layers, from the first to the last."""
QUIET = "#8A949E"
"""A grey that is seen in both themes, for what is quoted and marked."""
MOST = 300
"""Points of one curve at most; a screen has hardly more."""

_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_FLOOR = 1e-8  # of a logarithmic axis: there is no 0 on it


@dataclass(frozen=True)
class Trace:
    """One curve.

    Attributes:
        title: in the legend; curves of the same title are shown and hidden together.
        x: (N,) places, rising.
        y: (N,) values.
        colour: as CSS.
        dash: how it is drawn: curves are told apart without colour too.
        points: mark every value, for curves of few values.
        pale: an earlier run, drawn thin behind the others.
        part: which of the curves of this title it is, "validation" for example.
    """

    title: str
    x: Numbers
    y: Numbers
    colour: str
    dash: Dash = "solid"
    points: bool = False
    pale: bool = False
    part: str = ""


@dataclass(frozen=True)
class Axis:
    """A horizontal axis: name with unit, and its ends, which stand still while the curve grows.

    What counts has only `whole` numbers on it, updates for example.
    """

    name: str
    low: float
    high: float
    whole: bool = False


@dataclass(frozen=True)
class VerticalAxis:
    """A vertical axis.

    Attributes:
        name: with unit.
        low: its lower end; on a logarithmic axis the ends follow the values, in powers of ten.
        high: its upper end, or None to follow the values upwards in steps.
        ceiling: above it a linear axis follows only what most of the values do: a single peak leaves the chart at
            the top, instead of pressing everything else to the bottom.
        empty: its upper end before there are values.
        log: whether it is logarithmic.
    """

    name: str
    low: float = 0.0
    high: float | None = None
    ceiling: float = math.inf
    empty: float = 1.0
    log: bool = False


@dataclass(frozen=True)
class Marks:
    """What is said about places and values.

    Attributes:
        places: (x, words), a vertical line each.
        level: (y, words), a horizontal line with a place in the legend, or None.
        dot: (x, y, words), one single value with a place in the legend, or None.
    """

    places: Sequence[tuple[float, str]] = field(default_factory=tuple)
    level: tuple[float, str] | None = None
    dot: tuple[float, float, str] | None = None


def smooth(values: Numbers, weight: float) -> Numbers:
    """Return the exponential moving average of (N,) values, unbiased at its beginning.

    Every value is ``weight`` times the one before plus ``1 - weight`` times the new one, divided by what the weights
    add up to so far (as Adam corrects its moments: Kingma and Ba, 2015, section 3).

    Args:
        values: in order.
        weight: of the past, 0 (nothing is smoothed) to below 1.
    """
    if weight <= 0 or len(values) < 2:
        return values
    past = accumulate(values.tolist(), lambda past, new: weight * past + (1 - weight) * new, initial=0.0)
    average = np.fromiter(past, np.float64)[1:]
    total = 1 - weight ** np.arange(1, len(values) + 1, dtype=np.float64)
    return np.asarray(average / total, np.float64)


def thin(x: Numbers, y: Numbers, most: int = MOST) -> tuple[Numbers, Numbers]:
    """Return at most `most` points of a curve: of every bucket its lowest and its highest, so that no peak is lost.

    Buckets hold a power of two of points and begin at the first, so what has
    been drawn stays as it is while the curve grows.
    """
    if len(x) <= most:
        return x, y
    size = 1 << math.ceil(math.log2(2 * len(x) / (most - 3)))  # two of each bucket, one begun, and the last
    count = -(-len(x) // size)
    padded = np.full(count * size, np.nan)
    padded[: len(y)] = y
    buckets = padded.reshape(count, size)  # (count, size)
    starts = np.arange(count) * size
    low = starts + np.where(np.isnan(buckets), np.inf, buckets).argmin(1)
    high = starts + np.where(np.isnan(buckets), -np.inf, buckets).argmax(1)
    places = np.unique(np.concatenate([low, high, [len(x) - 1]]))
    return x[places], y[places]


def step_up(value: float) -> float:
    """Return a round number that is not below `value`, for the end of an axis that shall grow in steps."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * one for one in _ROUND if power * one >= value * (1 - 1e-9))


def live_chart(traces: Sequence[Trace], axis: Axis, scale: VerticalAxis, marks: Marks = Marks()) -> dict[str, Any]:
    """Return an ECharts option with all curves on axes that move only in steps; nothing is animated."""
    series = [_line(trace, scale.log) for trace in traces if not trace.pale]
    if marks.level is not None:
        level, words = marks.level
        reach = np.array([axis.low, axis.high])
        series.append(_line(Trace(words, reach, np.array([level, level]), QUIET, "dashed", pale=True), scale.log))
    if marks.dot is not None:
        series.append(_dot(marks.dot))
    if marks.places and series:
        series[0]["markLine"] = _mark_lines(marks.places)
    series += [_line(trace, scale.log) for trace in traces if trace.pale]  # last in the legend, behind in the picture
    low, high = ends([trace.y for trace in traces], scale)
    names = list(dict.fromkeys(one["name"] for one in series))
    return {
        "animation": False,
        "grid": least_margins(68, 18, 46, 44),
        "legend": legend(14, show=True, type="scroll", data=names, itemWidth=26, itemGap=12),
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g"},
        "xAxis": {
            "type": "value",
            "min": axis.low,
            "max": axis.high,
            "minInterval": 1 if axis.whole else 0,
            **named(axis.name, 27, 14),
            "axisLabel": {"fontSize": 14, "hideOverlap": True},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "log" if scale.log else "value",
            "min": low,
            "max": high,
            **named(scale.name, 50, 14),
            "axisLabel": {"fontSize": 14},
        },
        "series": series,
    }


def _line(trace: Trace, log: bool) -> dict[str, Any]:
    finite = np.isfinite(trace.y)
    x, y = thin(trace.x[finite], np.maximum(trace.y[finite], _FLOOR) if log else trace.y[finite])
    return {
        "type": "line",
        "name": trace.title,
        "data": [[float(f"{place:.6g}"), float(f"{value:.4g}")] for place, value in zip(x, y, strict=True)],
        "showSymbol": trace.points,
        "symbol": "circle",
        "symbolSize": 5 if trace.pale else 8,
        "lineStyle": {"width": 2 if trace.pale else 3, "type": trace.dash, "opacity": 0.5 if trace.pale else 1},
        "itemStyle": {"color": trace.colour, "opacity": 0.5 if trace.pale else 1},
        "emphasis": {"disabled": True},
        "z": 1 if trace.pale else 3,
        "animation": False,
    }


def _dot(dot: tuple[float, float, str]) -> dict[str, Any]:
    x, y, words = dot
    return {
        "type": "scatter",
        "name": words,
        "data": [[x, y]],
        "symbol": "diamond",
        "symbolSize": 18,
        "itemStyle": {"color": TEST},
        "animation": False,
        "z": 5,
    }


def _mark_lines(places: Sequence[tuple[float, str]]) -> dict[str, Any]:
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"width": 2, "color": QUIET, "type": "dotted"},
        "label": {"color": QUIET, "position": "end", "fontSize": 14, "distance": 2},
        "data": [{"xAxis": place, "label": {"formatter": words}} for place, words in places],
    }


def ends(values: Sequence[Numbers], scale: VerticalAxis) -> tuple[float, float]:
    """Return both ends of a vertical axis; those that follow the values move in steps."""
    finite = [one[np.isfinite(one)] for one in values]
    together = np.concatenate(finite) if finite else np.empty(0)
    if scale.log:
        positive = together[together > _FLOOR]
        if not len(positive):
            return 0.01, 1.0
        low, high = float(positive.min()), float(positive.max())
        lowest, highest = 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
        return lowest, highest if highest > lowest else lowest * 10
    if scale.high is not None:
        return scale.low, scale.high
    highest = float(together.max(initial=0.0)) if len(together) else scale.empty
    if highest > scale.ceiling and np.median(together) < scale.ceiling / 2:
        highest = scale.ceiling
    return scale.low, step_up(highest)
