"""Labelled points on a plane, one colour and one mark a class, and what is a person's own as a star."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.classes import class_traces, own_trace
from core.figures.interactive.template import INK, axis, house_figure

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_SYMBOLS = ("circle", "triangle-up", "square")
"""The first ten classes are circles, the next ten triangles: ten colours are enough for both."""


def cloud_on_plane(
    points: NDArray[np.float32],
    labels: NDArray[np.int64],
    captions: Sequence[str],
    classes: Sequence[str],
    names: tuple[str, str],
    *,
    name: str,
    mine: NDArray[np.float32],
    mine_caption: str,
) -> "Figure":
    """Return a trace a class, in order, and the star; each point carries its place in `points` as `customdata`.

    Args:
        points: (N, 2).
        labels: (N,) places in `classes`.
        captions: what is said of each point.
        classes: their names.
        names: of the two axes.
        name: of the figure.
        mine: (2,) where a person's own stands.
        mine_caption: what is said of it.
    """
    traces = class_traces(points, labels, captions, classes, _SYMBOLS, {"size": 8, "opacity": 0.75})
    star = {"size": 24, "symbol": "star", "line": {"color": INK, "width": 2}}
    traces.append(own_trace(mine[None, :], mine_caption, star) | {"cliponaxis": False})
    return house_figure(
        traces,
        name=name,
        xaxis=axis(names[0], zeroline=False),
        yaxis=axis(names[1], zeroline=False),
        dragmode="zoom",
    )
