"""The teacher's hand on the queue, and where the class is."""

import json
import time
from pathlib import Path

import pytest

from core.classroom.following import LONGEST, Place, lead_to, place_of
from core.classroom.rooms import rooms
from core.classroom.trainings import clear_queue, hold, stop, trainings
from core.runs.store.record import Setup
from core.runs.store.rights import NotAllowed, Person
from core.runs.store.store import Store
from core.runs.workers.commands import send
from core.runs.workers.local import LocalRunner
from core.training.config import TrainConfig
from tests.support.runs import Notebook, any_sweep

A = TrainConfig(title="a")


class Class:
    """A room with a teacher and three students, and somebody outside."""

    def __init__(self, home: Path) -> None:
        self.store = Store(home / "runs")
        self.runner = Notebook(self.store)
        self.badge = rooms().open_room()
        self.teacher = self.badge.person()
        code = rooms().open_rooms()[0].code
        self.students = [rooms().join(code).person() for _ in range(3)]

    def submit(self, *people: Person) -> list[str]:
        return [self.store.create(A, one.session) for one in people]

    def members(self) -> list[str]:
        return [one.run for one in trainings(self.store, self.badge.room)]


@pytest.fixture
def group(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return Class(tmp_path)


def test_the_teacher_says_whose_turn_it_is(group: Class) -> None:
    outside = Person("outside")
    first, second, third, other = group.submit(*group.students, outside)
    group.store.set_turn(third, -1, group.teacher)
    group.store.set_turn(first, 1, group.teacher)
    assert group.store.queue() == [third, second, other, first]
    assert group.members() == [third, second, first]
    for by in (group.students[0], outside, rooms().open_room().person()):
        with pytest.raises(NotAllowed, match="Only the teacher of the room"):
            group.store.set_turn(first, -1, by)
    with pytest.raises(NotAllowed):
        group.store.set_turn(other, -1, group.teacher)  # of nobody in the room
    group.store.set_turn("nothing", -1, group.teacher)


def test_what_is_held_keeps_its_order(group: Class) -> None:
    runs = group.submit(*group.students)
    assert group.members() == runs
    hold(group.runner, group.teacher, True)
    assert group.members() == runs


def test_what_is_held_waits_and_all_others_go_on(group: Class) -> None:
    inside, running, other = group.submit(group.students[0], group.students[1], Person("outside"))
    group.store.set_status(running, "running")
    hold(group.runner, group.teacher, True)
    assert group.runner.asked == [("pause", running)]
    assert group.store.queue() == [other]
    assert group.store.claim("server", 9) == other
    assert group.store.claim("server", 9) is None
    found = {one.run: one for one in trainings(group.store, group.badge.room)}
    assert (found[inside].waits, found[inside].place) == (True, None)
    hold(group.runner, group.teacher, False)
    assert group.runner.asked[-1] == ("resume", running)
    assert group.store.queue() == [inside]
    with pytest.raises(NotAllowed):
        hold(group.runner, group.students[0], True)
    rooms().set(group.teacher, held=True)
    rooms().close(group.teacher, keep_runs=True)  # a room that is gone holds nothing
    assert group.store.queue() == [inside]


def test_what_the_teacher_has_paused_nobody_else_lets_go_on(group: Class) -> None:
    (run,) = group.submit(group.students[0])
    group.store.set_status(run, "paused")
    rooms().set(group.teacher, held=True)
    for command in ("resume", "step"):
        with pytest.raises(NotAllowed, match="Your teacher has paused"):
            send(group.store, run, command, group.students[0])
    send(group.store, run, "stop", group.students[0])
    send(group.store, run, "step", group.teacher)
    rooms().set(group.teacher, held=False)
    send(group.store, run, "resume", group.students[0])
    assert [name for _, name, _ in group.store.commands(run)] == ["stop", "step", "resume"]
    assert not group.store.held("outside")


def test_the_queue_is_cleared_of_what_waits_in_the_room(group: Class) -> None:
    running, waiting, _ = group.submit(group.students[0], group.students[1], Person("outside"))
    group.store.set_status(running, "running")
    clear_queue(group.runner, group.teacher)
    assert group.runner.asked == [("stop", waiting)]
    with pytest.raises(NotAllowed):
        clear_queue(group.runner, group.students[0])


def test_a_sweep_that_is_stopped_does_not_begin_its_next_trial(group: Class) -> None:
    store, student = group.store, group.students[0]
    waiting, running = (store.create_sweep(any_sweep(), one.session) for one in group.students[:2])
    store.create(A, student.session, sweep=waiting)
    store.set_status(store.create(A, group.students[1].session, sweep=running), "running")
    runner = LocalRunner(store, 1)
    clear_queue(runner, group.teacher)
    status = [store.sweep(one).status for one in (waiting, running)]  # type: ignore[union-attr]
    assert status == ["stopped", "running"]
    (left,) = trainings(store, group.badge.room)
    with pytest.raises(NotAllowed):
        stop(runner, student, left)
    stop(runner, group.teacher, left)
    assert store.sweep(running).status == "stopped"  # type: ignore[union-attr]


def test_who_waits_how_long_is_reckoned_from_what_ran(group: Class) -> None:
    ended = group.store.create(A, "before", "running")
    running, first, second = group.submit(*group.students)
    group.store.set_status(running, "running")
    assert [one.seconds for one in trainings(group.store, group.badge.room)] == [None, None, None]  # nobody knows yet
    group.store.set_setup(running, "CPU", Setup(), 100)
    group.store.set_status(ended, "finished")
    with group.store._write() as database:
        now = time.time()
        database.execute("UPDATE runs SET step = 25, seconds = 10, started = ? WHERE id = ?", (now - 10, running))
        database.execute("UPDATE runs SET started = ?, ended = ? WHERE id = ?", (now - 60, now, ended))
    found = {one.run: one.seconds for one in trainings(group.store, group.badge.room)}
    assert found == {running: pytest.approx(30), first: pytest.approx(30, abs=5), second: pytest.approx(90, abs=5)}


def test_the_class_is_where_its_teacher_is(group: Class) -> None:
    def there() -> Place | None:
        room = rooms().room(group.badge.room)
        assert room
        return place_of(room)

    assert there() is None
    place = Place("cnn_inside", {"map": "16", "x": "<b>"})
    lead_to(group.teacher, place)
    assert there() == place
    with pytest.raises(NotAllowed, match="too long for a link"):
        lead_to(group.teacher, Place("sentence", {"text": "x" * LONGEST}))
    assert there() == place
    assert len(json.dumps(place.query)) < LONGEST
    with pytest.raises(NotAllowed):
        lead_to(group.students[0], None)
    lead_to(group.teacher, None)
    assert there() is None
