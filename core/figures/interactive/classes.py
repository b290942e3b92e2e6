"""Labelled points, on a plane or in space: a trace for each class, with a colour and a mark of its own."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.template import YOURS, as_text, hover
from core.figures.palette import CLASS_COLOURS

Numbers = NDArray[np.float32]


def class_traces(
    points: Numbers,
    labels: NDArray[np.int64],
    captions: Sequence[str],
    classes: Sequence[str],
    symbols: Sequence[str],
    marker: dict[str, Any],
    colours: Sequence[str] = CLASS_COLOURS,
) -> list[dict[str, Any]]:
    """Return a trace a class, in order.

    The points of a class keep the order that they have in `points`, and each carries its place there as `customdata`.
    Where classes are more than colours, these begin again with the next symbol.

    Args:
        points: (N, 2) or (N, 3).
        labels: (N,) places in `classes`.
        captions: what is said of each point.
        classes: their names.
        symbols: marks, in Plotly's terms.
        marker: what else is said of every mark.
        colours: of the classes.
    """
    traces = []
    for number, title in enumerate(classes):
        places = np.flatnonzero(labels == number)
        again, colour = divmod(number, len(colours))
        look = marker | {"color": colours[colour], "symbol": symbols[again % len(symbols)]}
        said = [as_text(captions[place]) for place in places.tolist()]
        traces.append(
            {
                "type": _kind(points), **dict(zip("xyz", points[places].T.astype(np.float32), strict=False)),
                "mode": "markers", "name": as_text(title), "customdata": places, "marker": look,
                "text": said, "hovertemplate": hover("%{text}"),
            }
        )  # fmt: skip
    return traces


def own_trace(points: Numbers, caption: str, marker: dict[str, Any]) -> dict[str, Any]:
    """Return what is a person's own, at one place or several (N, 2 or 3)."""
    return {
        "type": _kind(points), **dict(zip("xyz", points.T.tolist(), strict=False)), "mode": "markers",
        "name": as_text(caption), "text": [as_text(caption)] * len(points), "hovertemplate": hover("<b>%{text}</b>"),
        "marker": {"color": YOURS} | marker,
    }  # fmt: skip


def _kind(points: Numbers) -> str:
    return "scatter3d" if points.shape[1] == len("xyz") else "scatter"
