"""Predict, then see: who votes, what is counted, and when the answer is known."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.classroom.badge import Badge
from core.classroom.rooms import Rooms
from core.classroom.votes import TEXT, Poll, Votes, _one_of, forget_poll, poll
from core.runs.store.rights import NotAllowed, Person


class Class:
    """A room with a teacher and three students who can be asked."""

    def __init__(self, folder: Path) -> None:
        self.rooms, self.votes = Rooms(folder), Votes(folder)
        self.teacher = self.rooms.open_room()
        code = self.rooms.open_rooms()[0].code
        self.students = [self.rooms.join(code) for _ in range(3)]

    def ask(self, *choices: str, answer: str | None = None) -> str:
        return self.votes.ask(self.teacher.person(), "What?", choices, None, answer)

    def now(self) -> Poll:
        found = self.votes.poll(self.teacher.room)
        assert found
        return found


@pytest.fixture
def group(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    forget_poll()
    return Class(tmp_path / "runs")


def test_votes_are_counted_once_a_member_and_may_be_changed(group: Class) -> None:
    question = group.ask("7", "1", "no digit", answer="7")
    first, second, third = (one.person() for one in group.students)
    for by, choice in ((first, "1"), (second, "7"), (first, "7"), (third, "no digit")):
        group.votes.vote(by, question, choice)
    now = group.now()
    assert (now.counts, now.right) == ((("7", 2), ("1", 0), ("no digit", 1)), 2)
    assert not now.question.revealed
    group.votes.reveal(group.teacher.person(), question)
    assert group.now().question.revealed
    with pytest.raises(NotAllowed, match="too late"):
        group.votes.vote(first, question, "1")
    assert group.now().right == 2


def test_a_number_may_be_asked_for(group: Class) -> None:
    question = group.ask()
    for one, given_number in zip(group.students, ("1234567", "9.125", "1234567.0"), strict=True):
        group.votes.vote(one.person(), question, given_number)
    assert group.now().counts == (("9.125", 1), ("1234567", 2))
    group.votes.vote(group.students[0].person(), question, "-0")
    assert group.now().counts == (("0", 1), ("9.125", 1), ("1234567", 1))
    for nonsense in ("", "many", "nan", "inf", "1e300"):
        with pytest.raises(NotAllowed, match="number"):
            group.votes.vote(group.students[0].person(), question, nonsense)


def test_only_members_vote_and_only_for_what_is_offered(group: Class) -> None:
    question = group.ask("yes", "no")
    elsewhere = Badge("other", group.students[0].member, "X", 0.0)
    for by in (group.teacher.person(), Person("anybody"), elsewhere.person()):
        with pytest.raises(NotAllowed, match="Only members"):
            group.votes.vote(by, question, "yes")
    for choice in ("maybe", "", "YES"):
        with pytest.raises(NotAllowed, match="cannot vote for this"):
            group.votes.vote(group.students[0].person(), question, choice)
    with pytest.raises(NotAllowed, match="Only members"):
        group.votes.vote(group.students[0].person(), "nothing", "yes")
    assert group.now().votes == {}


def test_only_the_teacher_asks_reveals_and_withdraws(group: Class) -> None:
    question = group.ask("yes", "no")
    other = group.rooms.open_room().person()
    for by in (group.students[0].person(), Person("anybody")):
        with pytest.raises(NotAllowed, match="Only the teacher"):
            group.votes.ask(by, "Mine?", ("a", "b"))
        with pytest.raises(NotAllowed, match="Only the teacher"):
            group.votes.reveal(by, question)
        with pytest.raises(NotAllowed, match="Only the teacher"):
            group.votes.withdraw(by, question)
    group.votes.reveal(other, question)  # of another room: nothing there has this number
    group.votes.withdraw(other, question)
    assert not group.now().question.revealed
    group.votes.withdraw(group.teacher.person(), question)
    assert group.votes.poll(group.teacher.room) is None


def test_a_question_that_is_taken_away_brings_no_older_one_back(group: Class) -> None:
    older, question = group.ask("yes", "no"), group.ask("7", "1")
    for asked, choice in ((older, "yes"), (question, "7")):
        group.votes.vote(group.students[0].person(), asked, choice)
    group.votes.withdraw(group.teacher.person(), older)  # from a tab that shows it still
    assert group.now().question.id == question
    assert group.now().votes
    group.ask("a", "b")
    group.votes.withdraw(group.teacher.person(), group.now().question.id)
    assert group.votes.poll(group.teacher.room) is None
    with group.votes._read() as database:
        assert database.execute("SELECT COUNT(*) FROM votes").fetchone()[0] == 0


def test_nothing_is_asked_in_a_closed_room(group: Class) -> None:
    group.ask("yes", "no")
    group.rooms.close(group.teacher.person())
    group.ask("yes", "no")
    assert group.votes.poll(group.teacher.room) is None


def test_questions_have_words_and_choices(group: Class) -> None:
    teacher = group.teacher.person()
    for text, choices, problem in (
        ("\n", ("a", "b"), "some words"),
        ("What?", ("a", " a "), "2 to 12"),
        ("What?", ("",), "2 to 12"),
        ("What?", tuple(map(str, range(13))), "2 to 12"),
    ):
        with pytest.raises(NotAllowed, match=problem):
            group.votes.ask(teacher, text, choices)
    group.votes.ask(teacher, "<b>x</b>\u202e" + "y" * 500, ("a\nb", "c"))
    question = group.now().question
    assert (question.choices, len(question.text)) == (("a b", "c"), TEXT)


def test_the_last_question_is_the_one_that_counts_and_one_look_serves_everybody(group: Class) -> None:
    group.ask("a", "b")
    second = group.ask("c", "d")
    assert group.now().question.id == second
    assert poll(group.teacher.room) is poll(group.teacher.room)


def test_one_person_does_not_vote_too_often(group: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_VOTES_PER_MINUTE", "2")
    question, me = group.ask("yes", "no"), group.students[0].person()
    group.votes.vote(me, question, "yes")
    group.votes.vote(me, question, "no")
    with pytest.raises(NotAllowed, match="a lot of votes"):
        group.votes.vote(me, question, "yes")
    assert list(group.now().votes.values()) == ["no"]


@given(st.text(max_size=40))
def test_a_vote_for_a_number_is_a_finite_number_or_refused(text: str) -> None:
    with contextlib.suppress(NotAllowed):
        assert abs(float(_one_of(text, ()))) <= 1e12
