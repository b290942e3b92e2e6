"""Lines over the same steps of a series, to look at closely."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.figures.interactive.curves import dashed, themed
from core.figures.interactive.rows import rounded_value
from core.figures.interactive.template import as_text, axis, house_figure, hover
from core.figures.series import Drawn

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def series_figure(labels: Sequence[str], lines: Sequence[Drawn], *, unit: str, across: str, name: str) -> "Figure":
    """Return lines over the same steps; what is pointed at is shown for all of them.

    Args:
        labels: of the steps (T,); they may repeat.
        lines: each of T values, NaN where there is none.
        unit: of the values, or nothing.
        across: what the labels are, "month" for example; nothing where they say it.
        name: of the figure.
    """
    places = [str(place) for place in range(len(labels))]
    value = f"<b>%{{y:.4~g}}</b>{unit and f' {as_text(unit)}'}"
    rows = [
        [label, *map(rounded_value, values)]
        for label, *values in zip(labels, *(line.values.tolist() for line in lines), strict=True)
    ]
    return house_figure(
        [
            {
                "type": "scatter", "mode": "lines+markers" if line.points else "lines", "name": as_text(line.title),
                "x": places, "y": line.values, "connectgaps": False,
                "line": {"color": themed(line.colour), "width": 2, "dash": dashed(line.dash)},
                "hovertemplate": hover(f"{as_text(line.title)}: {value}"),
            }
            for line in lines
        ],
        name=name,
        hovermode="x unified",
        meta={"columns": [as_text(one) for one in (across or "step", *(line.title for line in lines))], "rows": rows},
        xaxis=axis(
            as_text(across), type="category", nticks=4,  # four dates stand side by side on a phone
            labelalias={place: as_text(label) for place, label in zip(places, labels, strict=True)},
        ),
        yaxis=axis(as_text(unit or "value")),
    )  # fmt: skip
