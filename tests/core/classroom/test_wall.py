"""What hangs on the wall of a room, and who may do what with it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.classroom.badge import Badge
from core.classroom.rooms import SENTENCE, Rooms
from core.classroom.wall import LARGEST, LONGEST, Opinion, Wall, as_png, board, forget_board, sort_works
from core.runs.store.rights import NotAllowed, Person, session_in

SURE, UNSURE = Opinion(3, 1.0, (3, 3, 3)), Opinion(None, 0.25, (3, 5, 5))
INK = np.zeros((28, 28))
INK[5:20, 10:14] = 1.0


class Class:
    """A room with a teacher and two students."""

    def __init__(self, folder: Path) -> None:
        self.rooms, self.wall = Rooms(folder), Wall(folder)
        self.teacher = self.rooms.open_room()
        code = self.rooms.open_rooms()[0].code
        self.first, self.second = (self.rooms.join(code, name) for name in ("Ann", "Bo"))

    def names(self) -> list[str]:
        return [work.nickname for work in self.wall.works(self.teacher.room)]


@pytest.fixture
def group(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    forget_board()
    return Class(tmp_path / "runs")


def test_the_last_drawing_of_everybody_hangs_there(group: Class) -> None:
    assert group.wall.share(group.second.person(), INK, UNSURE)
    assert group.wall.share(group.first.person(), 1 - INK, SURE)
    assert group.wall.share(group.first.person(), INK, SURE)
    first, second = group.wall.works(group.teacher.room)
    assert (first.nickname, first.said, second.said) == ("Ann", SURE, UNSURE)
    assert np.array_equal(first.pixels, INK * 255)
    group.wall.take_down(group.first.person())
    assert group.names() == ["Bo"]
    assert group.wall.works(group.rooms.open_room().room) == ()


def test_surprise_and_disagreement_sort_the_wall(group: Class) -> None:
    assert (SURE.surprise, UNSURE.surprise) == (0.0, 2.0)
    assert (SURE.disagreeing, UNSURE.disagreeing) == (0, 1)
    group.wall.share(group.first.person(), INK, SURE)
    group.wall.share(group.second.person(), INK, UNSURE)
    works = group.wall.works(group.teacher.room)
    orders = {
        order: [work.nickname for work in sort_works(works, order)]
        for order in ("as they came", "newest first", "most surprising", "networks disagree", "nonsense")
    }
    assert orders["as they came"] == orders["nonsense"] == ["Ann", "Bo"]
    assert orders["newest first"] == orders["most surprising"] == orders["networks disagree"] == ["Bo", "Ann"]


def test_nobody_hangs_anything_up_from_outside(group: Class) -> None:
    stranger = Badge("nowhere", "x", "X", 0.0)
    for by in (Person("anybody"), stranger.person(), group.teacher.person(), Person(session_in("", "a"))):
        assert not group.wall.share(by, INK, SURE)
    assert not group.names()
    group.rooms.close(group.teacher.person())
    assert not group.wall.share(group.first.person(), INK, SURE)
    assert board(group.teacher.room) is None


def test_only_the_teacher_hides_clears_pins_and_freezes(group: Class) -> None:
    group.wall.share(group.first.person(), INK, SURE)
    for by in (group.first.person(), group.second.person(), Person("anybody")):
        for act in (
            lambda by=by: group.wall.hide(by, group.first.member),
            lambda by=by: group.wall.clear(by),
            lambda by=by: group.rooms.set(by, frozen=True),
            lambda by=by: group.rooms.set(by, pinned=group.first.member),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert group.names() == ["Ann"]


def test_whoever_is_hidden_stays_hidden_whatever_they_draw(group: Class) -> None:
    teacher, student = group.teacher.person(), group.first.person()
    group.wall.share(student, INK, SURE)
    group.wall.hide(teacher, group.first.member)
    group.wall.take_down(student)
    assert group.names() == []
    group.wall.share(student, INK, UNSURE)
    (work,) = group.wall.works(group.teacher.room)
    assert (work.hidden, work.said) == (True, UNSURE)
    group.wall.clear(teacher)
    group.wall.share(student, INK, SURE)
    group.wall.hide(teacher, group.first.member, hidden=False)
    assert [one.hidden for one in group.wall.works(group.teacher.room)] == [False]


def test_a_frozen_wall_stays_as_it_is(group: Class) -> None:
    teacher, student = group.teacher.person(), group.first.person()
    group.wall.share(student, INK, SURE)
    group.rooms.set(teacher, frozen=True)
    assert not group.wall.share(student, 1 - INK, UNSURE)
    group.wall.take_down(student)
    assert [work.said for work in group.wall.works(group.teacher.room)] == [SURE]
    group.rooms.set(teacher, frozen=False, pinned=group.first.member)
    assert group.wall.share(student, INK, UNSURE)
    forget_board()
    now = board(group.teacher.room)
    assert now
    assert now.pinned
    assert now.pinned.said == UNSURE
    hidden = replace(now, works=tuple(replace(work, hidden=True) for work in now.works))
    assert hidden.pinned is None


def test_one_look_serves_everybody_for_a_beat(group: Class) -> None:
    assert board(group.teacher.room) is board(group.teacher.room)
    group.wall.share(group.first.person(), INK, SURE)
    forget_board()
    now = board(group.teacher.room)
    assert now
    assert len(now.works) == 1


def test_drawings_are_small_and_not_too_many(group: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).random((28, 28))
    assert len(as_png(INK)) < 500
    assert len(as_png(noise)) < LARGEST
    with pytest.raises(NotAllowed, match="too large"):
        as_png(np.random.default_rng(0).random((280, 280)))
    monkeypatch.setenv("PLAYGROUND_DRAWINGS_PER_MINUTE", "3")
    assert [group.wall.share(group.first.person(), INK, SURE) for _ in range(4)] == [True, True, True, False]
    assert group.wall.share(group.second.person(), INK, SURE)


def test_sentences_hang_there_too_and_hiding_is_of_a_person(group: Class) -> None:
    teacher, first, second = group.teacher.person(), group.first.person(), group.second.person()
    assert group.wall.share_sentence(first, "Not bad\u202e\n at all", Opinion(1, 0.75, (1, 0, 1)))
    assert group.wall.share_sentence(second, "x" * 999, Opinion(0, 0.5, (0, 0, 0)))
    ann, bo = group.wall.sentences(group.teacher.room)
    assert (ann.nickname, ann.text, ann.said.disagreeing) == ("Ann", "Not bad at all", 1)
    assert len(bo.text) == LONGEST
    assert [work.nickname for work in sort_works([ann, bo], "most surprising")] == ["Bo", "Ann"]
    group.wall.hide(teacher, group.first.member)
    group.wall.share(first, INK, SURE)  # the first drawing of somebody whose sentence was hidden
    assert group.wall.works(group.teacher.room)[0].hidden
    assert group.wall.sentences(group.teacher.room)[0].hidden
    group.wall.hide(teacher, group.first.member, False)
    group.rooms.set(teacher, pinned=SENTENCE + group.first.member)
    forget_board()
    now = board(group.teacher.room)
    assert now
    assert now.pinned is None
    assert now.pinned_sentence
    assert now.pinned_sentence.text == "Not bad at all"
    assert group.wall.share_sentence(first, " \n", SURE)  # an empty field takes it down
    assert [one.nickname for one in group.wall.sentences(group.teacher.room)] == ["Bo"]
    group.rooms.set(teacher, frozen=True)
    assert not group.wall.share_sentence(first, "again", SURE)
    group.wall.share_sentence(second, "", SURE)
    assert len(group.wall.sentences(group.teacher.room)) == 1
    group.wall.clear(teacher)
    assert group.wall.sentences(group.teacher.room) == ()
    for by in (Person("anybody"), group.teacher.person(), Badge("nowhere", "x", "X", 0.0).person()):
        assert not group.wall.share_sentence(by, "no", SURE)
