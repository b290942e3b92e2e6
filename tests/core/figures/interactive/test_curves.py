"""Curves of ended runs: the same numbers as in the live charts, linked, with bands and marks."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.figures.comparison import Panel, spread
from core.figures.interactive.curves import curves_figure
from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.template import SERIES
from core.figures.training import Axis, Marks, Trace, VerticalAxis, live_chart

X = np.arange(1.0, 5.0)
LOSS, ACCURACY = VerticalAxis("loss (cross-entropy)"), VerticalAxis("accuracy, %", 0, 100)


def test_every_value_is_there_and_pointing_shows_a_whole_column() -> None:
    traces = [Trace("training", X, 1 / X, "#0072B2"), Trace("validation", X[-1:], X[-1:], "#D55E00", points=True)]
    panels = [Panel(traces, LOSS, Marks([(2.0, "best")])), Panel([Trace("training", X, X, "#0072B2")], ACCURACY)]
    figure = curves_figure(panels, Axis("update", 0, 4), name="one", heights=(270, 200))
    loss, validation, accuracy = figure.data
    assert loss.x.tolist() == [1, 2, 3, 4] and loss.y.tolist() == [1, 0.5, 0.333333, 0.25]
    assert (loss.line.color, validation.line.color) == SERIES[:2]
    assert "loss: <b>" in loss.hovertemplate and "</b> %" in accuracy.hovertemplate
    assert (accuracy.xaxis, accuracy.yaxis) == ("x", "y2") and figure.layout.hoversubplots == "axis"
    assert (loss.showlegend, accuracy.showlegend) == (True, False)
    assert figure.layout.shapes[0].x0 == 2 and figure.layout.annotations[0].text == "best"
    assert figure.layout.yaxis2.range == (0, 100)
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_a_legend_has_room_for_every_line_of_it_and_is_not_scrolled() -> None:
    first = [Trace(f"run {number}", X, X, "#0072B2") for number in range(4)]
    chance = Marks(level=(10.0, "pure chance"), dot=(2.0, 50.0, "test"))
    panels = [Panel(first, LOSS), Panel([*first, Trace("last", X, X, "#D55E00")], ACCURACY, chance)]
    layout = curves_figure(panels, Axis("update", 0, 4), name="one", heights=(400, 300)).layout
    for legend, lines in ((layout.legend, 4), (layout.legend2, 3)):
        assert legend.maxheight >= 25 * lines + 15 and legend.tracegroupgap == 0
    assert layout.yaxis2.domain[1] + layout.legend2.maxheight / 700 <= layout.yaxis.domain[0] + 1e-6


def test_a_band_lies_behind_its_curve_which_tells_its_ends() -> None:
    band = spread([(X, X), (X, 3 * X)])
    curve = Trace("a long name of a network that was trained (1a2b)", X, band.mean, "#0072B2", part="training")
    panel = Panel([curve], LOSS, bands=[(band, "#0072B2")])
    low, high, mean = curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,)).data
    assert (low.y.tolist(), high.y.tolist()) == ([1, 2, 3, 4], [3, 6, 9, 12])
    assert mean.customdata.tolist() == [[1, 3], [2, 6], [3, 9], [4, 12]]
    assert "a long name of a network th… (1a2b), training: <b>" in mean.hovertemplate


def test_the_edges_of_a_band_are_saved_as_what_they_are() -> None:
    band = spread([(X, X), (X, 3 * X)])
    panel = Panel([Trace("mine", X, band.mean, "#0072B2", part="training")], LOSS, bands=[(band, "#0072B2")])
    rows = list(rows_of_figure(curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,))))
    assert rows[0] == ["series", "update", "loss (cross-entropy)"]
    assert [row[0] for row in rows[1::4]] == ["mine, training, lowest", "mine, training, highest", "mine, training"]
    panel = Panel([Trace("GRU", X, band.mean, "#0072B2")], LOSS, bands=[(band, "#0072B2")])  # which has one part alone
    rows = list(rows_of_figure(curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,))))
    assert [row[0] for row in rows[1::4]] == ["GRU, lowest", "GRU, highest", "GRU"]


def test_what_a_person_called_a_run_is_shown_letter_by_letter() -> None:
    panel = Panel([Trace("<b>50</b> %{x} & more", X, X, "#0072B2")], LOSS)
    figure = curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,))
    assert figure.data[0].name == "&lt;b&gt;50&lt;/b&gt; %&#123;x} &amp; more"
    assert figure.data[0].hovertemplate.startswith(f"{figure.data[0].name}: <b>%{{y")
    assert list(rows_of_figure(figure))[1][0] == "<b>50</b> %{x} & more"


def test_a_logarithmic_axis_and_columns() -> None:
    norms = Panel([Trace("dense1", X, np.array([0.02, 0.5, 1, 3]), "#123456")], VerticalAxis("gradient norm", log=True))
    score = (4.0, 91.2, "test 91.20 %")
    accuracy = Panel([], ACCURACY, Marks(level=(98.6, "lecture"), dot=score))
    figure = curves_figure([norms, accuracy], Axis("update", 0, 4), name="two", heights=(270,), columns=2)
    assert figure.layout.yaxis.type == "log" and figure.layout.yaxis.range == (-2, 1)
    assert figure.layout.xaxis2.matches == "x"
    assert [trace.name for trace in figure.data] == ["dense1", "lecture", "test 91.20 %"]
    assert figure.data[0].line.color == "#123456"


def test_what_counts_has_only_whole_numbers_on_its_axis_also_where_it_counts_to_one() -> None:
    panel = Panel([Trace("training", X[:1], X[:1], "#0072B2")], LOSS)

    def steps(axis: Axis) -> object:
        return curves_figure([panel], axis, name="one", heights=(300,)).layout.xaxis.dtick

    assert steps(Axis("update", 0, 1, whole=True)) == 1
    assert steps(Axis("update", 0, 400, whole=True)) is None and steps(Axis("epoch", 0, 1)) is None
    assert live_chart(panel.traces, Axis("update", 0, 1, whole=True), LOSS)["xAxis"]["minInterval"] == 1


def test_the_mark_of_a_single_value_is_not_cut_by_the_ends_of_the_axes() -> None:
    panel = Panel([Trace("one step", X[:1], X[:1], "#0072B2"), Trace("more", X, X, "#D55E00")], LOSS)
    one, more = curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,)).data
    assert (one.mode, one.cliponaxis, more.cliponaxis) == ("lines+markers", False, True)


def test_no_mark_is_cut_by_the_end_of_an_axis() -> None:
    panel = Panel([Trace("every 20", X, X, "#0072B2", points=True)], LOSS)
    (line,) = curves_figure([panel], Axis("update", 1, 4), name="one", heights=(300,)).data
    assert (line.mode, line.cliponaxis) == ("lines+markers", False)


@pytest.mark.parametrize(
    ("heights", "level", "foot"),
    [
        ((10, 60, 90, 95), None, True),  # accuracy has risen to where the word would stand
        ((90, 60, 20, 10), None, False),
        ((30, 30, 30, 30), 98.6, True),
        ((5, 5, 5, 5), 98.6, False),  # nowhere is room: as ever
    ],
)
def test_the_word_beside_an_upright_stands_where_no_curve_runs(
    heights: Sequence[float], level: float | None, foot: bool
) -> None:
    marks = Marks([(4.0, "best")], None if level is None else (level, "lecture"))
    panel = Panel(
        [Trace("validation", X, np.array(heights, float), "#0072B2")], VerticalAxis("accuracy, %", 0, 100), marks
    )
    (word,) = curves_figure([panel], Axis("update", 1, 4), name="one", heights=(300,)).layout.annotations
    assert (word.text, word.xanchor) == ("best", "right")
    assert (word.y, word.yanchor) == ((0, "bottom") if foot else (1, "top"))


def test_around_a_single_set_of_axes_are_margins_and_short_names_share_a_line_of_its_legend() -> None:
    panel = Panel([Trace(name, X, X, "#0072B2") for name in ("RNN", "GRU", "LSTM")], LOSS)
    layout = curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,), short=True).layout
    assert layout.yaxis.domain == (0, 1) and (layout.legend.y, layout.legend.yanchor) == (1, "bottom")
    assert (layout.legend.orientation, layout.legend.maxheight) == ("h", None)
    long = curves_figure([panel], Axis("update", 0, 4), name="one", heights=(300,)).layout
    assert (long.legend.orientation, long.legend.maxheight) == ("v", None)
