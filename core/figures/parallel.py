"""Trials as lines over parallel axes, one for each hyperparameter and one for the score, in ECharts' terms."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from natsort import natsorted

from core.figures.chart_parts import PAPER

BEST, OTHERS = "#D55E00", "#0072B2"
_LABEL = {"fontSize": 14, "backgroundColor": PAPER, "padding": [2, 4], "borderRadius": 3}
"""Labels of axes stand on paper of their own, in front of the lines: a line across a number would strike it through."""
_FRONT = 10  # of the axes; the lines are behind
_WIDE = 30.0  # numbers of a larger ratio than this stand on a logarithmic axis


@dataclass(frozen=True)
class TrialLine:
    """One trial: its values as text by name, its score in 0-1, what to call it, and whether it is the best."""

    values: Mapping[str, str]
    score: float
    title: str
    best: bool = False


def parallel_chart(lines: Sequence[TrialLine], names: Sequence[str], score_name: str) -> dict[str, Any]:
    """Return an ECharts option: an axis for each name, numbers to scale, and the score on the right.

    The better a trial, the stronger its colour; the best is drawn last, in another.

    Args:
        lines: the trials that have a score.
        names: of the hyperparameters, in the order of the axes.
        score_name: of the last axis, which is in percent.
    """
    axes = [_axis(place, name, [line.values.get(name, "") for line in lines]) for place, name in enumerate(names)]
    scores = [100 * line.score for line in lines]
    low, high = min(scores, default=0.0), max(scores, default=100.0)
    room = max(0.5, 0.08 * (high - low))
    ends = {"min": round(max(0.0, low - room), 1), "max": round(min(100.0, high + room), 1)}
    axes.append(_bare(len(names), score_name) | {"type": "value", **ends})
    data = []
    for line, score in sorted(zip(lines, scores, strict=True), key=lambda pair: (pair[0].best, pair[1])):
        values: list[Any] = [
            float(line.values[name]) if axis["type"] != "category" else line.values.get(name, "")
            for name, axis in zip(names, axes, strict=False)
        ]
        strength = 0.25 + 0.6 * ((score - low) / (high - low) if high > low else 1.0)
        style = {"color": BEST, "width": 5, "opacity": 1} if line.best else {"color": OTHERS, "opacity": strength}
        data.append({"name": line.title, "value": [*values, round(score, 3)], "lineStyle": {"width": 2.5, **style}})
    return {
        "animation": False,
        "parallel": {"left": 60, "right": 90, "top": 44, "bottom": 24},
        "parallelAxis": axes,
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "series": [{"type": "parallel", "smooth": False, "data": data, "z": 2, "animation": False}],
    }


def _axis(place: int, name: str, texts: Sequence[str]) -> dict[str, Any]:
    axis = _bare(place, name)
    numbers = [_number(text) for text in texts]
    if not numbers or None in numbers:
        return axis | {"type": "category", "data": natsorted(set(texts))}
    known = [number for number in numbers if number is not None]
    low, high = min(known), max(known)
    if low > 0 and high / low > _WIDE:
        return axis | {"type": "log", "min": _power(low, down=True), "max": _power(high, down=False)}
    return axis | {"type": "value", "scale": True}


def _bare(place: int, name: str) -> dict[str, Any]:
    return {"dim": place, "name": name, "axisLabel": _LABEL, "nameTextStyle": {"fontSize": 14}, "z": _FRONT}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _power(value: float, down: bool) -> float:
    """Return the next power of ten, below or above."""
    exponent = math.log10(value)
    return float(f"1e{math.floor(exponent + 1e-9) if down else math.ceil(exponent - 1e-9)}")
