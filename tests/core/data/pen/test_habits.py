import numpy as np
import pytest

from core.data.pen.drawing import draw_strokes
from core.data.pen.habits import HABITS, barred, flagged, footed, habits_of, hooked, slashed, with_habits
from core.data.pen.unipen import Character, Stroke
from tests.support.handwriting import EUROPEAN, ROUND, SLANTED
from tests.support.handwriting import HABITS as DRAWN


def character(digit: int, strokes: list[list[tuple[float, float]]]) -> Character:
    return Character(tuple(np.array(stroke, np.float32) for stroke in strokes), str(digit), 0)


@pytest.mark.parametrize("title", DRAWN)
def test_every_habit_is_recognised_where_it_is(title: str) -> None:
    assert title in habits_of(character(*DRAWN[title]))


def test_every_habit_that_is_measured_is_also_drawn() -> None:
    assert [habit.title for habit in HABITS] == list(DRAWN)


@pytest.mark.parametrize(
    ("digit", "hand"), [(0, ROUND), (0, EUROPEAN), (1, ROUND), (1, SLANTED), (5, ROUND), (7, ROUND)]
)
def test_plain_digits_show_none(digit: int, hand: dict[int, list[list[tuple[float, float]]]]) -> None:
    assert habits_of(character(digit, hand[digit])) == ()


def test_a_straight_line_is_no_slashed_zero() -> None:
    assert habits_of(character(0, [[(0, 0), (1, 1)]])) == ()


def test_what_is_added_is_there_afterwards() -> None:
    draw = np.random.default_rng(0)
    for title, digit, add in (("slashed 0", 0, slashed), ("barred 7", 7, barred), ("1 with a flag", 1, flagged)):
        plain = character(digit, ROUND[digit])
        found = sum(
            title in habits_of(Character(add(plain.strokes, draw), plain.label, plain.writer)) for _ in range(100)
        )
        assert found > 60, title  # short and flat flags are none by the rule


@pytest.mark.parametrize("add", [slashed, barred, flagged, footed, hooked])
def test_dots_and_lines_of_two_points_survive(add: object) -> None:
    draw = np.random.default_rng(0)
    dot, line = [np.zeros((1, 2), np.float32)], [np.array([(0, 0), (0, 1)], np.float32)]
    for strokes in (dot, line):
        added: tuple[Stroke, ...] = add(strokes, draw)  # type: ignore[operator]
        assert all(np.isfinite(stroke).all() for stroke in added)
        draw_strokes(added, 0.1)


def test_habits_keep_label_and_writer_and_come_now_and_then() -> None:
    draw = np.random.default_rng(0)
    zero = character(0, ROUND[0])
    changed = [with_habits(zero, draw) for _ in range(200)]
    assert {(one.label, one.writer) for one in changed} == {("0", 0)}
    slashes = sum(len(one.strokes) == 2 for one in changed)
    assert 40 < slashes < 110
