import numpy as np
import pytest

from core.data.images.digits import prepare
from core.data.pen.drawing import Pen, draw_strokes, many_pictures, move, picture, pictures, plain_pen, random_pen
from core.data.pen.unipen import Character
from tests.support.handwriting import ROUND, draw, place

DRAW = np.random.default_rng(0)


def strokes(digit: int) -> list[np.ndarray]:
    return [np.array(stroke, np.float32) for stroke in ROUND[digit]]


def character(digit: int, writer: int = 0) -> Character:
    return Character(tuple(strokes(digit)), str(digit), writer)


@pytest.mark.parametrize("digit", range(10))
def test_strokes_become_the_picture_that_the_canvas_gives(digit: int) -> None:
    """The quick way against strokes drawn four times as large with round ends, as the browser tests draw them."""
    canvas = draw(place(ROUND[digit], 70, 40, 140, 200), brush=18)
    height = float(np.ptp(np.concatenate(strokes(digit))[:, 1])) * 200
    quick = draw_strokes([stroke * [140, 200] for stroke in strokes(digit)], 18 / height, side=280)
    expected, drawn = prepare(canvas, "light").pixels, prepare(quick, "light").pixels
    # Where the centre of mass lies between two pixels, a trace of ink decides for one of them.
    shifted = [np.roll(drawn, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert min(np.abs(expected - one).mean() for one in shifted) < 0.03
    assert max(np.corrcoef(expected.ravel(), one.ravel())[0, 1] for one in shifted) > 0.95


def test_a_wider_pen_leaves_more_ink() -> None:
    ink = [draw_strokes(strokes(3), width).mean() for width in (0.03, 0.08, 0.16)]
    assert ink[0] < ink[1] < ink[2]


def test_a_dot_is_drawn() -> None:
    assert draw_strokes([np.zeros((1, 2), np.float32)], 0.2).max() == 255


def test_a_pen_that_changes_nothing_only_centres() -> None:
    moved = move(strokes(2), Pen(), DRAW)
    offsets = np.concatenate(strokes(2)) - np.concatenate(moved)
    np.testing.assert_allclose(offsets, np.broadcast_to(offsets[0], offsets.shape), atol=1e-6)


def test_slant_leans_to_the_right_and_stretch_widens() -> None:
    (line,) = move(strokes(1), Pen(slant=0.3), DRAW)
    assert line[0, 0] > line[-1, 0]  # the top is further right
    ring, wide = move(strokes(0), Pen(), DRAW)[0], move(strokes(0), Pen(stretch=1.5), DRAW)[0]
    assert np.ptp(wide[:, 0]) == pytest.approx(1.5 * np.ptp(ring[:, 0]), rel=1e-4)


def test_haste_rounds_corners_and_keeps_the_ends() -> None:
    corner = [np.array([(0, 0), (1, 0), (1, 1)], np.float32)]
    (hasty,) = move(corner, Pen(haste=0.3), DRAW)
    np.testing.assert_allclose(hasty[[0, -1]], [(-0.5, -0.5), (0.5, 0.5)], atol=1e-6)
    assert np.abs(hasty - [0.5, -0.5]).max(1).min() > 0.05  # the corner itself is cut


def test_the_same_seed_draws_the_same() -> None:
    shown = [character(digit) for digit in range(10)]
    first, again, other = (pictures(shown, 2, seed) for seed in (0, 0, 1))
    assert first.shape == (20, 28, 28) and first.dtype == np.uint8
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert first.reshape(20, -1).max(1).min() > 200
    assert pictures([], 3, 0).shape == (0, 28, 28)
    assert picture(shown[8], random_pen(DRAW), DRAW).max() > 200
    assert plain_pen(DRAW).turn == 0


def test_many_pictures_prefer_strangers() -> None:
    """A writer of 99 times as many characters is drawn ten times as often, not 99 times."""
    shown = [character(1, writer=0)] * 99 + [character(8, writer=1)]
    drawn, chosen = many_pictures(shown, 600, seed=0)
    assert drawn.shape == (600, 28, 28)
    assert 0.05 < (chosen == 99).mean() < 0.14
