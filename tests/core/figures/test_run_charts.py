"""The charts of runs as descriptions: arrays in, curves on shared axes out."""

import numpy as np
import pytest

from core.figures.comparison import Panel, comparison_chart
from core.figures.run_charts import (
    CurveOptions,
    RunCurves,
    RunGroup,
    accuracy_words,
    gradient_panel,
    groups_panel,
    horizontal_axis,
    loss_words,
    measure_panel,
    probability_chart,
)
from core.figures.training import EARLIER, TRAINING, VALIDATION, Axis
from tests.support.blanks import spaced

RAW = CurveOptions(smoothing=0.0)


def drawn(panel: Panel, end: float = 9.0) -> dict:
    return comparison_chart(panel, Axis("update", 0, end))


def run(title: str, updates: int = 4, level: float = 1.0, **more: object) -> RunCurves:
    x = np.arange(1.0, updates + 1)
    measured = {"loss": level / x, "accuracy": 100 - level / x}
    return RunCurves(
        title, x, measured, np.full(updates, 0.1), x[-1:], {"loss": np.ones(1), "accuracy": np.ones(1)},
        end=float(updates), **more,
    )  # fmt: skip


def test_a_run_stands_in_front_of_the_earlier_ones() -> None:
    option = drawn(measure_panel("loss", run("mine", marks=[(2.0, "best")]), [run("old", 9)], RAW))
    series = option["series"]
    assert [one["name"] for one in series] == ["training", "validation", "old", "old"]
    assert [one["itemStyle"]["color"] for one in series] == [TRAINING, VALIDATION, EARLIER[0], EARLIER[0]]
    assert [one["lineStyle"]["type"] for one in series] == ["solid", "solid", "solid", "dashed"]
    assert series[0]["data"] == [[1, 1], [2, 0.5], [3, 0.3333], [4, 0.25]]
    assert series[0]["markLine"]["data"][0]["xAxis"] == 2.0
    assert horizontal_axis([run("mine"), run("old", 9)], RAW).high == 9


def test_the_test_score_is_a_dot_on_the_chart_of_accuracy_alone() -> None:
    tested = run("mine", test=(4.0, 91.234))
    accuracy = drawn(measure_panel("accuracy", tested, [], CurveOptions(accuracy_from=80), (98.6, "lecture")))
    assert accuracy["series"][-1]["data"] == [[4.0, 91.234]]
    assert "test 91.23 %" in map(spaced, accuracy["legend"]["data"]) and "lecture" in accuracy["legend"]["data"]
    assert (accuracy["yAxis"]["min"], accuracy["yAxis"]["max"]) == (80, 100)
    assert "test" not in str(drawn(measure_panel("loss", tested, [], RAW))["legend"]["data"])


def test_what_is_no_number_is_left_out_before_smoothing() -> None:
    broken = run("mine")
    broken.training["loss"][1] = np.nan
    data = drawn(measure_panel("loss", broken, [], CurveOptions(smoothing=0.5)))["series"][0]["data"]
    assert [x for x, _ in data] == [1, 3, 4]
    assert data[1][1] == pytest.approx((1 * 0.25 + 1 / 3 * 0.5) / 0.75, rel=1e-3)


def test_without_a_run_there_are_axes() -> None:
    assert drawn(measure_panel("loss", None, [], RAW))["series"] == []
    assert horizontal_axis([], RAW).high == 1.0
    assert loss_words(None) == "Loss (cross-entropy): no update yet"
    assert spaced(accuracy_words(run("mine"))) == "Accuracy in training, 99 % over the last updates"


def test_the_axis_of_the_loss_says_what_was_made_small() -> None:
    runs = [run("digits"), run("series", loss_name="mean squared error"), run("lines", loss_name="CTC")]
    assert measure_panel("loss", runs[0], runs[:1], RAW).scale.name == "loss (cross-entropy)"
    assert measure_panel("loss", runs[1], [], RAW).scale.name == "loss (mean squared error)"
    compared = groups_panel("loss", [RunGroup(one.title, "#123456", [one]) for one in runs], RAW)
    assert compared.scale.name == "loss (CTC, cross-entropy, mean squared error)"
    assert loss_words(runs[1]) == "Loss (mean squared error), from 1.00 to 0.25 after 4 updates"


def test_runs_of_one_group_are_one_curve_with_a_band() -> None:
    groups = [RunGroup("seeds", "#123456", [run("a"), run("b", level=3.0)]), RunGroup("alone", "#654321", [run("c")])]
    series = drawn(groups_panel("loss", groups, RAW))["series"]
    assert [one["name"] for one in series[:4]] == ["seeds", "seeds", "alone", "alone"]
    assert series[0]["data"][0] == [1, 2]  # the mean of 1 and 3
    low, more = series[4:6]  # the band of the training curves
    assert (low["data"][0], more["data"][0]) == ([1, 1], [1, 2])


def test_gradients_have_a_curve_for_each_layer() -> None:
    norms = {"dense1": np.array([0.2]), "": np.array([0.1])}
    option = drawn(gradient_panel(run("mine", checked=np.array([4.0]), gradient_norms=norms)))
    assert [one["name"] for one in option["series"]] == ["dense1", "all"]


def test_the_likeliest_class_comes_first_and_a_class_that_was_likely_once_stays() -> None:
    table = np.array([[0.7, 0.1, 0.1, 0.1, 0.0], [0.0, 0.1, 0.1, 0.8, 0.0]])
    option = probability_chart([0, 30], table, list("abcde"), 30, 60, most=3)
    assert option["series"][0]["name"] == "d"
    assert option["series"][0]["data"] == [[0, 10], [30, 80]]
    assert "e" not in [one["name"] for one in option["series"]]
    assert option["xAxis"]["max"] == 60
