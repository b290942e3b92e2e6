"""Trials over parallel axes: to scale, and chosen by boxes."""

import numpy as np
import pytest

from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.sweep import brushed, parallel_axes, sweep_figure
from core.figures.parallel import TrialLine

LINES = [
    TrialLine({"rate": "0.001", "size": "16", "blocks": "16,32"}, 0.9, "trial 1"),
    TrialLine({"rate": "0.1", "size": "64", "blocks": "8"}, 0.95, "trial 2 <b>", best=True),
    TrialLine({"rate": "0.01", "size": "32", "blocks": "8"}, 0.8, "trial 3"),
]
AXES = parallel_axes(LINES, ["rate", "size", "blocks"], "validation, %")


def test_numbers_stand_to_scale_and_words_in_their_order() -> None:
    rate, size, blocks, score = AXES
    np.testing.assert_allclose(rate.places, [0, 1, 0.5])
    assert [words for _, words in rate.ticks] == ["0.001", "0.01", "0.1"]
    assert [words for _, words in size.ticks] == ["10", "20", "30", "40", "50", "60", "70"]
    np.testing.assert_allclose(size.places, [0.1, 0.9, 22 / 60])
    assert [words for _, words in blocks.ticks] == ["8", "16,32"] and blocks.places[1] == blocks.places[2] == 0.25
    np.testing.assert_allclose(score.places, [2 / 3, 1, 0])


def test_a_hyperparameter_of_one_value_and_a_single_trial_are_drawn() -> None:
    axes = parallel_axes(LINES[:1], ["rate"], "validation, %")
    assert all(axis.places.tolist() == [0.5] for axis in axes)
    sweep_figure(LINES[:1], axes)


@pytest.mark.parametrize(
    ("boxes", "wanted"),
    [
        ([], [True, True, True]),
        ([(-0.2, 0.2, 0.4, 1.0)], [False, True, True]),
        ([(-0.2, 0.2, 0.4, 1.0), (2.9, 3.1, 0.5, 1.0)], [False, True, False]),
        ([(0.9, 1.1, 0.0, 0.2), (0.9, 1.1, 0.8, 1.0)], [True, True, False]),  # two on one axis: either
        ([(0.3, 0.6, 0, 1)], [True, True, True]),  # beside all axes
        ([(-1, 9, 0, 0.1)], [False, False, False]),
    ],
)
def test_a_trial_is_chosen_where_it_runs_through_a_box_on_every_axis_that_has_one(boxes, wanted) -> None:
    assert brushed(AXES, boxes).tolist() == wanted


def test_the_best_lies_in_front_and_what_is_not_chosen_is_pale() -> None:
    figure = sweep_figure(LINES, AXES, [(-0.2, 0.2, 0.4, 1.0)])
    pale, other, best = figure.data[:3]
    assert (pale.name, other.name, best.name) == ("trial 1", "trial 3", "trial 2 &lt;b&gt;")
    assert pale.opacity < 0.1 < other.opacity < best.opacity == 1
    assert figure.layout.selections[0].y0 == 0.4


def test_the_table_has_the_values_and_not_the_places() -> None:
    rows = list(rows_of_figure(sweep_figure(LINES, AXES)))
    assert rows[:2] == [["rate", "size", "blocks", "validation, %"], ["0.001", "16", "16,32", 90]]


def test_numbers_stand_beside_their_axis_and_not_where_the_lines_run() -> None:
    ticks = sweep_figure(LINES, AXES).data[-1]
    assert dict(zip(ticks.x, ticks.textposition, strict=True)) == {
        0: "middle left", 1: "middle left", 2: "middle left", 3: "middle right",
    }  # fmt: skip
    assert ticks.cliponaxis is False
