"""Curves of a training: smoothing and thinning against plain loops, axes that stand still."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.plane import agreement
from core.figures.series import Drawn, forecast_chart
from core.figures.training import MOST, TRAINING, Axis, Marks, Trace, VerticalAxis, live_chart, smooth, step_up, thin

AXIS = Axis("update", 0, 1000)


def trace(values, **more):
    values = np.asarray(values, np.float64)
    return Trace("training", np.arange(1, len(values) + 1, dtype=np.float64), values, TRAINING, **more)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=50), st.floats(0, 0.99))
def test_smoothing_is_adams_unbiased_average(values, weight):
    average, expected = 0.0, []
    for number, value in enumerate(values, 1):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight**number))
    assert smooth(np.array(values), weight) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_smoothing_by_hand():
    assert smooth(np.array([2.0, 0.0, 4.0]), 0.5).tolist() == pytest.approx([2, 2 / 3, (0.25 + 0 + 2) / 0.875])
    assert smooth(np.full(9, 3.0), 0.9).tolist() == pytest.approx([3.0] * 9)
    assert smooth(np.array([1.0, 5.0]), 0).tolist() == [1, 5]


@given(st.integers(1, 20_000), st.integers(0, 2**32 - 1))
def test_thinning_keeps_ends_and_peaks(count, seed):
    values = np.random.default_rng(seed).normal(size=count)
    x, y = thin(np.arange(count, dtype=float), values)
    assert len(x) <= MOST
    assert (np.diff(x) > 0).all()
    assert x[-1] == count - 1
    assert y.min() == values.min()
    assert y.max() == values.max()
    assert (values[x.astype(int)] == y).all()


def test_what_has_been_drawn_stays_while_the_curve_grows():
    values = np.random.default_rng(0).normal(size=5000)
    before, _ = thin(np.arange(4000.0), values[:4000])
    after, _ = thin(np.arange(4100.0), values[:4100])
    assert set(before[before < 3900]) == set(after[after < 3900])


@given(st.floats(1e-6, 1e6))
def test_axes_end_at_round_numbers_above(value):
    assert value <= step_up(value) * (1 + 1e-8) <= 2 * value * (1 + 1e-6)
    assert step_up(step_up(value)) == pytest.approx(step_up(value))


def test_axes_stand_still_while_the_loss_falls():
    values = 2.3 * np.exp(-np.arange(1000) / 100)
    ends = {
        json.dumps([chart["xAxis"]["max"], chart["yAxis"]["min"], chart["yAxis"]["max"]])
        for count in range(1, 1000, 50)
        for chart in [live_chart([trace(values[:count])], AXIS, VerticalAxis("loss"))]
    }
    assert ends == {"[1000, 0.0, 2.5]"}


def test_a_logarithmic_axis_moves_in_powers_of_ten_and_bears_zeros():
    chart = live_chart([trace([2.0, 0.05, 0.0])], AXIS, VerticalAxis("loss", log=True))
    assert (chart["yAxis"]["type"], chart["yAxis"]["min"], chart["yAxis"]["max"]) == ("log", 0.01, 10.0)
    assert min(value for _, value in chart["series"][0]["data"]) > 0
    assert live_chart([], AXIS, VerticalAxis("loss", log=True))["yAxis"]["min"] == 0.01


def test_marks_and_the_final_score_are_drawn_also_without_curves():
    marks = Marks([(300, "best")], (98.6, "the lab: 98.60 %"), (1000, 98.9, "test 98.90 %"))
    chart = live_chart([], AXIS, VerticalAxis("accuracy, %", 0, 100), marks)
    level, dot = chart["series"]
    assert level["data"] == [[0, 98.6], [1000, 98.6]]
    assert [line["xAxis"] for line in level["markLine"]["data"]] == [300]
    assert chart["legend"]["data"] == ["the lab: 98.60 %", "test 98.90 %"]
    assert dot["type"] == "scatter"
    assert any(one["type"] == "scatter" and one["data"] == [[1000, 98.9]] for one in chart["series"])


def test_the_description_is_json_and_small():
    rows = np.abs(np.random.default_rng(0).normal(size=60_000))
    text = json.dumps(live_chart([trace(rows)], AXIS, VerticalAxis("loss")), allow_nan=False)
    assert len(text) < 8_000


def test_values_that_are_no_numbers_do_not_move_the_axis():
    chart = live_chart([trace([1.0, np.nan, np.inf])], AXIS, VerticalAxis("loss"))
    assert chart["yAxis"]["max"] == 1.0
    json.dumps(chart, allow_nan=False)


def test_a_single_peak_does_not_press_the_curve_to_the_bottom():
    peak = [2.3, 465.0, 2.3, 2.2, 2.1]
    assert live_chart([trace(peak)], AXIS, VerticalAxis("loss", ceiling=10))["yAxis"]["max"] == 10
    assert live_chart([trace(peak)], AXIS, VerticalAxis("loss"))["yAxis"]["max"] == 500
    assert live_chart([trace([40.0, 90.0])], AXIS, VerticalAxis("loss", ceiling=10))["yAxis"]["max"] == 100


def test_long_numbers_at_an_axis_are_not_cut():
    """Millions of passengers, or a learning rate of 0.000012: ECharts moves the axis where its labels need the room."""
    columns = np.full(3, 2e7)
    charts = [
        live_chart([trace([1e-5, 2e-5])], AXIS, VerticalAxis("learning rate")),
        forecast_chart(list("abc"), [Drawn("truth", columns, TRAINING)], (columns, columns), 2, unit="", words="band"),
        agreement(columns, columns),
    ]
    assert {chart["grid"]["outerBoundsMode"] for chart in charts} == {"auto"}
