"""Labelled points in space, to turn: digits or sentences by the numbers that a network makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.template import INK, PAPER, YOURS, as_text, house_figure, hover, space
from core.figures.palette import CLASS_COLOURS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Numbers = NDArray[np.float32]

_SYMBOLS = ("diamond", "square", "cross", "x")  # of few triangles: circles turn a third as fast without a graphics card
_MANY = 3000  # points from which on each is drawn smaller
_SMALL, _LARGE = 2.5, 4
_CAMERA = {"eye": {"x": 1.4, "y": 1.4, "z": 1.0}}


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
    """Return a trace a class, in order, and what is a person's own as a ball on a needle.

    The points of a class keep the order that they have in `points`, and each carries its place there as `customdata`.

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
    traces = [
        _points(points, captions, np.flatnonzero(labels == number), as_text(title))
        | {
            "marker": _marker(
                _SMALL if behind or len(points) > _MANY else _LARGE,
                colours[number % len(colours)],
                number // len(colours),
            )
        }
        for number, title in enumerate(classes)
    ]
    if mine is not None:
        # A needle through all of space: others would hide a point among them.
        x, y, z = (float(one) for one in mine)
        low, high = float(points[:, 2].min(initial=z)), float(points[:, 2].max(initial=z))
        traces.append(
            {
                "type": "scatter3d", "mode": "lines+markers", "name": as_text(mine_caption),
                "hovertemplate": hover("<b>%{text}</b>"), "text": [as_text(mine_caption)] * 3,
                "x": [x, x, x], "y": [y, y, y], "z": [low, z, high], "line": {"color": YOURS, "width": 5},
                "marker": {"size": [3, 15, 3], "symbol": "circle", "color": YOURS, "opacity": 1,
                           "line": {"color": INK, "width": 2}},
            }
        )  # fmt: skip
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


def _points(points: Numbers, captions: Sequence[str], places: NDArray[np.intp], title: str) -> dict[str, Any]:
    x, y, z = points[places].T.astype(np.float32)
    return {
        "type": "scatter3d", "mode": "markers", "name": title, "x": x, "y": y, "z": z, "customdata": places,
        "text": [as_text(captions[place]) for place in places], "hovertemplate": hover("%{text}"),
    }  # fmt: skip


def _marker(size: float, colour: str, round_: int) -> dict[str, Any]:
    # Points are opaque: where one is not, as markers of several sizes are unless told, all is drawn twice.
    return {
        "size": size,
        "color": colour,
        "symbol": _SYMBOLS[round_ % len(_SYMBOLS)],
        "line": {"width": 0, "color": PAPER},
    }
