from dataclasses import replace

import numpy as np
import pytest
import torch

from core.data.images.digits import prepare
from core.data.pen.path import PenPath, place, read_path
from core.inspection.pen.experiments import (
    EXPERIMENTS,
    mirror_in_time,
    picture_of,
    reorder_strokes,
    reverse_strokes,
    slow_down,
    try_movement,
    try_shift,
)
from core.models.pen import PenReader
from tests.support.handwriting import HANDS, draw

SIDE = 280
DRAWINGS = [(hand, digit) for hand in HANDS for digit in range(10)]


def path(hand: str, digit: int) -> PenPath:
    return place([np.array(stroke, np.float32) for stroke in HANDS[hand][digit]], SIDE)


@pytest.fixture(scope="module")
def network() -> PenReader:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return PenReader("gru", 32).eval()


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize(("hand", "digit"), DRAWINGS)
def test_the_picture_stays_bit_for_bit(hand: str, digit: int, name: str) -> None:
    drawn = path(hand, digit)
    assert np.array_equal(picture_of(drawn), picture_of(EXPERIMENTS[name](drawn)))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_comes_out_is_a_path_that_a_browser_could_send(name: str) -> None:
    changed = EXPERIMENTS[name](path("european", 5))
    sent = [
        np.column_stack([stroke, moments]).tolist()
        for stroke, moments in zip(changed.strokes, changed.times, strict=True)
    ]
    assert len(read_path(sent, SIDE)) == len(changed)


def test_movements_are_changed_as_they_are_called() -> None:
    first, second = path("european", 5).strokes
    reverse, reorder, mirror = (
        change(path("european", 5)).strokes for change in (reverse_strokes, reorder_strokes, mirror_in_time)
    )
    assert np.array_equal(reverse[0], first[::-1]) and np.array_equal(reverse[1], second[::-1])
    assert np.array_equal(reorder[0], second) and np.array_equal(reorder[1], first)
    assert np.array_equal(mirror[0], second[::-1]) and np.array_equal(mirror[1], first[::-1])
    drawn = path("european", 5)
    assert slow_down(drawn).times[1][-1] == 2 * drawn.times[1][-1]
    for one, other in zip(mirror_in_time(mirror_in_time(drawn)).times, drawn.times, strict=True):
        np.testing.assert_allclose(one, other)


def test_another_direction_moves_the_recurrent_network_alone(network: PenReader) -> None:
    outcome = try_movement(network, path("round", 3), mirror_in_time)
    assert outcome.cnn_unmoved and not outcome.recurrent_unmoved
    assert outcome.cnn[0].answer == outcome.cnn[1].answer == "3"
    assert 0 < outcome.recurrent[0].probability < 1


def test_speed_is_not_in_what_is_read(network: PenReader) -> None:
    outcome = try_movement(network, path("round", 3), slow_down)
    assert outcome.cnn_unmoved and outcome.recurrent_unmoved


@pytest.mark.parametrize(("right", "down"), [(3, 0), (-2, 4), (0, -5)])
def test_a_shifted_picture_moves_the_cnn_alone(network: PenReader, right: int, down: int) -> None:
    outcome = try_shift(network, path("slanted", 2), right, down)
    assert outcome.recurrent_unmoved and not outcome.cnn_unmoved
    with pytest.raises(ValueError, match="at most"):
        try_shift(network, path("slanted", 2), 9, 0)


def test_dots_belong_to_the_picture() -> None:
    drawn = path("round", 1)
    dotted = replace(
        drawn, strokes=(*drawn.strokes, np.float32([[160, 140]])), times=(*drawn.times, np.array([9999.0]))
    )
    assert not np.array_equal(picture_of(drawn), picture_of(dotted))


@pytest.mark.parametrize("size", [0.1, 0.3, 0.7])
@pytest.mark.parametrize("digit", range(10))
def test_the_picture_is_that_of_the_canvas_however_small_the_drawing(digit: int, size: float) -> None:
    drawn = place([np.array(stroke, np.float32) for stroke in HANDS["round"][digit]], SIDE, size)
    canvas = draw([[(float(x), float(y)) for x, y in stroke] for stroke in drawn.strokes], brush=20)
    expected, found = prepare(canvas, "light").pixels, picture_of(drawn)
    # Where the centre of mass lies between two pixels, a trace of ink decides for one of them.
    shifted = [np.roll(found, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert min(np.abs(expected - one).mean() for one in shifted) < 0.03


def test_two_taps_side_by_side_are_a_picture_that_can_be_shifted(network: PenReader) -> None:
    taps = read_path([[[50, 50, 0]], [[54, 50, 90]]], SIDE)
    assert 0.05 < picture_of(taps).mean() < 0.6
    outcome = try_shift(network, taps, 3, 2)
    assert outcome.recurrent_unmoved and not outcome.cnn_unmoved
