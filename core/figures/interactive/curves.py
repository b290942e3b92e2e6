"""Curves of ended runs to zoom into and to read exactly: several sets of axes over one horizontal axis, linked."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.figures.comparison import Band, Panel
from core.figures.interactive.template import SERIES, as_text, axis, brief, house_figure, hover, series_name
from core.figures.palette import Dash
from core.figures.training import TEST, Axis, Marks, Trace, ends, thin

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST = 2000
"""Points of one curve at most: peaks are kept, and a zoom shows more than a screen has columns."""
QUIET = "#8A949E"

_THEMED = dict(zip(("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A949E"), SERIES, strict=True))
_DASHES = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
_GAP = 0.1  # between two columns, as a share of the width
_HEAD = 46.0  # pixels above sets of axes that share a row, for their legends
_LEGEND_LINE = 26.0  # pixels of a line of a legend
_SMALL = 0.01
_FEW = 12  # whole numbers, up to which each of them stands on an axis
_LOW_PANEL = 200  # pixels; a row that is lower gets fewer numbers on its axis
_WORDS, _LINE = 0.15, 0.17  # of width and height: what the words beside an upright take
_FOOT = 46  # pixels below the lowest, for numbers and title


def themed(colour: str) -> str:
    """Return a colour of the house in a version for each theme; others stay as they are."""
    return _THEMED.get(colour, colour)


def curves_figure(
    panels: Sequence[Panel],
    across: Axis,
    *,
    name: str,
    heights: Sequence[float],
    columns: int = 1,
    short: bool = False,
) -> "Figure":
    """Return a figure with sets of axes in rows, one zoom for all, and what is pointed at shown in a whole column.

    Args:
        panels: row by row.
        across: the horizontal axis that all share.
        name: of the figure.
        heights: of the rows, pixels.
        columns: sets of axes in a row.
        short: whether names are so short that a line of a legend has room for several; those of runs are long.
    """
    stacked = len(heights) > 1  # rows share what height there is; what stands around a single one is a margin
    heads = [_HEAD if stacked else 0.0] * len(heights)
    if stacked and columns == 1:
        heads = [_above(panels[: row + 1]) for row in range(len(heights))]
    foot = _FOOT if stacked else 0
    total = float(sum(heights))
    rows = math.ceil(len(panels) / columns)
    seen: set[str] = set()
    layout: dict[str, Any] = {
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "margin": {"l": 8, "r": 12, "t": 0 if stacked else 12, "b": 0},
    }
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    width = (1 - _GAP * (columns - 1)) / columns
    for column in range(columns):
        number = _number(column)
        lowest = _number((rows - 1) * columns + column)
        left = column * (width + _GAP)
        layout[f"xaxis{number}"] = axis(
            across.name,
            domain=[left, left + width],
            anchor=f"y{lowest}",
            range=[across.low, across.high],
            **({"dtick": 1} if across.whole and across.high - across.low <= _FEW else {}),
            unifiedhovertitle={"text": f"{across.name} %{{x}}"},
            **({"matches": "x"} if column else {}),
        )
    for place, panel in enumerate(panels):
        row, column = divmod(place, columns)
        number, sideways = _number(place), _number(column)
        top = 1 - sum(heights[:row]) / total
        bottom = top - heights[row] / total
        domain = [max(0.0, bottom + (foot / total if row == rows - 1 else 0.012)), top - heads[row] / total]
        layout[f"yaxis{number}"] = axis(
            panel.scale.name, domain=domain, anchor=f"x{sideways}", **_scale(panel, heights[row])
        )
        layout[f"legend{number}"] = {
            "orientation": "h" if short or columns > 1 else "v", "itemsizing": "constant",
            "maxheight": heads[row] or None,
            "tracegroupgap": 0,  # every curve is a group, so that it is hidden with its band
            "x": column * (width + _GAP), "y": domain[1], "yanchor": "bottom",
        }  # fmt: skip
        where = {"xaxis": f"x{sideways}", "yaxis": f"y{number}", "legend": f"legend{number}"}
        for band, colour in panel.bands:
            traces += [one | where for one in _band(band, colour, panel)]
        traces += [one | where for one in _lines(panel, seen, named=len(panels) > 1)]
        shapes += _verticals(panel.marks, where)
        words += _words(panel, where, across)
    return house_figure(traces, name=name, showlegend=True, shapes=shapes, annotations=words, **layout)


def _number(place: int) -> str:
    """Return what Plotly appends to the name of an axis: nothing for the first, 2 for the second."""
    return "" if place == 0 else str(place + 1)


def _above(panels: Sequence[Panel]) -> float:
    """Return the pixels above the last of some panels for its legend, which names what none before it has named."""
    *before, last = panels
    named = {trace.title for panel in before for trace in panel.traces}
    lines = len({trace.title for trace in last.traces} - named)
    lines += (last.marks.level is not None) + (last.marks.dot is not None)
    return 18 + _LEGEND_LINE * lines


def _scale(panel: Panel, height: float) -> dict[str, Any]:
    low, high = ends([trace.y for trace in panel.traces], panel.scale)
    if panel.scale.log:
        return {"type": "log", "range": [math.log10(low), math.log10(high)], "dtick": 1}
    small = {"tickformat": ".1~e"} if high < _SMALL else {}  # its zeros would run into the title
    return {"range": [low, high], "nticks": 6 if height >= _LOW_PANEL else 4, **small}


def _lines(panel: Panel, seen: set[str], *, named: bool) -> list[dict[str, Any]]:
    """Return the curves of a panel; titles that no legend has named yet get a place in its own.

    What they say when they are pointed at has the measure `named`, where several panels speak at once.
    """
    marks, found = panel.marks, []
    for trace in panel.traces:
        found.append(_line(trace, panel, named) | {"showlegend": trace.title not in seen})
        seen.add(trace.title)
    if marks.level is not None:
        level, title = marks.level
        reach = [trace.x for trace in panel.traces if len(trace.x)]
        high = max((float(x[-1]) for x in reach), default=1.0)
        across = Trace(title, np.array([0.0, high]), np.full(2, level), QUIET, "dashed", pale=True)
        found.append(_line(across, panel, named))
    if marks.dot is not None:
        x, y, title = marks.dot
        found.append(
            {
                "type": "scatter", "mode": "markers", "name": title, "x": [x], "y": [y],
                "marker": {"symbol": "diamond", "size": 15, "color": themed(TEST)}, "cliponaxis": False,
                "hovertemplate": hover(title),
            }
        )  # fmt: skip
    return found


def _line(trace: Trace, panel: Panel, named: bool) -> dict[str, Any]:
    finite = np.isfinite(trace.y)
    x, y = thin(trace.x[finite], trace.y[finite], MOST)
    few = trace.points or len(x) == 1
    measure, _, unit = panel.scale.name.partition(", ")
    band = next((band for band, _ in panel.bands if band.mean is trace.y), None)
    value = f"<b>%{{y:.5~g}}</b>{unit and f' {unit}'}"
    if band is not None:
        value += " (%{customdata[0]:.4~g} to %{customdata[1]:.4~g})"
    said = (as_text(brief(trace.title)), measure.partition(" (")[0] if named else "", trace.part)
    return {
        "type": "scatter",
        "mode": "lines+markers" if few else "lines",
        "name": as_text(trace.title),
        "legendgroup": trace.title,
        "x": x.round(6),
        "y": np.array([float(f"{value:.6g}") for value in y]),
        "line": {"color": themed(trace.colour), "width": 2 if trace.pale else 3, "dash": dashed(trace.dash)},
        "marker": {"color": themed(trace.colour), "size": 6 if trace.pale else 9},
        "opacity": 0.5 if trace.pale else 1,
        "cliponaxis": not few,  # marks at the end of an axis would be cut
        "meta": trace.part or None,
        "customdata": None
        if band is None
        else np.stack([np.interp(x, band.x, one) for one in (band.low, band.high)], 1),
        "hovertemplate": hover(f"{', '.join(filter(None, said))}: {value}"),
    }


def dashed(dash: Dash) -> str:
    """Return how a line is drawn, in Plotly's terms."""
    return _DASHES[dash] if isinstance(dash, str) else ",".join(f"{length}px" for length in dash)


def _band(band: Band, colour: str, panel: Panel) -> list[dict[str, Any]]:
    """Return the lower and the upper edge of a band, and what is between them in pale colour."""
    places = np.unique(np.linspace(0, len(band.x) - 1, min(len(band.x), MOST)).astype(int))
    floor = 1e-8 if panel.scale.log else -np.inf
    title, part = next(((one.title, one.part) for one in panel.traces if one.y is band.mean), ("", ""))
    bare: dict[str, Any] = {
        "type": "scatter", "mode": "lines", "x": band.x[places], "line": {"width": 0}, "showlegend": False,
        "hoverinfo": "skip", "name": as_text(title), "legendgroup": title,
    }  # fmt: skip
    filled = {"fill": "tonexty", "fillcolor": _pale(colour)}
    return [
        bare | {"meta": series_name(part, "lowest"), "y": np.maximum(band.low[places], floor)},
        bare | {"meta": series_name(part, "highest"), "y": np.maximum(band.high[places], floor)} | filled,
    ]


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.25)"


def _verticals(marks: Marks, where: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "type": "line", "xref": where["xaxis"], "yref": f"{where['yaxis']} domain", "x0": x, "x1": x,
            "y0": 0, "y1": 1, "line": {"width": 2, "dash": "dot", "color": QUIET},
        }
        for x, _ in marks.places
    ]  # fmt: skip


def _words(panel: Panel, where: dict[str, Any], across: Axis) -> list[dict[str, Any]]:
    """Return what stands beside uprights: on top, or at the foot where only there no curve runs through it."""
    found = []
    for x, words in panel.marks.places:
        if not words:
            continue
        left = x < (across.low + across.high) / 2
        ends = (x, x + _WORDS * (across.high - across.low)) if left else (x - _WORDS * (across.high - across.low), x)
        heights = _heights(panel, *ends)
        foot = (heights > 1 - _LINE).any() and not (heights < _LINE).any()
        found.append(
            {
                "xref": where["xaxis"], "yref": f"{where['yaxis']} domain", "x": x,
                "y": 0 if foot else 1, "yanchor": "bottom" if foot else "top",
                "xanchor": "left" if left else "right", "showarrow": False, "text": words,
            }
        )  # fmt: skip
    return found


def _heights(panel: Panel, left: float, right: float) -> NDArray[np.float64]:
    """Return where curves and marks run between two places: 0 at the foot of the axis, 1 on top."""
    values = [np.interp((left, right), trace.x, trace.y) for trace in panel.traces if len(trace.x)]
    values += [trace.y[(trace.x >= left) & (trace.x <= right)] for trace in panel.traces]
    values += [np.array([panel.marks.level[0]])] if panel.marks.level else []
    values += [np.array([panel.marks.dot[1]])] if panel.marks.dot else []
    low, high = ends([trace.y for trace in panel.traces], panel.scale)
    heights = np.concatenate([*values, np.empty(0)])
    if panel.scale.log:
        low, high, heights = math.log10(low), math.log10(high), np.log10(np.maximum(heights, low))
    return (heights - low) / (high - low)
