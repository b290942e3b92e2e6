"""What one person and all together may ask for, and whose turn it is."""

import threading
import time
from pathlib import Path

import pytest

from core.classroom.rooms import Origin, Rooms
from core.rate_limit import RateLimit, counted_as, per_minute
from core.runs.limits import OverLimit, refuse_excess
from core.runs.storage import drop_excess, space_of
from core.runs.store.rights import COMMAND_LINE, Person, member_of, session_in
from core.runs.store.store import Store
from core.runs.workers.execute import execute
from core.training.config import TrainConfig
from core.training.control import Control
from tests.support.runs import any_sweep
from tests.support.waiting import wait_until

A = TrainConfig(title="a")


def claimed(store: Store) -> str | None:
    """Whose run gets the next place."""
    run = store.claim("server", 1)
    record = store.get(run) if run else None
    if record:
        store.set_status(record.id, "finished")
    return record.session if record else None


def test_whoever_had_the_fewest_runs_lately_comes_first(store: Store) -> None:
    sweep = store.create_sweep(any_sweep(), "greedy")
    for _ in range(3):
        store.create(A, "greedy", sweep=sweep, trials_at_once=9)
    store.create(A, "one")
    assert claimed(store) == "greedy"  # nobody had any, and it came first
    store.create(A, "two")
    order = [claimed(store) for _ in range(4)]
    assert order == ["one", "two", "greedy", "greedy"]
    assert claimed(store) is None


def test_private_windows_of_one_machine_wait_for_the_others(store: Store) -> None:
    for number in range(4):
        store.create(A, f"window {number}", address="script")
    store.create(A, "pupil", address="phone")
    store.create(A, "by the server")  # where the address is not known, it does not count
    assert [claimed(store) for _ in range(3)] == ["window 0", "pupil", "by the server"]
    assert [store.get(run).session for run in store.queue()] == [  # type: ignore[union-attr]
        "window 1",
        "window 2",
        "window 3",
    ]


def test_what_ran_long_ago_does_not_count(store: Store) -> None:
    store.create(A, "early")
    assert claimed(store) == "early"
    with store._write() as database:
        database.execute("UPDATE runs SET started = started - 3601")
    store.create(A, "early")
    store.create(A, "late")
    assert claimed(store) == "early"


def test_the_queue_has_an_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_QUEUE_LENGTH", "2")
    for session in ("a", "b"):
        refuse_excess(store, Person(session))
        store.create(A, session)
    with pytest.raises(OverLimit, match="queue is full: 2 trainings wait"):
        refuse_excess(store, Person("c"))


def test_one_person_may_not_start_runs_faster_than_allowed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_SUBMISSIONS_PER_MINUTE", "2")
    run = store.create(A, "me", "finished")
    sweep = store.create_sweep(any_sweep(), "me")
    store.create(A, "me", sweep=sweep)  # a trial is part of its sweep
    with pytest.raises(OverLimit, match="2 trainings within a minute"):
        refuse_excess(store, Person("me"))
    refuse_excess(store, Person("you"))
    with store._write() as database:
        database.execute("UPDATE runs SET created = created - 61 WHERE id = ?", (run,))
    refuse_excess(store, Person("me"))


def test_one_address_may_not_fill_the_queue(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ACTIVE_PER_ADDRESS", "2")
    runs = [store.create(A, str(number), address="there") for number in range(2)]
    with pytest.raises(OverLimit, match="from your network address"):
        refuse_excess(store, Person("new", "there"))
    refuse_excess(store, Person("new", "elsewhere"))
    refuse_excess(store, Person("new"))
    store.set_status(runs[0], "stopped")
    refuse_excess(store, Person("new", "there"))


def test_a_class_behind_one_address_trains_and_a_script_of_many_names_does_not_fill_the_queue(store: Store) -> None:
    rooms = Rooms(store.folder)
    teacher = rooms.open_room()
    (room,) = rooms.open_rooms()
    school = Origin("school")

    def join() -> Person:
        badge = rooms.join(room.code, "", "", school)
        return badge.person("school")

    def train(by: Person) -> str:
        refuse_excess(store, by)
        return store.create(A, by.session, address=by.address)

    pupils = [join() for _ in range(40)]
    per_minute.cache_clear()  # a minute later
    script = [join() for _ in range(30)]
    first = [train(one) for one in script[:10]]
    for one in script[10:]:
        with pytest.raises(OverLimit, match="from your network address"):
            train(one)
    for one in pupils:
        train(one)  # all 40 beside the script's
    train(rooms.join(room.code, "", "", Origin("elsewhere")).person("elsewhere"))
    train(teacher.person("school"))
    store.set_status(first[0], "stopped")
    train(script[10])
    with pytest.raises(OverLimit):
        train(script[11])
    rooms.take_out(teacher.person(), [member_of(one.session) for one in pupils[:3]])  # whoever is next moves up
    train(script[0])
    rooms.close(teacher.person())
    with pytest.raises(OverLimit, match="has been closed"):
        train(pupils[5])


def test_in_the_queue_an_address_is_ten_people_at_most(store: Store) -> None:
    for number in range(30):
        store.create(A, f"name {number} of a script", address="script")
    for number in range(3):
        store.create(A, f"pupil {number}", address=f"phone {number}")
    order = [claimed(store) for _ in range(13)]
    assert [one for one in order if one and one.startswith("pupil")] == ["pupil 0", "pupil 1", "pupil 2"]
    for number in range(3):  # for the second time: after ten names of the script, not after thirty
        store.create(A, f"pupil {number}", address=f"phone {number}")
    order = [claimed(store) for _ in range(3)]
    assert order == ["pupil 0", "pupil 1", "pupil 2"]


def test_behind_one_address_whoever_had_the_fewest_runs_still_comes_first(store: Store) -> None:
    for number in range(25):
        store.create(A, "greedy", "finished", address="school")
        with store._write() as database:
            database.execute("UPDATE runs SET started = ? WHERE started IS NULL", (time.time() - number,))
    store.create(A, "greedy", address="school")
    store.create(A, "late", address="school")
    assert claimed(store) == "late"


def test_more_runs_of_one_person_may_be_allowed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ACTIVE_RUNS", "2")
    for _ in range(2):
        store.create(A, "me")
    with pytest.raises(RuntimeError, match="2 runs in progress"):
        store.create(A, "me")


def stored(store: Store, session: str, megabytes: float, ended: float = 0.0) -> str:
    """Leave an ended run with weights of some size."""
    run = store.create(A, session, "finished")
    folder = store.folder / run
    folder.mkdir()
    with (folder / "final.safetensors").open("wb") as file:
        file.truncate(int(megabytes * 2**20))
    with store._write() as database:
        database.execute("UPDATE runs SET ended = ? WHERE id = ?", (ended or time.time(), run))
    return run


def test_the_oldest_ended_runs_of_whoever_fills_too_much_are_dropped(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_MEGABYTES_PER_PERSON", "10")
    oldest, second, third = (stored(store, "me", 3) for _ in range(3))
    theirs, from_console = stored(store, "you", 9), stored(store, f"{COMMAND_LINE} 1", 50)
    assert drop_excess(store) == []
    space = space_of(store, Person("me"))
    assert (space.bytes, space.nearly_full, space.next and space.next.id) == (9 * 2**20, True, oldest)
    active = store.create(A, "me", "running")
    newest = stored(store, "me", 5)
    assert drop_excess(store) == sorted([oldest, second])
    assert {run.id for run in store.runs()} == {third, newest, active, theirs, from_console}
    assert drop_excess(store) == []


def test_a_room_and_the_house_have_a_limit_each(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_MEGABYTES_PER_ROOM", "5")
    monkeypatch.setenv("PLAYGROUND_MEGABYTES_IN_ALL", "5")
    inside = [stored(store, session_in("room", str(number)), 3) for number in range(2)]
    outside = [stored(store, str(number), 3) for number in range(2)]
    assert drop_excess(store) == sorted([inside[0], outside[0]])


def test_old_runs_expire(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_KEEP_DAYS", "30")
    old, new = (stored(store, "me", 0.1, time.time() - days * 24 * 3600) for days in (31, 29))
    stored(store, f"{COMMAND_LINE} 1", 0.1, 5.0)
    assert drop_excess(store) == [old]
    assert store.get(new)


def test_a_run_that_rests_too_long_gives_its_place_to_those_who_wait(
    store: Store, endless: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_PAUSE_SECONDS", "0.2")
    run = store.create(endless.model_copy(update={"title": "rests"}), "me", "starting")
    ended: list[str] = []
    thread = threading.Thread(target=lambda: ended.append(execute(store, run, Control())))
    thread.start()
    wait_until(lambda: store.get(run).status == "running")  # type: ignore[union-attr]
    store.command(run, "pause")
    wait_until(lambda: store.get(run).status == "paused")  # type: ignore[union-attr]
    looks = store.new_events(run, 0)[1]
    begun = time.monotonic()
    wait_until(lambda: time.monotonic() - begun > 1.5)  # a heartbeat after its time is over
    assert not ended  # nobody waits, so it may rest on
    assert store.new_events(run, 0)[1] == looks
    store.create(A, "you")
    thread.join(20)
    assert ended == ["interrupted"]
    record = store.get(run)
    assert record
    assert "was paused while others waited" in record.reason
    store.requeue(run, Person("me"))  # and goes on later, where it was
    assert store.queue()[-1] == run


def test_a_rate_is_counted_for_each_and_over_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("core.rate_limit.time.monotonic", lambda: now[0])
    limit = RateLimit(2, 60)
    assert [limit.take("me") for _ in range(3)] == [True, True, False]
    assert limit.take("you")
    now[0] += 59
    assert not limit.take("me")
    now[0] += 1
    assert [limit.take("me") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.168.1.7", "192.168.1.7"),
        ("::ffff:192.168.1.7", "192.168.1.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_machine_cannot_be_many_by_its_addresses(address: str, counted: str) -> None:
    assert counted_as(address) == counted


def test_the_folder_of_a_run_that_is_gone_has_no_size(tmp_path: Path) -> None:
    from core.runs.storage import folder_bytes

    assert folder_bytes(tmp_path / "nothing") == 0
