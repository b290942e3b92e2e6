"""Labelled points in space, to turn: digits or sentences by the numbers that a network makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.classes import Numbers, class_traces, own_trace
from core.figures.interactive.template import DECORATION, INK, PAPER, YOURS, as_text, camera, house_figure, hover, space
from core.figures.palette import CLASS_COLOURS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_SYMBOLS = ("diamond", "square", "cross", "x")  # of few triangles: circles turn a third as fast without a graphics card
_MANY = 3000  # points from which on each is drawn smaller
_SMALL, _LARGE = 2.5, 4
_CAMERA = camera(1.45, 1.45, 1.04, below=0.24)


@dataclass(frozen=True)
class WayInSpace:
    """A way through space: its title, (T, 3) places, and what is said of each."""

    title: str
    points: Numbers
    captions: Sequence[str]


def cloud_in_space(
    points: Numbers,
    labels: NDArray[np.int64],
    captions: Sequence[str],
    classes: Sequence[str],
    names: tuple[str, str, str],
    *,
    name: str,
    mine: Numbers | None = None,
    mine_caption: str = "yours",
    colours: Sequence[str] = CLASS_COLOURS,
    behind: bool = False,
) -> "Figure":
    """Return the traces of `class_traces`, and what is a person's own as a ball on a needle.

    Args:
        points: (N, 3).
        labels: (N,) places in `classes`.
        captions: what is said of each point.
        classes: their names.
        names: of the three axes.
        name: of the figure.
        mine: (3,) where a person's own stands, or None.
        mine_caption: what is said of it.
        colours: of the classes.
        behind: whether the points are only what ways lead through, and are drawn small.
    """
    # Points are opaque: where one is not, as markers of several sizes are unless told, all is drawn twice.
    size = _SMALL if behind or len(points) > _MANY else _LARGE
    marker = {"size": size, "line": {"width": 0, "color": PAPER}}
    traces = class_traces(points, labels, captions, classes, _SYMBOLS, marker, colours)
    if mine is not None:
        # A needle through all of space: others would hide a point among them.
        x, y, z = np.asarray(mine, np.float32).tolist()
        foot, top = float(points[:, 2].min(initial=z)), float(points[:, 2].max(initial=z))
        needle = {
            "type": "scatter3d", "mode": "lines", "x": [x, x], "y": [y, y], "z": [foot, top], "meta": DECORATION,
            "line": {"color": YOURS, "width": 5}, "hoverinfo": "skip", "showlegend": False,
        }  # fmt: skip
        ball = {"size": 15, "symbol": "circle", "line": {"color": INK, "width": 2}}
        traces += [needle, own_trace(np.array([[x, y, z]], np.float32), mine_caption, ball)]
    return house_figure(
        traces,
        name=name,
        scene=space(*names, aspectmode="cube", camera=_CAMERA),
        margin={"l": 0, "r": 0, "t": 60, "b": 0},
    )


def paths_in_space(cloud: "Figure", paths: Sequence[WayInSpace], colours: Sequence[str]) -> "Figure":
    """Return a figure of `cloud_in_space` with ways through it; a diamond is the start, a large dot the end."""
    for path, colour in zip(paths, colours, strict=False):
        steps = len(path.points)
        cloud.add_trace(
            {
                "type": "scatter3d", "mode": "lines+markers", "name": as_text(path.title),
                "hovertemplate": hover("%{text}"), "text": [as_text(caption) for caption in path.captions],
                "x": path.points[:, 0], "y": path.points[:, 1], "z": path.points[:, 2],
                "line": {"color": colour, "width": 7},
                "marker": {"color": colour, "size": [9] + [5] * (steps - 2) + [11] * (steps > 1),
                           "symbol": ["diamond"] + ["circle"] * (steps - 1), "opacity": 1},
            }
        )  # fmt: skip
    return cloud


def ways_figure(
    paths: Sequence[WayInSpace], names: tuple[str, str, str], colours: Sequence[str], *, name: str
) -> "Figure":
    """Return ways through space alone, without a cloud around them."""
    nothing = np.empty((0, 3), np.float32)
    cloud = cloud_in_space(nothing, np.empty(0, np.int64), (), (), names, name=name)
    return paths_in_space(cloud, paths, colours).update_layout(showlegend=True)
