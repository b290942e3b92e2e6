"""The loss over a plane of weights as a surface to turn, with the ways that led down on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import SEQUENTIAL

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_COLOURS = {"SGD": "#D55E00", "Adam": "#56B4E9"}
_EYE = {"x": 1.6, "y": -1.75, "z": 1.0}
_FURTHER = 1.45  # away, so that all of it fits where the figure is higher than wide


def loss_surface(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    losses: NDArray[np.float64],
    paths: Sequence[tuple[str, NDArray[np.float64], NDArray[np.float64]]],
    ceiling: float,
    narrow: bool = False,
) -> "Figure":
    """Return a surface with a line for every path.

    Args:
        first: (A,) places along the first direction.
        second: (B,) along the second.
        losses: (B, A).
        paths: name, (N, 2) places and (N,) losses of each.
        ceiling: what lies higher is cut off.
        narrow: whether the figure is shown narrower than it is high, as on a phone.
    """
    from plotly import graph_objects as go  # a second to import, and only one section needs it

    scale = [[place / (len(SEQUENTIAL) - 1), colour] for place, colour in enumerate(SEQUENTIAL)]
    surface = go.Surface(
        x=first.round(4), y=second.round(4), z=np.minimum(losses, ceiling).round(5),
        colorscale=scale, cmin=0, cmax=ceiling, opacity=0.93, name="loss", showscale=False,
        contours={"z": {"show": True, "start": 0, "end": ceiling, "size": ceiling / 12, "color": "#fff", "width": 1}},
        hovertemplate="first %{x:.2f}, second %{y:.2f}<br>loss %{z:.4f}<extra></extra>",
    )  # fmt: skip
    lines = [
        go.Scatter3d(
            x=places[:, 0].round(4), y=places[:, 1].round(4), z=np.minimum(heights, ceiling).round(5) + ceiling / 200,
            mode="lines+markers", name=name, line={"color": _COLOURS[name], "width": 8},
            marker={"size": 3, "color": _COLOURS[name]},
            hovertemplate=f"{name}<br>loss %{{z:.4f}}<extra></extra>",
        )
        for name, places, heights in paths
    ]  # fmt: skip
    axis = {"showspikes": False, "tickfont": {"size": 14}}
    return go.Figure(
        data=[surface, *lines],
        layout={
            "height": 400,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "font": {"size": 15},
            "legend": {"x": 0.02, "y": 0.98, "font": {"size": 16}},
            "uirevision": "landscape",  # the view stays when the figure changes
            "scene": {
                "xaxis": {**axis, "title": {"text": "first direction"}},
                "yaxis": {**axis, "title": {"text": "second direction"}},
                "zaxis": {**axis, "title": {"text": "loss"}, "range": [0, ceiling * 1.02]},
                "aspectratio": {"x": 1.2, "y": 1.2, "z": 0.75},
                "camera": {
                    "eye": {name: place * (_FURTHER if narrow else 1) for name, place in _EYE.items()},
                    "center": {"x": 0, "y": 0, "z": -0.15},
                },
            },
        },
    )
