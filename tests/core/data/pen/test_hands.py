import pytest

from core.data.pen.hands import choose_hands, hands, hands_of, pack
from core.data.pen.path import place, read_path
from core.data.pen.unipen import of_part, read_characters
from core.data.sources import NotHere


def test_the_app_carries_hands_of_twenty_people() -> None:
    assert {character.writer for character in hands()} == set(range(1, 21))
    for digit in "0123456789":
        shown = hands_of(digit)
        writers = [character.writer for character in shown]
        assert 10 <= len(shown) <= 20
        assert writers == sorted(set(writers))
        assert {character.label for character in shown} == {digit}


def test_they_are_those_of_the_writers_kept_apart() -> None:
    try:
        written = of_part("digits", "test")
    except NotHere:
        pytest.skip("the collection is not on this machine")
    assert pack(choose_hands(written)) == pack(hands())


def test_packed_hands_are_read_again() -> None:
    again = read_characters("digits", pack(hands()))
    assert [(one.label, one.writer) for one in again] == [(one.label, one.writer) for one in hands()]
    for one, other in zip(again, hands(), strict=True):
        assert all((mine == its).all() for mine, its in zip(one.strokes, other.strokes, strict=True))


def test_every_hand_is_a_path_that_a_canvas_could_send() -> None:
    for character in hands():
        path = place(character.strokes, 280)
        sent = [
            [[*point, time] for point, time in zip(stroke.tolist(), times.tolist(), strict=True)]
            for stroke, times in zip(path.strokes, path.times, strict=True)
        ]
        assert len(read_path(sent, 280)) == len(path)
