"""The one look of all Plotly figures: colours of both themes, sizes, axes with units, and hover in words.

Colours that both themes show in a version of their own are written as the placeholders that Streamlit's theme for
Plotly exchanges in the browser, so one figure fits the light page and the dark one. It does so once: where a person
switches, `core.ui.widgets.figure` has it drawn anew.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from core.figures.palette import SEQUENTIAL

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

SERIES = ("#000001", "#000002", "#000003", "#000004", "#000005", "#000006", "#000007")
"""The seven colours of `chartCategoricalColors` in `.streamlit/config.toml`: Okabe and Ito's, lighter on dark paper."""
INK, PAPER, LINE = "#000037", "#000038", "#000035"
"""Colours of text, ground and lines in the theme that is shown."""
_EDGES = "#8A949E"  # lines in space, seen on both papers
YOURS = "#E69F00"
"""The colour of what a person drew or typed, in both themes."""
SIZE, LARGE = 15, 26
"""Sizes of letters, pixels: on a page, and where a figure is presented to a room."""
_LONGER = 20  # the largest size of what has whole sentences, or names that people gave
DECORATION = "decoration"
"""The `meta` of a trace that only decorates: it is not in saved tables."""
_EYE, _FURTHER = 1.25, 1.7  # Plotly's place of the eye on every axis; how much further away for a narrow figure
_BRIEF = 32  # characters of a title where room is precious
_LEAST, _BETWEEN = 12, 0.05  # margin above without a legend, pixels; between two rows, as a share of the height
_ABOVE = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}  # where a legend stands
_SOLID = {"scatter3d", "surface", "mesh3d"}
TOP = 46
"""Margin above, pixels: the legend, and the buttons that `core/ui/widgets/figure.py` lays there."""

VALIDATE = False
"""Whether Plotly holds every figure against its schema, which takes longer than all else: only tests have it do so."""

Description = Mapping[str, Any]
"""A figure of Plotly or a part of it, as JSON has it."""
Colourscale = list[tuple[float, str]]
SIGNED: Colourscale = [(0.0, "#2F7FC1"), (0.5, PAPER), (1.0, "#D6604D")]
"""The palette of signed values, whose middle is zero: blue below, red above, and nothing is the paper of the theme."""
SHARES: Colourscale = [(place / (len(SEQUENTIAL) - 1), colour) for place, colour in enumerate(SEQUENTIAL)]
"""The palette of what has no sign, from nothing to much: cividis."""


def house_figure(traces: Sequence[Description], *, name: str, **layout: Any) -> "Figure":
    """Return a figure in the look of the house.

    Args:
        traces: as dictionaries.
        name: of what is shown; a view that a person has turned or zoomed stays as long as it is the same.
        layout: further settings of Plotly.
    """
    from plotly import graph_objects as go  # here, because most pages need none of it

    base: dict[str, Any] = {
        "margin": {"l": 8, "r": 12, "t": TOP, "b": 8},
        "legend": _ABOVE | {"itemsizing": "constant"},
        "hovermode": "closest",
        "modebar": {"orientation": "v", "bgcolor": "rgba(0,0,0,0)"},
        "uirevision": name,
        "showlegend": len(traces) > 1,
    }
    return go.Figure(_sized({"data": traces, "layout": base | layout}, SIZE), _validate=VALIDATE)


def axis(title: str, **more: Any) -> dict[str, Any]:
    """Return an axis of a plane; its title has the unit, unless it counts or has none."""
    return {"title": {"text": title, "standoff": 12}, "automargin": True, **more}


def space(x: str, y: str, z: str, **more: Any) -> dict[str, Any]:
    """Return three axes with their titles, to be turned like a thing on a table."""

    def one(title: str) -> dict[str, Any]:
        return {
            "title": {"text": title},
            "showspikes": False,
            "backgroundcolor": "rgba(0,0,0,0)",
            "gridcolor": _EDGES,
            "zerolinecolor": _EDGES,
            "color": INK,
            "nticks": 5,
        }

    return {"xaxis": one(x), "yaxis": one(y), "zaxis": one(z), "dragmode": "turntable"} | more


def camera(x: float, y: float, z: float, below: float) -> dict[str, dict[str, float]]:
    """Return where space is looked at from, and how far below its middle: names of its axes need room at the foot."""
    return {"eye": {"x": x, "y": y, "z": z}, "center": {"x": 0, "y": 0, "z": -below}}


def sized(figure: "Figure", size: int) -> "Figure":
    """Return the figure again, with all letters in one size."""
    from plotly import graph_objects as go

    return go.Figure(_sized(figure.to_dict(), size), _validate=VALIDATE)


def _sized(figure: Description, size: int) -> dict[str, Any]:
    """Return a figure with all letters in one size; numbers on axes in space are drawn larger, so theirs is smaller.

    Streamlit's theme sets sizes of its own where a figure leaves them open, so all of them are said. Said in the
    description: Plotly's own way to change a finished figure takes twenty times as long.
    """
    font = {"font": {"size": size}}
    longer = {"font": {"size": min(size, _LONGER), "color": INK}}
    axes = {"tickfont": {"size": size, "color": INK}, "title": {"font": {"size": size, "color": INK}}}
    flat = {"tickfont": {"size": min(round(0.8 * size), 16), "color": INK}, "title": font}
    said: dict[str, Description] = {
        r"[xy]axis\d*": axes,
        r"legend\d*": longer | {"title": longer},
        r"scene\d*": {f"{letter}axis": flat for letter in "xyz"},
    }
    solid = any(trace["type"] in _SOLID for trace in figure["data"])
    layout: dict[str, Any] = ({"scene": {}} if solid else {"xaxis": {}, "yaxis": {}}) | dict(figure["layout"])
    for name, part in layout.items():
        layout[name] = next((_with(part, sizes) for names, sizes in said.items() if re.fullmatch(names, name)), part)
    layout["annotations"] = [_with(one, font) for one in layout.get("annotations", ())]
    layout |= {"font": {"size": size, "color": INK}, "hoverlabel": longer | {"align": "left"}}
    return {"data": [_sized_trace(trace, size) for trace in figure["data"]], "layout": layout}


def _sized_trace(trace: Description, size: int) -> Description:
    sizes: dict[str, Any] = {}
    if trace.get("colorbar"):
        sizes["colorbar"] = {"tickfont": {"size": size}, "title": {"font": {"size": size}}}
    if trace.get("texttemplate") or (trace["type"] == "scatter" and trace.get("mode") == "text"):
        sizes["textfont"] = {"size": size}
    return _with(trace, sizes)


def _with(part: Description, more: Description) -> dict[str, Any]:
    """Return a part of a figure with more said in it, at any depth."""
    said = dict(part)
    for name, value in more.items():
        said[name] = _with(said.get(name) or {}, value) if isinstance(value, Mapping) else value
    return said


def for_phone(figure: "Figure") -> "Figure":
    """Return the figure for a screen that is higher than wide: from further away, short names, no legend beside."""
    from plotly import graph_objects as go

    narrow = go.Figure(figure, _validate=VALIDATE)
    for scene in narrow.select_scenes():
        eye = scene.camera.eye
        scene.camera.eye = {name: _FURTHER * (eye[name] or _EYE) for name in "xyz"}
        scene.camera.center.z = (scene.camera.center.z or 0) / _FURTHER  # less room is needed at the foot
    if narrow.layout.legend.orientation == "v" and (narrow.layout.legend.x or 0) > 1:
        narrow.layout.legend.update(_ABOVE | {"title": {"side": "top"}})
    for trace in narrow.data:
        trace.name = _short(trace.name)
    return narrow


def legend_beside(figure: "Figure") -> "Figure":
    """Return the figure with one legend on the right of all its axes, which get the height of those above them.

    On a screen that is wider than high there is no room above: what is written there would lie over the curves.
    """
    from plotly import graph_objects as go

    said = figure.to_dict()
    layout = {name: part for name, part in said["layout"].items() if not re.fullmatch(r"legend\d+", name)}
    upright = {"orientation": "v", "x": 1.02, "xanchor": "left", "y": 1, "yanchor": "top", "maxheight": None}
    layout["legend"] = layout["legend"] | upright
    layout["margin"] = layout["margin"] | {"t": min(layout["margin"]["t"], _LEAST)}
    upward = {name: axis for name, axis in layout.items() if name.startswith("yaxis") and "domain" in axis}
    rows = sorted({tuple(axis["domain"]) for axis in upward.values()}, reverse=True)
    tops = dict(zip(rows, [1.0, *(foot - _BETWEEN for foot, _ in rows)], strict=False))
    for name, axis in upward.items():
        layout[name] = axis | {"domain": [axis["domain"][0], tops[tuple(axis["domain"])]]}
    traces = [_with(trace, {"legend": None, "name": _short(trace.get("name"))}) for trace in said["data"]]
    return go.Figure({"data": traces, "layout": layout}, _validate=VALIDATE)


def _short(name: str | None) -> str | None:
    return None if name is None else as_text(brief(unescape(name)))


def brief(title: str) -> str:
    """Return a title that leaves room for values; names of runs end with their number, which stays."""
    if len(title) <= _BRIEF:
        return title
    start, _, number = title.rpartition(" (")
    return f"{start[: _BRIEF - len(number)].rstrip(' ,')}… ({number}" if start else f"{title[:_BRIEF]}…"


def colourbar(title: str, below: bool = False, **more: Any) -> dict[str, Any]:
    """Return the legend of a palette, with the unit in its title: on the right, or below where width is precious."""
    if below:
        more = {"orientation": "h", "y": 0, "yanchor": "bottom", "yref": "container", "len": 0.9} | more
        return {"title": {"text": title, "side": "bottom"}, "thickness": 12, "outlinewidth": 0, "nticks": 5, **more}
    return {"title": {"text": title, "side": "right"}, "thickness": 14, "outlinewidth": 0, **more}


def hover(*lines: str) -> str:
    """Return what a point says when it is pointed at: these lines, in words, and no name of a trace."""
    return "<br>".join(lines) + "<extra></extra>"


def series_name(title: str, part: str = "") -> str:
    """Return the title of a curve with the part that it shows, as hover and saved tables name it."""
    return ", ".join(filter(None, (title, part)))


def as_text(words: str) -> str:
    """Return what somebody has written as Plotly shows it letter by letter: no markup, and no place for a value."""
    return escape(words, quote=False).replace("%{", "%&#123;")
