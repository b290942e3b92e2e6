"""What a figure shows as the rows of a table, so that what is saved is what is seen."""

from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

import numpy as np

from core.figures.interactive.template import DECORATION, series_name

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Value = str | float | None
_DIGITS = 7


def rows_of_figure(figure: "Figure") -> Iterator[list[Value]]:
    """Yield the values of all traces as a table, its heading first.

    A point is a row with the name of its trace and its place; a cell of a heat map or of a surface is a row with its
    value. Names of columns are the titles of the axes. What only decorates is left out. A figure whose places stand for
    something else brings its table in `layout.meta`, as "columns" and "rows".
    """
    traces = [trace for trace in figure.data if trace.meta != DECORATION]
    if isinstance(figure.layout.meta, dict):
        yield [unescape(name) for name in figure.layout.meta["columns"]]
        yield from figure.layout.meta["rows"]
        return
    solid = any(trace.type in {"scatter3d", "surface"} for trace in traces)
    names: list[Value] = [_title(figure, traces, letter, solid) for letter in ("x", "y", "z")]
    valued = solid or any(getattr(trace, "z", None) is not None for trace in traces)
    texts = any(_texts(trace) is not None for trace in traces)
    panels = not solid and len({trace.yaxis for trace in traces if hasattr(trace, "yaxis")}) > 1
    heading: list[Value] = ["series", *names[: 3 if valued else 2]]
    if panels:
        heading = ["series", "axis", names[0], "value", *names[2 : 3 if valued else 2]]
    yield [*heading, *(["text"] if texts else [])]
    for trace in traces:
        name = series_name(unescape(trace.name or ""), trace.meta if isinstance(trace.meta, str) else "")
        front: list[Value] = [name, _axis_title(figure, trace, "y")] if panels else [name]
        for row in _points(trace, valued):
            yield [*front, *row[: 3 if valued else 2], *([row[3]] if texts else [])]


def _points(trace: Any, valued: bool) -> Iterator[list[Value]]:
    if trace.type in {"heatmap", "surface"}:
        table = np.asarray(trace.z, np.float64)
        across = _steps(trace.x, table.shape[1])
        down = _steps(trace.y, table.shape[0])
        for row, line in zip(down, table.tolist(), strict=True):
            for column, value in zip(across, line, strict=True):
                yield [column, row, rounded_value(value), None]
        return
    count = max(len(values) for name in "xyz" if (values := getattr(trace, name, None)) is not None)
    x, y = _steps(trace.x, count), _steps(trace.y, count)
    blank: list[Value] = [None] * count
    z = _steps(trace.z, count) if valued and getattr(trace, "z", None) is not None else blank
    texts = _texts(trace) or blank
    yield from (list(row) for row in zip(x, y, z, texts, strict=True))


def _steps(values: Iterable[Any] | None, count: int) -> list[Value]:
    """Return places along an axis; where a trace names none they are counted."""
    if values is None:
        return [float(place) for place in range(count)]
    plain = np.asarray(values)
    return [rounded_value(value) if isinstance(value, (int, float)) else str(value) for value in plain.tolist()]


def _texts(trace: Any) -> Sequence[str] | None:
    """Return the texts of the points, if they have any: what they say on hover, without markup."""
    for name in ("hovertext", "text"):
        texts = getattr(trace, name, None)
        if texts is not None and not isinstance(texts, str) and trace.type not in {"heatmap", "surface"}:
            return [unescape(str(text).replace("<br>", "; ")) for text in texts]
    return None


def rounded_value(value: float) -> Value:
    """Return a number as a table has it, None where it is none."""
    return float(f"{value:.{_DIGITS}g}") if np.isfinite(value) else None


def _title(figure: "Figure", traces: Sequence[Any], letter: str, solid: bool) -> str:
    if solid:
        return figure.layout.scene[f"{letter}axis"].title.text or letter
    if letter == "z":
        bars = [trace.colorbar.title.text for trace in traces if getattr(trace, "z", None) is not None]
        return next((title for title in bars if title), "value")
    # Where panels share an axis, only the lowest has its title.
    axes = figure.select_xaxes() if letter == "x" else figure.select_yaxes()
    return next((one.title.text for one in axes if one.title.text), letter)


def _axis_title(figure: "Figure", trace: Any, letter: str) -> str:
    place = (getattr(trace, f"{letter}axis", None) or letter)[1:]
    return figure.layout[f"{letter}axis{place}"].title.text or letter
