"""Confusion matrix, calibration and ROC curves: what stands where, and what is said of it."""

import numpy as np

from core.figures.interactive.classification import RocLine, confusion_figure, reliability_figure, roc_figure
from core.figures.interactive.rows import rows_of_figure
from core.inspection.images.calibration import calibrate
from core.inspection.metrics.threshold import curve_of
from tests.support.blanks import spaced


def test_a_cell_is_right_or_a_mistake_and_says_so() -> None:
    counts = np.array([[8, 1, 0], [0, 9, 3], [2, 0, 0]])
    figure = confusion_figure(counts, ("a", "<b>b</b>", "c"), (1, 2))
    right, wrong = figure.data
    assert right.z.diagonal().tolist() == [8, 9, 0] and np.isnan(right.z[0, 1])
    assert np.expm1(wrong.z[1, 2]) == 3 and np.isnan(wrong.z[1, 1])
    assert right.hovertext[1][1] == "&lt;b&gt;b&lt;/b&gt;: 9 of 12 right"
    assert wrong.hovertext[1][2] == "&lt;b&gt;b&lt;/b&gt;: 3 of 12 read as c"
    assert (right.text[0][0], right.text[0][1], wrong.text[0][1], wrong.text[0][2]) == ("8", "", "1", "")
    frame = figure.layout.shapes[0]
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (1.5, 2.5, 0.5, 1.5)
    assert figure.layout.yaxis.autorange == "reversed"
    table = list(rows_of_figure(figure))
    assert table[0] == ["true class", "answer", "count"] and len(table) == 10
    assert tuple(table[6]) == ("<b>b</b>", "c", 3)  # the table has counts, not their logarithms


def test_large_counts_have_no_comma_in_their_cells_and_the_verb_is_the_callers() -> None:
    figure = confusion_figure(np.array([[1135, 2], [0, 1000]]), ("a", "b"), verb="called")
    assert figure.data[0].text[0][0] == "1135" and figure.data[0].hovertext[0][0] == "a: 1,135 of 1,137 right"
    assert figure.data[1].hovertext[0][1] == "a: 2 of 1,137 called b"


def test_an_empty_matrix_and_many_classes_are_drawn() -> None:
    confusion_figure(np.zeros((2, 2), np.int64), ("a", "b"))
    many = confusion_figure(np.eye(40, dtype=np.int64), [f"class {number}" for number in range(40)])
    assert many.data[0].texttemplate is None


def test_groups_without_answers_have_no_bar() -> None:
    found = calibrate(np.array([0.95, 0.99, 0.4]), np.array([True, False, True]), bins=10)
    figure = reliability_figure(found.edges, found.counts, found.confidence, found.accuracy)
    bars, dots, line = figure.data
    assert bars.y.tolist() == [100, 50]
    np.testing.assert_allclose(bars.x, [35, 95])
    np.testing.assert_allclose(dots.x, [40, 97])
    assert spaced(bars.hovertext[1]) == "2 answers given with 90 to 100 %:<br>97.0 % on average, 50.0 % right"
    assert bars.hovertext[0].startswith("1 answer given with 30 to 40 %")
    assert line.x == (0, 100) and dots.cliponaxis is False
    assert list(rows_of_figure(figure)) == [
        ["probability from, %", "to, %", "answers", "mean probability, %", "right answers, %"],
        [30, 40, 1, 40, 100],
        [90, 100, 2, 97, 50],
    ]


def test_a_roc_curve_keeps_its_area_with_its_corners_alone() -> None:
    chance = np.random.default_rng(0)
    positive = chance.random(4000) < 0.2
    curve = curve_of(chance.normal(positive, 1.0), positive)
    line = RocLine("a <b>", curve.false_alarms, curve.recall, curve.thresholds, curve.area)
    figure = roc_figure([line])
    shown, guess = figure.data
    assert len(shown.x) <= 600 < len(curve.recall)
    assert abs(np.trapezoid(shown.y, shown.x) / 1e4 - curve.area) < 1e-3
    assert shown.name == f"a &lt;b&gt; ({curve.area:.4f})" and guess.name == "pure chance (0.5)"
    assert (shown.x[0], shown.y[0], shown.x[-1], shown.y[-1]) == (0, 0, 100, 100)
    heading, first, *_, last = rows_of_figure(figure)
    assert heading[:3] == ["class", "area", "from this probability on, %"] and first[0] == last[0] == "a <b>"
    assert len(first) == len(heading) and (first[3:], last[3:]) == ([0, 0], [100, 100])
