"""Ways of the pen in space: distances are kept as far as three axes can, and equal states are one place."""

import numpy as np
import pytest

from core.inspection.pen.reading import PenReading
from core.inspection.pen.state_space import ways_in_space


def reading(states: np.ndarray) -> PenReading:
    steps = len(states)
    return PenReading(
        np.zeros((steps, 3), np.float32), np.zeros((steps, 2), np.float32), states, np.ones((steps, 10)) / 10
    )


def test_three_dimensions_of_states_are_kept_whole() -> None:
    chance = np.random.default_rng(0)
    states = (chance.normal(size=(9, 3)) @ chance.normal(size=(3, 24))).astype(np.float32)
    (first, second), kept = ways_in_space([reading(states), reading(states[:4])])
    np.testing.assert_allclose(first[:4], second, atol=1e-4)
    for one, other in ((0, 8), (2, 5)):
        assert np.linalg.norm(first[one] - first[other]) == pytest.approx(
            np.linalg.norm(states[one] - states[other]), rel=1e-3
        )
    assert kept.sum() == pytest.approx(1, abs=1e-4)


def test_a_single_step_and_steps_without_movement_are_drawn() -> None:
    (way,), kept = ways_in_space([reading(np.ones((1, 24), np.float32))])
    assert way.tolist() == [[0, 0, 0]] and kept.tolist() == [0, 0, 0]
