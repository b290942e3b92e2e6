"""Labelled points on a plane, one colour and one mark a class, and what is a person's own as a star."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.template import INK, YOURS, as_text, axis, house_figure, hover
from core.figures.palette import CLASS_COLOURS

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
    traces = []
    for number, title in enumerate(classes):
        places = np.flatnonzero(labels == number)
        round_, colour = divmod(number, len(CLASS_COLOURS))
        traces.append(
            {
                "type": "scatter", "mode": "markers", "name": as_text(title),
                "x": points[places, 0].astype(np.float32), "y": points[places, 1].astype(np.float32),
                "customdata": places, "text": [as_text(captions[place]) for place in places.tolist()],
                "hovertemplate": hover("%{text}"),
                "marker": {"size": 8, "opacity": 0.75, "color": CLASS_COLOURS[colour],
                           "symbol": _SYMBOLS[round_ % len(_SYMBOLS)]},
            }
        )  # fmt: skip
    traces.append(
        {
            "type": "scatter", "mode": "markers", "name": as_text(mine_caption),
            "x": [float(mine[0])], "y": [float(mine[1])], "text": [as_text(mine_caption)],
            "hovertemplate": hover("<b>%{text}</b>"), "cliponaxis": False,
            "marker": {"size": 24, "symbol": "star", "color": YOURS, "line": {"color": INK, "width": 2}},
        }
    )  # fmt: skip
    return house_figure(
        traces,
        name=name,
        xaxis=axis(names[0], zeroline=False),
        yaxis=axis(names[1], zeroline=False),
        dragmode="zoom",
    )
