"""The loss over a plane of weights as a surface to turn, with the ways that led down on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.template import SHARES, camera, house_figure, hover, space

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_COLOURS = {"SGD": "#D55E00", "Adam": "#56B4E9"}
_OTHERS = "#D55E00"
_CAMERA = camera(1.39, -1.55, 0.88, below=0.34)


def loss_surface(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    losses: NDArray[np.float64],
    paths: Sequence[tuple[str, NDArray[np.float64], NDArray[np.float64]]],
    ceiling: float,
) -> "Figure":
    """Return a surface with a line for every path.

    Args:
        first: (A,) places along the first direction.
        second: (B,) along the second.
        losses: (B, A).
        paths: name, (N, 2) places and (N,) losses of each.
        ceiling: what lies higher is cut off.
    """
    surface = {
        "type": "surface", "name": "loss", "showscale": False,
        "x": first.round(4), "y": second.round(4), "z": np.minimum(losses, ceiling).round(5),
        "colorscale": SHARES, "cmin": 0, "cmax": ceiling, "opacity": 0.93,
        "contours": {
            "z": {"show": True, "start": 0, "end": ceiling, "size": ceiling / 12, "color": "#fff", "width": 1},
        },
        "hovertemplate": hover("first direction %{x:.2f}, second %{y:.2f}", "loss %{z:.4f}"),
    }  # fmt: skip
    lines = [
        {
            "type": "scatter3d", "mode": "lines+markers", "name": name,
            "x": places[:, 0].round(4), "y": places[:, 1].round(4),
            "z": np.minimum(heights, ceiling).round(5) + ceiling / 200,
            "line": {"color": _COLOURS.get(name, _OTHERS), "width": 8},
            "marker": {"size": 3, "color": _COLOURS.get(name, _OTHERS)},
            "hovertemplate": hover(name, "loss %{z:.4f}"),
        }
        for name, places, heights in paths
    ]  # fmt: skip
    scene = space(
        "first direction", "second direction", "loss", aspectratio={"x": 1.2, "y": 1.2, "z": 0.75}, camera=_CAMERA
    )
    scene["zaxis"]["range"] = [0, ceiling * 1.02]
    return house_figure([surface, *lines], name="landscape", scene=scene)
