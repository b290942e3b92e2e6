"""What happens in the layers of a network over a training: gradients as a heat map, spreads of values as ridgelines."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.figures.interactive.rows import rounded_value
from core.figures.interactive.template import PAPER, SHARES, as_text, axis, colourbar, house_figure, hover

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_OVERLAP = 2.2  # a ridge is so many times as high as the distance to the next
_FLOOR = 1e-12  # of a norm: there is no 0 on a logarithmic palette


def gradient_heat_map(x: NDArray[np.float64], norms: Mapping[str, NDArray[np.float64]], across: str) -> "Figure":
    """Return the norm of the gradient of every layer over time: a row a layer, the first on top.

    Args:
        x: (G,) moments, on the axis.
        norms: (G,) by layer, from the first layer to the last.
        across: name of the axis.
    """
    values = np.stack(list(norms.values()))
    logs = np.log10(np.maximum(np.where(np.isfinite(values), values, np.nan), _FLOOR))
    finite = logs[np.isfinite(logs)]  # a training that diverged has gradients that are no numbers
    low, high = (np.floor(finite.min()), np.ceil(finite.max())) if len(finite) else (-1.0, 0.0)
    powers = np.arange(low, max(high, low + 1) + 1)
    bar = colourbar("gradient norm", tickvals=powers.tolist(), ticktext=[f"{10.0**power:g}" for power in powers])
    return house_figure(
        [
            {
                "type": "heatmap", "x": x, "y": [as_text(name or "all") for name in norms], "z": logs,
                "customdata": values,
                "colorscale": SHARES, "zmin": powers[0], "zmax": powers[-1], "colorbar": bar, "name": "gradients",
                "hovertemplate": hover(f"%{{y}}, {across} %{{x:.6~g}}:", "gradient norm <b>%{customdata:.4~g}</b>"),
            }
        ],
        name="gradient-flow",
        meta={
            "columns": [across, "layer", "gradient norm"],
            "rows": [
                [float(place), name or "all", rounded_value(float(value))]
                for name, row in norms.items()
                for place, value in zip(x, row, strict=True)
            ],
        },
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis(across, showgrid=False),
        yaxis=axis("layer", autorange="reversed", type="category", showgrid=False),
    )  # fmt: skip


def ridgelines(moments: Sequence[str], edges: NDArray[np.float64], counts: NDArray[np.int64], what: str) -> "Figure":
    """Return a ridge for each moment: how often its values lie where. The first is at the back, the last in front.

    Args:
        moments: their names.
        edges: (bins + 1,).
        counts: (moments, bins).
        what: the values, with unit.
    """
    last = len(moments) - 1
    middles = (edges[:-1] + edges[1:]) / 2
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    heights = _OVERLAP * shares / (shares.max() or 1)
    traces: list[dict[str, Any]] = []
    for number, moment in enumerate(moments):
        foot = last - number
        colour = SHARES[1 + round(number / max(last, 1) * (len(SHARES) - 2))][1]  # the darkest is lost on dark paper
        said = [
            f"{as_text(moment)}: {count:,} of {total:,} lie between {low:.4g} and {high:.4g}"
            for count, total, low, high in zip(
                counts[number], [counts[number].sum()] * len(middles), edges[:-1], edges[1:], strict=True
            )
        ]
        traces.append(
            {
                "type": "scatter", "mode": "lines", "name": as_text(moment), "fill": "toself", "fillcolor": colour,
                "x": np.concatenate([[edges[0]], middles, [edges[-1]]]),
                "y": np.concatenate([[foot], foot + heights[number], [foot]]),
                "line": {"color": PAPER, "width": 2}, "hoveron": "points", "opacity": 0.95,
                "text": ["", *said, ""], "hovertemplate": hover("%{text}"),
            }
        )  # fmt: skip
    return house_figure(
        traces,
        name="ridgelines",
        meta={
            "columns": ["moment", "from", "to", "count"],
            "rows": [
                [moment, float(f"{low:.7g}"), float(f"{high:.7g}"), int(count)]
                for moment, row in zip(moments, counts, strict=True)
                for low, high, count in zip(edges[:-1], edges[1:], row, strict=True)
            ],
        },
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis(what),
        yaxis=axis("", tickvals=list(range(last, -1, -1)), ticktext=[as_text(one) for one in moments], zeroline=False),
    )
