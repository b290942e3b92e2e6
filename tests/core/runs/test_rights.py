"""Who may change what: checked where it is done, whatever a page or a browser says."""

from collections.abc import Callable

import pytest

from core.runs.store.record import Run
from core.runs.store.rights import (
    COMMAND_LINE,
    SERVER,
    TEACHER,
    NotAllowed,
    Person,
    may_change,
    room_of,
    session_in,
)
from core.runs.store.store import Store
from core.runs.workers.local import LocalRunner
from core.training.config import TrainConfig
from tests.support.runs import any_sweep

OWNER, OTHER = Person("a" * 16), Person("b" * 16)
STUDENT, CLASSMATE, TEACHING = (Person(session_in("room1", member)) for member in ("s1", "s2", TEACHER))
ELSEWHERE = Person(session_in("room2", TEACHER))
CHANGES: dict[str, Callable[[LocalRunner, str, Person], object]] = {
    "rename": lambda runner, run, by: runner.store.rename(run, "spoilt", by),
    "tags": lambda runner, run, by: runner.store.set_tags(run, ["spoilt"], by),
    "delete": lambda runner, run, by: runner.store.delete(run, by),
    "undelete": lambda runner, run, by: runner.store.undelete(run, by),
    "requeue": lambda runner, run, by: runner.store.requeue(run, by),
    **{
        command: lambda runner, run, by, command=command: runner.command(run, command, by, 0.5)  # type: ignore[misc]
        for command in ("pause", "resume", "step", "stop", "learning rate")
    },
}


@pytest.mark.parametrize(
    ("by", "session", "allowed"),
    [
        (OWNER, OWNER.session, True),
        (OTHER, OWNER.session, False),
        (STUDENT, STUDENT.session, True),
        (CLASSMATE, STUDENT.session, False),
        (TEACHING, STUDENT.session, True),
        (STUDENT, TEACHING.session, False),
        (ELSEWHERE, STUDENT.session, False),
        (TEACHING, OWNER.session, False),
        (TEACHING, f"{COMMAND_LINE} 1", False),
        (Person(f"{COMMAND_LINE} 1"), f"{COMMAND_LINE} 1", False),
        (SERVER, f"{COMMAND_LINE} 1", True),
        (Person(""), "", True),
    ],
)
def test_who_may_change_what(by: Person, session: str, allowed: bool) -> None:
    assert may_change(by, session) == allowed


def test_a_room_stands_in_the_session_of_its_members() -> None:
    assert [room_of(one.session) for one in (STUDENT, TEACHING, OWNER)] == ["room1", "room1", None]
    assert [one.teaches for one in (STUDENT, TEACHING, OWNER)] == [False, True, False]
    assert [room_of(one) for one in ("room", "room ", "room 1", "rooms 1 2")] == [None] * 4


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("session", [OWNER.session, f"{COMMAND_LINE} 0123", STUDENT.session])
def test_nothing_of_others_can_be_changed(runner: LocalRunner, change: str, session: str) -> None:
    store = runner.store
    run = store.create(TrainConfig(title="mine"), session, "interrupted" if change == "requeue" else "running")
    if change == "undelete":
        store.delete(run, SERVER)
    before = _all_of(store, run)
    for by in (OTHER, CLASSMATE, ELSEWHERE, Person(f"{COMMAND_LINE} 0123"), Person("")):
        with pytest.raises(NotAllowed, match=r"only be looked at|Only the person who started"):
            CHANGES[change](runner, run, by)
    assert _all_of(store, run) == before


def _all_of(store: Store, run: str) -> tuple[Run | None, object]:
    return store.get(run, deleted=True), store.commands(run)


def test_a_sweep_is_stopped_by_its_owner_only(runner: LocalRunner) -> None:
    sweep = runner.store.create_sweep(any_sweep(), OWNER.session)
    with pytest.raises(NotAllowed):
        runner.stop_sweep(sweep, OTHER)
    record = runner.store.sweep(sweep)
    assert record
    assert record.active
    runner.stop_sweep(sweep, OWNER)
    record = runner.store.sweep(sweep)
    assert record
    assert not record.active
    runner.stop_sweep("nobody", OTHER)


def test_a_teacher_who_sends_a_run_on_does_not_take_it(store: Store) -> None:
    run = store.create(TrainConfig(title="mine"), STUDENT.session, "interrupted")
    store.requeue(run, TEACHING)
    record = store.get(run)
    assert record
    assert (record.session, record.status) == (STUDENT.session, "queued")
