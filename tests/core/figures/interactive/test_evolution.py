"""Gradients as a heat map and spreads as ridgelines: the numbers are those that went in."""

import numpy as np

from core.figures.interactive.evolution import gradient_heat_map, ridgelines
from core.figures.interactive.rows import rows_of_figure


def test_a_layer_is_a_row_and_its_norms_are_told_and_saved_as_they_are() -> None:
    norms = {"conv1": np.array([0.1, 1.0]), "<dense>": np.array([10.0, np.nan])}
    figure = gradient_heat_map(np.array([5.0, 9.0]), norms, "update")
    (heat,) = figure.data
    assert heat.y == ("conv1", "&lt;dense&gt;")
    np.testing.assert_allclose(heat.z, [[-1, 0], [1, np.nan]])
    assert (heat.zmin, heat.zmax) == (-1, 1) and heat.colorbar.ticktext == ("0.1", "1", "10")
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(rows_of_figure(figure))[1:] == [
        [5, "conv1", 0.1], [9, "conv1", 1], [5, "<dense>", 10], [9, "<dense>", None],
    ]  # fmt: skip


def test_the_last_moment_is_in_front_and_ridges_are_as_high_as_their_shares() -> None:
    counts = np.array([[0, 4, 0], [2, 4, 2]])
    figure = ridgelines(["update 0", "update 9"], np.array([0.0, 1.0, 2.0, 3.0]), counts, "weight")
    first, last = figure.data
    assert first.y.tolist()[0] == 1 and last.y.tolist()[0] == 0
    np.testing.assert_allclose(first.y - 1, [0, 0, 2.2, 0, 0])  # all of its values in one bin
    np.testing.assert_allclose(last.y, [0, 0.55, 1.1, 0.55, 0])
    assert last.text[2] == "update 9: 4 of 8 lie between 1 and 2"
    assert list(rows_of_figure(figure))[-1] == ["update 9", 2, 3, 2]
