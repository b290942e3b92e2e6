"""The trials of an ended sweep over parallel axes; a range that is brushed on an axis chooses among them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from natsort import natsorted
from numpy.typing import NDArray

from core.figures.interactive.template import DECORATION, INK, SERIES, SIZE, YOURS, as_text, house_figure, hover
from core.figures.parallel import TrialLine

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Box = tuple[float, float, float, float]
"""What was drawn on the axes: left, right, foot and top."""

_WIDE = 30.0  # numbers of a larger ratio than this stand on a logarithmic axis


@dataclass(frozen=True)
class ParallelAxis:
    """One axis: its name, where each trial crosses it (0 at the foot, 1 at the top), and what stands beside it."""

    name: str
    places: NDArray[np.float64]
    ticks: Sequence[tuple[float, str]]


def parallel_axes(lines: Sequence[TrialLine], names: Sequence[str], score_name: str) -> list[ParallelAxis]:
    """Return an axis for each hyperparameter, numbers to scale, and one for the score in percent on the right."""
    axes = [_axis(name, [line.values.get(name, "") for line in lines]) for name in names]
    return [*axes, _linear(score_name, np.array([100 * line.score for line in lines]))]


def brushed(axes: Sequence[ParallelAxis], boxes: Sequence[Box]) -> NDArray[np.bool_]:
    """Return which trials are chosen, (trials,): those that run through a box on every axis that has one.

    Args:
        axes: of `parallel_axes`.
        boxes: as they were drawn: from the left to the right and from the foot to the top, the first axis at 0, the
            second at 1. One beside all axes chooses nothing, and is passed over.
    """
    inside = np.ones(len(axes[0].places), bool)
    for number, axis in enumerate(axes):
        ranges = [(low, high) for left, right, low, high in boxes if left <= number <= right]
        if ranges:
            inside &= np.any([(axis.places >= low) & (axis.places <= high) for low, high in ranges], axis=0)
    return inside


def sweep_figure(lines: Sequence[TrialLine], axes: Sequence[ParallelAxis], boxes: Sequence[Box] = ()) -> "Figure":
    """Return a line a trial, the stronger the better it is; what is outside of the boxes is pale.

    Not Plotly's own `parcoords`: that makes programs in the browser, which the security policy of our pages forbids,
    and its lines do not say what they are.

    Args:
        lines: the trials that have a score.
        axes: of `parallel_axes`.
        boxes: that were drawn on the axes.
    """
    inside, scores = brushed(axes, boxes), axes[-1].places
    strengths = 0.3 + 0.6 * (scores - scores.min()) / (np.ptp(scores) or 1)
    across = list(range(len(axes)))
    traces: list[dict[str, Any]] = []
    for number in sorted(range(len(lines)), key=lambda one: (bool(inside[one]), lines[one].best, scores[one])):
        line = lines[number]
        colour = SERIES[1] if line.best else SERIES[0]
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "name": as_text(line.title), "x": across,
                "y": [float(axis.places[number]) for axis in axes], "showlegend": False,
                "line": {"color": colour, "width": 5 if line.best else 3},
                "marker": {"color": colour, "size": 8}, "unselected": {"marker": {"opacity": 1}},
                "opacity": (1 if line.best else float(strengths[number])) if inside[number] else 0.08,
                "hovertemplate": hover(as_text(line.title).replace("; ", "<br>")),
            }
        )  # fmt: skip
    ticks = [(place, height, words) for place, axis in enumerate(axes) for height, words in axis.ticks]
    traces.append(
        {
            "type": "scatter", "mode": "text", "x": [place for place, _, _ in ticks],
            "y": [height for _, height, _ in ticks], "text": [f"  {as_text(words)}  " for *_, words in ticks],
            # On the right of the last axis is room, on its left are the lines.
            "textposition": [f"middle {'right' if place == across[-1] else 'left'}" for place, *_ in ticks],
            "cliponaxis": False, "hoverinfo": "skip", "showlegend": False, "meta": DECORATION,
            "textfont": {"size": SIZE, "color": INK}, "unselected": {"textfont": {"color": INK}},
        }
    )  # fmt: skip
    uprights = [
        {
            "type": "line",
            "x0": place,
            "x1": place,
            "y0": 0,
            "y1": 1,
            "line": {"color": INK, "width": 2},
            "layer": "below",
        }
        for place in across
    ]
    names = [as_text(axis.name) for axis in axes]
    return house_figure(
        traces,
        name="sweep",
        meta={"columns": names, "rows": [list(line.values.values()) + [round(100 * line.score, 4)] for line in lines]},
        shapes=uprights,
        margin={"l": 8, "r": 44, "t": 36, "b": 12},
        dragmode="select",
        selectdirection="any",
        selections=[
            {"type": "rect", "x0": left, "x1": right, "y0": low, "y1": high, "xref": "x", "yref": "y"}
            for left, right, low, high in boxes
        ],
        newselection={"line": {"color": YOURS, "width": 3, "dash": "solid"}},
        activeselection={"fillcolor": YOURS, "opacity": 0.25},
        xaxis={
            "tickvals": across, "ticktext": names, "side": "top", "range": [-0.35, len(axes) - 0.9], "showgrid": False,
            "zeroline": False, "fixedrange": True, "automargin": True,
        },
        yaxis={"visible": False, "range": [-0.05, 1.05], "fixedrange": True},
    )  # fmt: skip


def _axis(name: str, texts: Sequence[str]) -> ParallelAxis:
    label = name.replace("_", " ")
    numbers = [_number(text) for text in texts]
    if None in numbers:
        known = natsorted(set(texts))
        heights = {text: (place + 0.5) / len(known) for place, text in enumerate(known)}
        return ParallelAxis(label, np.array([heights[text] for text in texts]), [(heights[one], one) for one in known])
    values = np.array(numbers, np.float64)
    if values.min() > 0 and values.max() / values.min() > _WIDE:
        low, high = math.floor(math.log10(values.min()) + 1e-9), math.ceil(math.log10(values.max()) - 1e-9)
        ticks = [((power - low) / (high - low), f"{10.0**power:g}") for power in range(low, high + 1)]
        return ParallelAxis(label, (np.log10(values) - low) / (high - low), ticks)
    return _linear(label, values)


def _linear(name: str, values: NDArray[np.float64]) -> ParallelAxis:
    """Return an axis from a round number to a round number, with three to seven numbers beside it."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        return ParallelAxis(name, np.full(len(values), 0.5), [(0.5, f"{low:g}")])
    step = next(step for power in range(-12, 13) for step in (10.0**power, 2 * 10.0**power, 5 * 10.0**power)
                if (high - low) / step <= 5)  # fmt: skip
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [((one - first) / (last - first), f"{one * step:.10g}") for one in range(first, last + 1)]
    return ParallelAxis(name, (values / step - first) / (last - first), ticks)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
