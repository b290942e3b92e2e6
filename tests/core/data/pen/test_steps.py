import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.pen.steps import LENGTH, LONGEST, UNIT, resample, to_steps
from tests.support.handwriting import ROUND

SIDE = 280.0
FOUR = [np.array(stroke, np.float32) * 180 for stroke in ROUND[4]]


def test_steps_on_paper_are_of_equal_length() -> None:
    steps = to_steps([np.array([(0, 0), (10 * LENGTH * SIDE, 0)], np.float32)], SIDE)
    np.testing.assert_allclose(steps, [[LENGTH * UNIT, 0, 0]] * 10, atol=1e-6)


def test_the_steps_lead_from_the_first_point_to_the_last() -> None:
    steps = to_steps(FOUR, SIDE)
    np.testing.assert_allclose(steps[:, :2].sum(0) * SIDE / UNIT, FOUR[-1][-1] - FOUR[0][0], atol=1e-3)
    assert (steps[:, 2] == 1).sum() == 1  # one jump between two strokes
    (jump,) = steps[steps[:, 2] == 1, :2]
    np.testing.assert_allclose(jump * SIDE / UNIT, FOUR[1][0] - FOUR[0][-1], atol=1e-4)


@given(st.integers(-100, 100), st.integers(-100, 100))
def test_a_shifted_movement_is_the_same_to_the_last_bit(right: int, down: int) -> None:
    pixels = [np.round(stroke * 16) / np.float32(16) for stroke in FOUR]
    shifted = [stroke + np.float32([right, down]) for stroke in pixels]
    assert np.array_equal(to_steps(pixels, SIDE), to_steps(shifted, SIDE))


def test_more_points_on_the_same_line_change_nothing() -> None:
    sparse = [np.array([(0, 0), (100, 100), (200, 0)], np.float32)]
    dense = [np.concatenate([np.linspace((0, 0), (100, 100), 60), np.linspace((100, 100), (200, 0), 7)])]
    np.testing.assert_allclose(to_steps(sparse, SIDE), to_steps(dense, SIDE), atol=1e-5)


def test_what_is_drawn_later_does_not_change_earlier_steps() -> None:
    whole, first = to_steps(FOUR, SIDE), to_steps(FOUR[:1], SIDE)
    assert np.array_equal(whole[: len(first)], first)


def test_a_dot_is_one_step_of_no_length() -> None:
    assert to_steps([np.zeros((1, 2), np.float32)], SIDE).tolist() == [[0, 0, 0]]
    line_and_dot = to_steps([FOUR[0], np.array([(5, 5)], np.float32)], SIDE)
    assert line_and_dot[-1, 2] == 1


def test_endless_drawings_are_cut_off() -> None:
    zigzag = np.array([(280 * (place % 2), place / 100) for place in range(500)], np.float32)
    assert to_steps([zigzag], SIDE).shape == (LONGEST, 3)


@pytest.mark.parametrize("length", [0.3, 1.0, 7.0])
def test_resampling_keeps_the_ends(length: float) -> None:
    line = np.array([(0.0, 0.0), (3.0, 4.0), (3.0, 4.0), (3.0, 6.0)])
    placed = resample(line, length)
    np.testing.assert_allclose(placed[[0, -1]], line[[0, -1]])
    gaps = np.hypot(*np.diff(placed, axis=0).T)
    assert gaps.max() <= 1.25 * length + 1e-9 or len(placed) == 2
