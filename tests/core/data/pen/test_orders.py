from collections.abc import Callable

import numpy as np
import pytest

from core.data.pen.drawing import draw_strokes
from core.data.pen.orders import (
    broken,
    from_the_stem,
    in_another_order,
    in_three_parts,
    joined,
    reordered,
    reversed_stroke,
)
from core.data.pen.unipen import Character, Stroke
from tests.support.handwriting import ROUND, SLANTED

Change = Callable[[tuple[Stroke, ...], np.random.Generator], tuple[Stroke, ...]]


def strokes_of(strokes: list[list[tuple[float, float]]]) -> tuple[Stroke, ...]:
    return tuple(np.array(stroke, np.float32) for stroke in strokes)


def apart(first: tuple[Stroke, ...], second: tuple[Stroke, ...]) -> float:
    """Share of the pixels that are ink in one picture only."""
    return float(((draw_strokes(first, 0.1) > 127) != (draw_strokes(second, 0.1) > 127)).mean())


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("change", [reordered, reversed_stroke, broken])
def test_the_picture_stays(digit: int, change: Change) -> None:
    draw = np.random.default_rng(0)
    for hand in (ROUND, SLANTED):
        strokes = strokes_of(hand[digit])
        for _ in range(5):
            assert apart(strokes, change(strokes, draw)) < 0.02


def test_strokes_come_in_every_order_and_each_as_before() -> None:
    draw = np.random.default_rng(0)
    strokes = strokes_of([[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]])
    orders = {tuple(id(stroke) for stroke in reordered(strokes, draw)) for _ in range(100)}
    assert len(orders) == 6


def test_a_pen_is_left_down_between_strokes_that_are_near() -> None:
    draw = np.random.default_rng(0)
    near = strokes_of([[(0, 0), (0, 1)], [(0.2, 0.9), (1, 1)]])
    (stroke,) = joined(near, draw)
    assert np.array_equal(stroke, np.concatenate(near))
    far = strokes_of([[(0, 0), (0, 0.1)], [(0.9, 0.9), (1, 1)]])
    assert len(joined(far, draw)) == 2
    assert len(joined(far[:1], draw)) == 1


def test_a_pen_is_lifted_at_the_sharpest_turn() -> None:
    corner = strokes_of([[(0, 0), (0.5, 0.02), (1, 0), (1, 0.5), (0.98, 1)]])
    first, second = broken(corner, np.random.default_rng(0))
    assert first[-1].tolist() == second[0].tolist()
    assert np.hypot(*(first[-1] - [1, 0])) < 0.1


def test_one_stroke_is_drawn_backwards() -> None:
    strokes = strokes_of([[(0, 0), (0, 1)], [(1, 0), (1, 1)]])
    changed = reversed_stroke(strokes, np.random.default_rng(0))
    turned = [np.array_equal(new, old[::-1]) for new, old in zip(changed, strokes, strict=True)]
    assert sorted(turned) == [False, True]


def test_a_nine_may_begin_with_its_stem() -> None:
    nine = strokes_of(ROUND[9])
    draw = np.random.default_rng(0)
    for changed in (from_the_stem(nine, draw) for _ in range(20)):
        assert apart(nine, changed) < 0.02
        way = changed[0]
        down = way[: int(way[:, 1].argmax()) + 1]
        assert len(down) > 3
        assert (np.diff(down[:, 1]) > -0.05).all()  # its first way is the stem's


def test_a_one_in_three_parts_has_a_stem_and_a_flag() -> None:
    one = strokes_of([[(0.5, 0.1 * step) for step in range(10)]])
    draw = np.random.default_rng(0)
    for _ in range(50):
        parts = in_three_parts(one, draw)
        assert 2 <= len(parts) <= 3
        flag = parts[0] if len(parts[0]) == 2 else parts[-1]
        (right, top), (left, low) = sorted(flag.tolist(), key=lambda point: point[1])
        assert left < right
        assert low > top


@pytest.mark.parametrize("change", [reordered, joined, broken, reversed_stroke, from_the_stem, in_three_parts])
@pytest.mark.parametrize("label", "0189")
def test_dots_and_lines_of_two_points_survive(change: Change, label: str) -> None:
    draw = np.random.default_rng(0)
    for strokes in ([[(0, 0)]], [[(0, 0), (0, 1)]], [[(0, 0)], [(0.1, 0)]]):
        assert all(np.isfinite(stroke).all() and len(stroke) for stroke in change(strokes_of(strokes), draw))
        character = Character(strokes_of(strokes), label, 3)
        for _ in range(20):
            changed = in_another_order(character, draw)
            assert (changed.label, changed.writer) == (label, 3)
            assert all(np.isfinite(stroke).all() and len(stroke) for stroke in changed.strokes)


@pytest.mark.parametrize("digit", range(10))
def test_other_orders_come_now_and_then(digit: int) -> None:
    draw = np.random.default_rng(0)
    character = Character(strokes_of(ROUND[digit]), str(digit), 0)
    changed = [in_another_order(character, draw).strokes is not character.strokes for _ in range(300)]
    assert 0.2 < np.mean(changed) < 0.75
