import pytest

from core.runs.store.attempt_rows import Attempt, OneAttempt, StaleAttempt
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.training.config import TrainConfig


def claimed(store: Store, seat: str = "seat 1", session: str = "me") -> Attempt:
    store.create(TrainConfig(title="a"), session)
    found = store.claim_for(seat)
    assert found
    return Attempt(*found)


def status(store: Store, attempt: Attempt) -> str:
    record = store.get(attempt.run)
    assert record
    return record.status


def test_a_seat_gets_one_run_at_a_time(store: Store) -> None:
    first = claimed(store)
    store.create(TrainConfig(title="b"), "somebody else")
    assert store.claim_for("seat 1") is None
    assert store.working() == {"seat 1": first}
    second = store.claim_for("seat 2")
    assert second
    assert store.seat_of(second[0]) == ("seat 2", 1)
    assert store.claim_for("seat 3") is None
    store.set_status(first.run, "finished")
    assert store.seat_of(first.run) is None


def test_a_lost_run_is_queued_again_once(store: Store) -> None:
    first = claimed(store)
    assert store.is_current(first)
    assert store.retry(first, "It was lost.")
    assert not store.is_current(first)
    assert (status(store, first), store.queue()) == ("queued", [first.run])
    assert not store.retry(first, "It was lost.")
    second = store.claim_for("seat 2")
    assert second == (first.run, 3)
    assert not store.end_attempt(first, "lost", "")
    again = Attempt(*second)
    assert not store.retry(again, "It was lost.")
    assert store.end_attempt(again, "lost", "Twice.")
    assert not store.end_attempt(again, "lost", "Thrice.")
    record = store.get(first.run)
    assert record
    assert (record.status, record.reason) == ("lost", "Twice.")
    store.requeue(first.run, Person("me"))
    third = store.claim_for("seat 1")
    assert third
    assert store.retry(Attempt(*third), "It was lost.")  # a person has asked for it since


def test_a_lost_run_goes_on_before_others_begin(store: Store) -> None:
    lost = claimed(store)
    new = store.create(TrainConfig(title="b"), "somebody who has had no run yet")
    store.retry(lost, "It was lost.")
    assert store.queue() == [lost.run, new]
    assert store.claim_for("seat 1") == (lost.run, 3)
    assert store.end_attempt(Attempt(lost.run, 3), "lost", "Twice.")
    store.requeue(lost.run, Person("me"))
    assert store.queue() == [new, lost.run]


def test_a_run_that_is_to_stop_is_not_queued_again_and_one_that_rests_rests_again(store: Store) -> None:
    stopped, rests = claimed(store), claimed(store, "seat 2", "another")
    store.command(stopped.run, "stop")
    assert not store.retry(stopped, "")
    store.command(rests.run, "learning rate", 0.5)
    store.set_status(rests.run, "paused")
    assert store.retry(rests, "")
    assert [(command, value) for _, command, value in store.commands(rests.run)] == [("pause", 0)]


def test_whoever_writes_for_an_earlier_attempt_is_refused(store: Store) -> None:
    class Late(OneAttempt, Store):
        pass

    first = claimed(store)
    late = Late(store.folder)
    late._engine, late.attempt = store._engine, first
    late.heartbeat(first.run)
    late.require_current()
    store.retry(first, "")
    for write in (
        lambda: late.heartbeat(first.run),
        lambda: late.set_status(first.run, "finished"),
        lambda: late.rewind(first.run, 0),
        late.require_current,
    ):
        with pytest.raises(StaleAttempt, match="now trained elsewhere"):
            write()
    assert status(store, first) == "queued"
