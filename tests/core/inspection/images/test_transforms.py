import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.inspection.images.forward import predict
from core.inspection.images.transforms import (
    ANGLES,
    MAX_SHIFT,
    probability_by_angle,
    probability_by_shift,
    rotate,
    transform,
)
from core.inspection.networks import networks

PICTURE = np.random.default_rng(0).random((28, 28), dtype=np.float32)


@given(st.integers(-MAX_SHIFT, MAX_SHIFT), st.integers(-MAX_SHIFT, MAX_SHIFT))
def test_a_shift_is_a_roll_with_the_border_cleared(right: int, down: int) -> None:
    expected = np.zeros_like(PICTURE)
    for row in range(28):
        for column in range(28):
            if 0 <= row - down < 28 and 0 <= column - right < 28:
                expected[row, column] = PICTURE[row - down, column - right]
    assert np.array_equal(transform(PICTURE, right, down), expected)


def test_clockwise_is_clockwise() -> None:
    turned = rotate(torch.from_numpy(PICTURE)[None], (0.0, 90.0, -90.0))[0].numpy()
    for found, expected in zip(turned, (PICTURE, np.rot90(PICTURE, -1), np.rot90(PICTURE)), strict=True):
        assert np.allclose(found, expected, atol=1e-4)


def test_maps_and_curves_hold_what_the_network_says_of_the_moved_picture() -> None:
    network = networks()[0].network
    values, curve = probability_by_shift(network, PICTURE, 3), probability_by_angle(network, PICTURE, 3)
    assert values.shape == (17, 17) and curve.shape == (len(ANGLES),)
    with torch.no_grad():
        moved = torch.from_numpy(transform(PICTURE, 5, -2))[None, None]
        turned = torch.from_numpy(transform(PICTURE, degrees=ANGLES[3]))[None, None]
        assert values[MAX_SHIFT - 2, MAX_SHIFT + 5] == pytest.approx(float(network(moved).softmax(1)[0, 3]), abs=1e-5)
        assert curve[3] == pytest.approx(float(network(turned).softmax(1)[0, 3]), abs=1e-5)
    assert predict(network, PICTURE)[1] >= 0.1


def test_too_far_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 8"):
        transform(PICTURE, 9, 0)
    with pytest.raises(ValueError, match="28 x 28"):
        transform(np.zeros((5, 5)))
