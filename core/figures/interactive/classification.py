"""How good a classifier is, to look at closely: its confusion matrix, its calibration and its ROC curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.rows import rounded_value
from core.figures.interactive.template import INK, PAPER, SERIES, YOURS, as_text, axis, house_figure, hover
from core.figures.percent import below_one, exact_percent, percent
from core.wording import counted

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST = 600
"""Points of one ROC curve at most."""
_NUMBERED = 15  # with more classes than these, a number does not fit its cell
_FALSE_ALARMS, _RECALL = "others that are taken for it, %", "its cases that are found, %"
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True)
class RocLine:
    """One class against all others.

    Attributes:
        title: of the class.
        false_alarms: (T,) share of the others that is taken for it, rising.
        recall: (T,) share of its cases that is found.
        thresholds: (T,) from which probability on.
        area: under the curve, 0-1.
    """

    title: str
    false_alarms: NDArray[np.float64]
    recall: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    area: float


def confusion_figure(
    counts: NDArray[np.int64], classes: Sequence[str], chosen: tuple[int, int] | None = None, verb: str = "read as"
) -> "Figure":
    """Return a cell for each true class (rows, the first on top) and answer (columns).

    Mistakes have a colour and a logarithmic scale of their own, so that a single one is seen beside a thousand right
    answers. A click's place is (true class, answer) in every trace.

    Args:
        counts: (C, C) pictures by true class and answer.
        classes: their names.
        chosen: (true, answer) of the cell that gets a frame, or None.
        verb: what stands before a wrong answer.
    """
    diagonal = np.eye(len(classes), dtype=bool)
    shown = counts.sum(1)
    words = [
        [
            f"{as_text(true)}: {counts[row, column]:,} of {shown[row]:,} "
            + ("right" if row == column else f"{verb} {as_text(said)}")
            for column, said in enumerate(classes)
        ]
        for row, true in enumerate(classes)
    ]
    right = np.where(diagonal, counts, np.nan)
    wrong = np.where(diagonal, np.nan, np.log1p(counts))
    common: dict[str, Any] = {
        "type": "heatmap", "x": list(range(len(classes))), "y": list(range(len(classes))), "customdata": counts,
        "hovertext": words, "hovertemplate": hover("%{hovertext}"), "showscale": False, "xgap": 1, "ygap": 1,
        "hoverongaps": False, "zmin": 0,
    }  # fmt: skip
    if len(classes) <= _NUMBERED:
        common["texttemplate"] = "%{text}"
    # Four digits need all of a narrow cell, so they have no comma.
    written = np.array([[f"{count}" if count else "" for count in row] for row in counts.tolist()])
    traces = [
        common
        | {"name": title, "z": values, "zmax": most, "colorscale": [(0, PAPER), (1, full)]}
        | {"text": np.where(mine, written, "")}
        for title, values, mine, most, full in (
            ("right answers", right, diagonal, max(1, int(shown.max(initial=1))), "#0072B2"),
            ("mistakes", wrong, ~diagonal, max(1.0, float(np.nanmax(wrong, initial=0))), "#D55E00"),
        )
    ]
    rows = [
        (true, said, int(counts[row, column]))
        for row, true in enumerate(classes)
        for column, said in enumerate(classes)
    ]
    names = {"tickvals": list(range(len(classes))), "ticktext": [as_text(one) for one in classes], "showgrid": False}
    frame = []
    if chosen is not None:
        true, answer = chosen
        frame = [
            {"type": "rect", "x0": answer - 0.5, "x1": answer + 0.5, "y0": true - 0.5, "y1": true + 0.5,
             "line": {"color": YOURS, "width": 4}}
        ]  # fmt: skip
    return house_figure(
        traces,
        name="confusion",
        shapes=frame,
        meta={"columns": ("true class", "answer", "count"), "rows": rows},
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        xaxis=axis("answer", zeroline=False, **names),
        yaxis=axis("true class", autorange="reversed", zeroline=False, **names),
    )


def reliability_figure(
    edges: NDArray[np.float64],
    counts: NDArray[np.int64],
    confidence: NDArray[np.float64],
    accuracy: NDArray[np.float64],
) -> "Figure":
    """Return a bar for each group of answers, and the line on which all of them should end.

    Args:
        edges: (bins + 1,) of the groups, 0-1.
        counts: (bins,) answers in each.
        confidence: (bins,) their mean probability, NaN where there are none.
        accuracy: (bins,) the share of them that is right, NaN where there are none.
    """
    there = np.flatnonzero(counts)
    words = [
        f"{counted(int(counts[place]), 'answer')} given with {100 * edges[place]:.0f} to "
        f"{100 * edges[place + 1]:.0f} %:<br>"
        f"{percent(float(confidence[place]))} on average, {exact_percent(float(accuracy[place]))} right"
        for place in there
    ]
    common: dict[str, Any] = {"hovertext": words, "hovertemplate": hover("%{hovertext}"), "y": 100 * accuracy[there]}
    middle, width = 50 * (edges[:-1] + edges[1:])[there], 92 * np.diff(edges)[there]
    bars = common | {
        "type": "bar", "name": "right answers", "x": middle, "width": width,
        "marker": {"color": SERIES[0], "opacity": 0.55},
    }  # fmt: skip
    dots = common | {
        "type": "scatter", "mode": "markers", "name": "at the mean probability", "x": 100 * confidence[there],
        "marker": {"color": SERIES[0], "size": 11}, "cliponaxis": False,
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines", "name": "as sure as right", "x": [0, 100], "y": [0, 100],
        "line": {"color": SERIES[1], "dash": "dash"}, "hoverinfo": "skip",
    }  # fmt: skip
    ends = {"range": [0, 100.5]}
    return house_figure(
        [bars, dots, line],
        name="reliability",
        meta={
            "columns": ["probability from, %", "to, %", "answers", "mean probability, %", "right answers, %"],
            "rows": [
                [
                    *(rounded_value(100 * float(one)) for one in edges[place : place + 2]),
                    int(counts[place]),
                    rounded_value(100 * float(confidence[place])),
                    rounded_value(100 * float(accuracy[place])),
                ]
                for place in there
            ],
        },
        xaxis=axis("probability that it gives its answer, %", **ends),
        yaxis=axis("right answers, %", **ends),
    )


def roc_figure(lines: Sequence[RocLine]) -> "Figure":
    """Return a curve for each class against all others: what every threshold finds, and how many others it takes."""
    drawn = [(line, _corners(line)) for line in lines]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "name": f"{as_text(line.title)} ({below_one(line.area, 4)})",
            "x": 100 * line.false_alarms[places], "y": 100 * line.recall[places],
            "customdata": np.minimum(line.thresholds[places], 1.0) * 100,
            "line": {"color": SERIES[number % len(SERIES)], "width": 3,
                     "dash": _DASHES[number // len(SERIES) % len(_DASHES)], "shape": "linear"},
            "hovertemplate": hover(
                f"<b>{as_text(line.title)}</b> where it has %{{customdata:.4~g}} % or more:",
                "%{y:.4~g} % of its cases found, %{x:.4~g} % of the others taken for it",
            ),
        }
        for number, (line, places) in enumerate(drawn)
    ]  # fmt: skip
    chance = {
        "type": "scatter", "mode": "lines", "name": "pure chance (0.5)", "x": [0, 100], "y": [0, 100],
        "line": {"color": INK, "dash": "dot", "width": 1}, "hoverinfo": "skip",
    }  # fmt: skip
    return house_figure(
        [*traces, chance],
        name="roc",
        meta={
            "columns": ["class", "area", "from this probability on, %", _FALSE_ALARMS, _RECALL],
            "rows": [
                [line.title, rounded_value(line.area), *map(rounded_value, row)]
                for line, places in drawn
                for row in (100 * np.stack([np.minimum(line.thresholds, 1), line.false_alarms, line.recall], 1))[
                    places
                ].tolist()
            ],
        },
        legend={"orientation": "v", "x": 1.02, "y": 1, "yanchor": "top", "title": {"text": "class (area)"}},
        xaxis=axis(_FALSE_ALARMS, range=[-0.5, 100]),
        yaxis=axis(_RECALL, range=[0, 100.5]),
    )


def _corners(line: RocLine) -> NDArray[np.intp]:
    """Return the places at which a curve turns, at most so many: between them it is straight, so nothing is lost."""
    steps = np.stack([np.diff(line.false_alarms) > 0, np.diff(line.recall) > 0])
    turns = np.flatnonzero((steps[:, 1:] != steps[:, :-1]).any(0)) + 1
    places = np.unique(np.concatenate([[0], turns, [len(line.recall) - 1]]))
    return places[np.unique(np.linspace(0, len(places) - 1, min(len(places), MOST)).astype(int))]
