"""One feature map to look at closely: its cells with their values, and the same numbers as a surface to turn."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.template import SIGNED, YOURS, axis, camera, colourbar, house_figure, hover, space

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_WRITTEN = 6  # columns of a map, up to which its values fit into its cells; others are read by pointing
_BAR = 110  # pixels below a map, for the legend of its palette
Numbers = NDArray[np.float32]


def feature_map_figure(values: Numbers, limit: float, chosen: tuple[int, int], name: str) -> "Figure":
    """Return a map cell by cell, the first row on top.

    Args:
        values: (rows, columns).
        limit: value of the strongest colour, the same for all maps of a layer.
        chosen: (row, column) that gets a frame.
        name: of the map.
    """
    row, column = chosen
    frame = {
        "type": "rect", "x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5,
        "line": {"color": YOURS, "width": 4},
    }  # fmt: skip
    return house_figure(
        [
            {
                "type": "heatmap", "z": values, **_colours(limit), "xgap": 1, "ygap": 1, "name": name,
                "colorbar": colourbar("activation", below=True),
                **({"texttemplate": "%{z:.2f}"} if values.shape[1] <= _WRITTEN else {}),
                "hovertemplate": hover("row %{y}, column %{x}:", "activation <b>%{z:.4f}</b>"),
            }
        ],
        name=name,
        shapes=[frame],
        margin={"l": 8, "r": 8, "t": 8, "b": _BAR},
        xaxis=axis("column", showgrid=False, zeroline=False, constrain="domain"),
        yaxis=axis("row", showgrid=False, zeroline=False, autorange="reversed", scaleanchor="x", constrain="domain"),
    )  # fmt: skip


def feature_surface(values: Numbers, limit: float, name: str) -> "Figure":
    """Return a map as a surface: the higher, the stronger a cell answers; the first row is in front.

    Args:
        values: (rows, columns).
        limit: value of the strongest colour.
        name: of the map.
    """
    high, low = float(max(values.max(), 0)), float(min(values.min(), 0))
    scene = space("column", "row", "activation", aspectratio={"x": 1.1, "y": 1.1, "z": 0.7})
    scene["yaxis"]["autorange"] = "reversed"
    scene["zaxis"]["range"] = [low, high if high > low else low + 1]
    scene["camera"] = camera(1.03, -1.6, 1.14, below=0.28)
    return house_figure(
        [
            {
                "type": "surface", "z": values, **_surface_colours(limit), "name": name,
                "colorbar": colourbar("activation", below=True),
                "lighting": {"ambient": 0.9, "diffuse": 0.3, "specular": 0},
                "hovertemplate": hover("row %{y}, column %{x}:", "activation <b>%{z:.4f}</b>"),
                "contours": {"x": _lines(values.shape[1]), "y": _lines(values.shape[0])},
            }
        ],
        name=name,
        scene=scene,
        margin={"l": 0, "r": 0, "t": 8, "b": _BAR},
    )  # fmt: skip


def _colours(limit: float) -> dict[str, Any]:
    limit = limit if limit > 0 else 1.0
    return {"colorscale": SIGNED, "zmin": -limit, "zmax": limit}


def _surface_colours(limit: float) -> dict[str, Any]:
    return {name.replace("z", "c", 1): value for name, value in _colours(limit).items()}


def _lines(count: int) -> dict[str, Any]:
    """Return a line through every row or column: the cells stay countable."""
    return {"show": True, "start": 0, "end": count - 1, "size": 1, "color": "#8A949E", "width": 1}
