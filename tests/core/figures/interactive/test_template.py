"""All Plotly figures have one look, and their data can be saved as a table."""

import numpy as np
import pytest

from core.figures.comparison import Panel
from core.figures.interactive.curves import curves_figure
from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.template import (
    DECORATION,
    LARGE,
    SIZE,
    axis,
    colourbar,
    for_phone,
    house_figure,
    legend_beside,
    sized,
    space,
)
from core.figures.training import Axis, Marks, Trace, VerticalAxis

LINE = {"type": "scatter", "name": "training", "x": [1, 2], "y": [0.5, float("nan")]}
POINTS = {"type": "scatter3d", "name": "3", "x": [1.0], "y": [2.0], "z": [3.0], "hovertext": ["a 3<br>read as 3"]}


def test_every_letter_gets_the_size_that_is_asked_for() -> None:
    flat = house_figure([LINE], name="one", xaxis=axis("update"), yaxis=axis("loss"))
    solid = house_figure([POINTS], name="two", scene=space("x", "y", "z"))
    heat = house_figure([{"type": "heatmap", "z": [[1]], "colorbar": colourbar("norm")}], name="three")
    for size in (SIZE, LARGE):
        layout = sized(flat, size).layout
        assert layout.font.size == size
        assert {layout.legend.font.size, layout.hoverlabel.font.size} == {min(size, 20)}  # names and sentences
        assert {layout.xaxis.tickfont.size, layout.xaxis.title.font.size, layout.yaxis.tickfont.size} == {size}
        assert sized(solid, size).layout.scene.zaxis.title.font.size == size
        assert sized(heat, size).data[0].colorbar.tickfont.size == size


def test_a_line_is_saved_point_by_point_and_a_gap_is_empty() -> None:
    figure = house_figure([LINE], name="one", xaxis=axis("update"), yaxis=axis("loss"))
    assert list(rows_of_figure(figure)) == [
        ["series", "update", "loss"],
        ["training", 1, 0.5],
        ["training", 2, None],
    ]


def test_points_in_space_keep_their_words_and_decoration_is_left_out() -> None:
    decoration = {"type": "scatter3d", "x": [9], "y": [9], "z": [9], "meta": DECORATION}
    figure = house_figure([POINTS, decoration], name="two", scene=space("first", "second", "third"))
    assert list(rows_of_figure(figure)) == [
        ["series", "first", "second", "third", "text"],
        ["3", 1, 2, 3, "a 3; read as 3"],
    ]


@pytest.mark.parametrize("kind", ["heatmap", "surface"])
def test_a_map_is_saved_cell_by_cell(kind: str) -> None:
    trace = {"type": kind, "x": ["fc", "conv"], "z": np.array([[1.0, 2.0]]), "colorbar": colourbar("norm")}
    layout = {"xaxis": axis("layer"), "yaxis": axis("epoch")} if kind == "heatmap" else {}
    solid = {"scene": space("layer", "epoch", "norm")} if kind == "surface" else {}
    rows = list(rows_of_figure(house_figure([trace], name="map", **layout, **solid)))
    assert rows == [["series", "layer", "epoch", "norm"], ["", "fc", 0, 1], ["", "conv", 0, 2]]


def test_panels_name_the_axis_of_every_value() -> None:
    lower = LINE | {"yaxis": "y2", "y": [0.1, 0.2]}
    figure = house_figure(
        [LINE, lower], name="two", xaxis=axis("update"), yaxis=axis("loss"), yaxis2=axis("accuracy, %")
    )
    rows = list(rows_of_figure(figure))
    assert rows[0] == ["series", "axis", "update", "value"]
    assert rows[1] == ["training", "loss", 1, 0.5] and rows[-1] == ["training", "accuracy, %", 2, 0.2]


def test_a_figure_whose_places_mean_something_else_brings_its_table() -> None:
    figure = house_figure([LINE], name="sweep", meta={"columns": ["rate &lt;"], "rows": [[0.1], [0.01]]})
    assert list(rows_of_figure(figure)) == [["rate <"], [0.1], [0.01]]


def test_on_a_low_screen_one_legend_is_beside_all_axes_and_these_get_its_height() -> None:
    x = np.arange(1.0, 4.0)
    long = "a long name of a network that was trained for a day (1a2b)"
    panels = [
        Panel([Trace(long, x, x, "#0072B2")], VerticalAxis("loss"), Marks([(2.0, "best")])),
        Panel([Trace(long, x, x, "#0072B2"), Trace("<b>", x, x, "#D55E00")], VerticalAxis("accuracy, %", 0, 100)),
    ]
    above = curves_figure(panels, Axis("update", 0, 4), name="two", heights=(300, 300))
    beside = legend_beside(above)
    assert {trace.legend for trace in beside.data} == {None}
    assert [trace.name for trace in beside.data] == ["a long name of a network th… (1a2b)"] * 2 + ["&lt;b&gt;"]
    layout = beside.layout
    assert (layout.legend.x, layout.legend.xanchor, layout.legend.orientation) == (1.02, "left", "v")
    assert layout.legend.maxheight is None and "legend2" not in layout.to_plotly_json()
    upper, lower = layout.yaxis.domain, layout.yaxis2.domain
    assert upper[1] == 1 and upper[0] == above.layout.yaxis.domain[0]
    assert above.layout.yaxis2.domain[1] < lower[1] < upper[0]
    assert layout.annotations[0].yref == "y domain"  # so it stays at the top of its axes
    single = legend_beside(house_figure([LINE, LINE], name="one", xaxis=axis("update"), yaxis=axis("loss")))
    assert single.layout.legend.x == 1.02 and single.layout.yaxis.domain is None


def test_on_a_phone_names_fit_and_what_is_saved_keeps_them() -> None:
    figure = house_figure([POINTS | {"name": "a long name of a network that was trained for a day (1a2b)"}], name="one")
    narrow = for_phone(figure)
    assert narrow.data[0].name == "a long name of a network th… (1a2b)"
    assert narrow.layout.scene.camera.eye.x > 1.25
    assert list(rows_of_figure(figure))[1][0] == "a long name of a network that was trained for a day (1a2b)"


def test_a_phone_is_too_narrow_for_a_legend_beside_the_axes() -> None:
    beside = {"orientation": "v", "x": 1.02, "y": 1, "yanchor": "top", "title": {"text": "class (area)"}}
    figure = house_figure([LINE, LINE], name="roc", legend=beside, xaxis=axis("others"), yaxis=axis("found"))
    legend = for_phone(figure).layout.legend
    assert (legend.orientation, legend.x, legend.y, legend.yanchor) == ("h", 0, 1, "bottom")
    assert (legend.title.text, legend.title.side) == ("class (area)", "top")  # beside it is no room for names
    assert figure.layout.legend.x == 1.02
