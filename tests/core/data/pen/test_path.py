import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.pen.path import MOST_POINTS, PenPath, UnreadablePath, place, read_path
from tests.support.handwriting import ROUND

SIDE = 280
LINE = [[10, 20, 0], [30, 40.5, 8], [30, 60, 16]]


def test_a_path_arrives_as_it_was_drawn() -> None:
    path = read_path([LINE, [[100, 100, 200], [120, 100, 210]]], SIDE)
    assert len(path) == 5 and path.side == SIDE
    np.testing.assert_array_equal(path.strokes[0], [(10, 20), (30, 40.5), (30, 60)])
    np.testing.assert_array_equal(path.times[1], [200, 210])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (None, "did not arrive"),
        ("drawn", "did not arrive"),
        ({"strokes": []}, "did not arrive"),
        ([3], "list of points"),
        ([], "no stroke yet"),
        ([[], []], "no stroke yet"),
        ([[[1, 2]]], "x, y and a time"),
        ([[[1, 2, "3"]]], "not made of numbers"),
        ([[[1, 2, True]]], "not made of numbers"),
        ([[[1, math.nan, 3]]], "not an ordinary number"),
        ([[[math.inf, 2, 3]]], "not an ordinary number"),
        ([[[10**400, 2, 3]]], "not an ordinary number"),
        ([[[-1, 2, 3], [4, 5, 6]]], "outside the canvas"),
        ([[[1, 281, 3], [4, 5, 6]]], "outside the canvas"),
        ([[[1, 2, -3], [4, 5, 6]]], "before the beginning"),
        ([[[1, 2, 9], [4, 5, 6]]], "order of time"),
        ([LINE, [[1, 1, 4], [2, 2, 5]]], "Two pens"),
        ([[[1, 2, 3]]], "did not move"),
        ([[[1, 2, 3], [1, 2, 9]]], "did not move"),
        ([[[1, 1, 0]] * (MOST_POINTS + 1)], "more than 20,000 points"),
        ([[[1, 1, 0]] * 2] * 10_001, "more than 20,000 points"),
    ],
)
def test_what_is_no_path_gets_a_sentence(sent: object, sentence: str) -> None:
    with pytest.raises(UnreadablePath, match=sentence):
        read_path(sent, SIDE)


@pytest.mark.parametrize("side", [0, -5, math.nan, math.inf, 1e9])
def test_an_impossible_canvas_gets_a_sentence(side: float) -> None:
    with pytest.raises(UnreadablePath, match="canvas"):
        read_path([LINE], side)


def test_as_many_points_as_are_allowed_are_read() -> None:
    assert len(read_path([[[place % 200, 5, place] for place in range(MOST_POINTS)]], SIDE)) == MOST_POINTS


NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.text(max_size=2))
ANYTHING = st.recursive(
    NUMBERS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner), max_leaves=30
)


@given(ANYTHING)
def test_nothing_that_arrives_is_a_traceback(sent: object) -> None:
    try:
        path = read_path(sent, SIDE)
    except UnreadablePath as problem:
        assert str(problem).endswith(".")
    else:
        assert isinstance(path, PenPath)


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, SIDE), st.floats(0, SIDE)), min_size=1, max_size=20), min_size=1, max_size=4
    )
)
def test_whatever_is_drawn_on_the_canvas_is_read(drawn: list[list[tuple[float, float]]]) -> None:
    moment, sent = 0, []
    for stroke in drawn:
        sent.append([[x, y, moment := moment + 1] for x, y in stroke])
    try:
        path = read_path(json.loads(json.dumps(sent)), SIDE)
    except UnreadablePath as problem:
        assert "did not move" in str(problem)
    else:
        assert [len(stroke) for stroke in path.strokes] == [len(stroke) for stroke in drawn]
        for stroke, points in zip(path.strokes, drawn, strict=True):
            np.testing.assert_allclose(stroke, points, atol=1 / 32 + 1e-3)


def test_strokes_are_placed_in_the_middle_of_a_canvas() -> None:
    path = place([np.array(stroke, np.float32) for stroke in ROUND[4]], SIDE, size=0.5)
    points = np.concatenate(path.strokes)
    assert np.ptp(points, axis=0).max() == pytest.approx(SIDE / 2, abs=0.1)
    np.testing.assert_allclose((points.min(0) + points.max(0)) / 2, SIDE / 2, atol=0.1)
    sent = [
        [[float(x), float(y), float(moment)] for (x, y), moment in zip(stroke, moments, strict=True)]
        for stroke, moments in zip(path.strokes, path.times, strict=True)
    ]
    again = read_path(sent, SIDE)  # what is placed is a path that a browser may send
    assert all(np.array_equal(one, other) for one, other in zip(path.strokes, again.strokes, strict=True))
