"""The thread that gives runs to seats, with seats that only write down what they are told."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.runs.cluster import dispatcher as module
from core.runs.cluster.agent import Report, read_report, write_report
from core.runs.cluster.dispatcher import PATIENCE, RETRIED, SILENT, STOPPED, Dispatcher
from core.runs.cluster.runner import describe
from core.runs.cluster.seats import Cluster, Departure, SeatState
from core.runs.store.attempt_rows import Attempt
from core.runs.store.record import Run
from core.runs.store.store import Store
from core.training.config import TrainConfig


def place(name: str, machine: str = "one", gpu: str = "", gpu_id: str = "") -> SeatState:
    return SeatState(name, machine, gpu, gpu_id, 1, None)


class Paper(Cluster):
    """A cluster on paper."""

    def __init__(self, *places: SeatState) -> None:
        self.places = {seat.name: seat for seat in places}
        self.ended: list[str] = []
        self.told: list[tuple[str, Attempt]] = []
        self.gone: list[Departure] = []
        self.desk = True

    def connect(self) -> None: ...

    def seats(self) -> Sequence[SeatState]:
        return list(self.places.values())

    def desk_answers(self) -> bool:
        return self.desk

    def train(self, seat: str, attempt: Attempt) -> None:
        self.places[seat] = replace(self.places[seat], attempt=attempt)

    def tell(self, seat: str, attempt: Attempt) -> None:
        self.told.append((seat, attempt))

    def end(self, seat: str) -> None:
        self.ended.append(seat)
        self.places[seat] = replace(self.places[seat], attempt=None)

    def departures(self) -> Sequence[Departure]:
        found, self.gone = self.gone, []
        return found


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def begin(store: Store, cluster: Paper, session: str = "me") -> tuple[Dispatcher, str]:
    dispatcher, run = Dispatcher(store, cluster), store.create(TrainConfig(title="a"), session)
    dispatcher.tick()
    store.set_status(run, "running")
    return dispatcher, run


def found(store: Store, run: str) -> Run:
    record = store.get(run)
    assert record
    return record


def test_a_free_seat_gets_the_next_run_and_a_gpu_goes_first(store: Store) -> None:
    cluster = Paper(place("seat 1"), place("GPU seat 1", gpu="H100"))
    dispatcher, run = begin(store, cluster)
    assert store.working() == {"GPU seat 1": Attempt(run, 1)}
    other = store.create(TrainConfig(title="b"), "another")
    dispatcher.tick()
    assert store.working()["seat 1"].run == other
    store.create(TrainConfig(title="c"), "a third")
    dispatcher.tick()
    assert len(store.queue()) == 1
    cluster.places["seat 1"] = place("seat 1")
    store.set_status(other, "finished")
    dispatcher.tick()
    assert store.queue() == []


def test_twenty_runs_of_three_people_take_turns(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ACTIVE_RUNS", "20")
    cluster = Paper(place("seat 1"), place("seat 2"))
    dispatcher, order = Dispatcher(store, cluster), []
    for name in ["ann"] * 14 + ["bea"] * 4 + ["cem"] * 2:
        store.create(TrainConfig(title=name), name)
    while store.queue():
        dispatcher.tick()
        for seat, attempt in store.working().items():
            order.append(found(store, attempt.run).title)
            store.set_status(attempt.run, "finished")
            cluster.places[seat] = place(seat)
    assert sorted(order[:6]) == ["ann", "ann", "bea", "bea", "cem", "cem"]
    assert sorted(order[6:10]) == ["ann", "ann", "bea", "bea"]
    assert order[10:] == ["ann"] * 10


def test_two_servers_give_a_seat_one_run(store: Store) -> None:
    cluster = Paper(place("seat 1"))
    _, run = begin(store, cluster)
    store.create(TrainConfig(title="b"), "another")
    cluster.places["seat 1"] = place("seat 1")  # the second server has asked it before it got its run
    Dispatcher(store, cluster).tick()
    assert store.working() == {"seat 1": Attempt(run, 1)}
    assert len(store.queue()) == 1


def test_a_run_whose_seat_died_goes_on_once(store: Store) -> None:
    cluster = Paper(place("seat 1"))
    dispatcher, run = begin(store, cluster)
    cluster.gone = [Departure(Attempt(run, 1), "Its process died.")]
    cluster.places = {}
    dispatcher.tick()
    assert (found(store, run).status, found(store, run).reason) == ("queued", RETRIED)
    cluster.places = {"seat 2": place("seat 2")}
    dispatcher.tick()
    assert store.working() == {"seat 2": Attempt(run, 3)}
    cluster.gone = [Departure(Attempt(run, 1), "Late."), Departure(Attempt(run, 3), "Its process died.")]
    dispatcher.tick()
    assert found(store, run).status == "lost"
    assert found(store, run).reason == "Its process died. It can be resumed from its last checkpoint."


def test_stop_has_five_seconds(store: Store, clock: Clock) -> None:
    cluster = Paper(place("seat 1"))
    dispatcher, run = begin(store, cluster)
    dispatcher.commanded(run, stops=True)
    assert cluster.told == [("seat 1", Attempt(run, 1))]
    clock.now += PATIENCE - 1
    dispatcher.commanded(run, stops=True)  # clicking again does not give it more time
    dispatcher.tick()
    assert cluster.ended == []
    clock.now += 1
    store.heartbeat(run)
    dispatcher.tick()
    assert cluster.ended == ["seat 1"]
    assert (found(store, run).status, found(store, run).reason) == ("stopped", STOPPED)


def test_a_run_that_stops_in_time_is_left_alone(store: Store, clock: Clock) -> None:
    cluster = Paper(place("seat 1"))
    dispatcher, run = begin(store, cluster)
    dispatcher.commanded(run, stops=True)
    store.set_status(run, "stopped")  # its score follows
    clock.now += 2 * PATIENCE
    dispatcher.tick()
    assert cluster.ended == []


def test_clocks_need_not_agree(store: Store, clock: Clock) -> None:
    """One machine writes a heartbeat each second, with a clock that is a minute slow; this one's leaps ahead."""
    dispatcher, run = begin(store, Paper(place("seat 1")))
    for beat in range(30):
        with store._write() as database:
            database.execute("UPDATE runs SET heartbeat = ?", (time.time() - 60 + beat // 4,))
        clock.now += 0.25
        dispatcher.tick()
    assert found(store, run).status == "running"


def test_a_silent_run_is_lost_if_there_was_a_desk_to_speak_to(store: Store, clock: Clock) -> None:
    cluster = Paper(place("seat 1"))
    dispatcher, run = begin(store, cluster)
    cluster.desk = False
    for _ in range(30):
        clock.now += 0.25
        dispatcher.tick()
    cluster.desk = True
    for _ in range(19):
        clock.now += 0.25
        dispatcher.tick()
    assert found(store, run).status == "running"
    cluster.places = {"seat 1": cluster.places["seat 1"]}
    for _ in range(3):
        clock.now += 0.25
        dispatcher.tick()
    assert cluster.ended == ["seat 1"]
    assert store.working() == {"seat 1": Attempt(run, 3)}  # and has its seat again
    assert SILENT not in found(store, run).reason


def test_a_server_that_has_slept_waits_for_news(store: Store, clock: Clock) -> None:
    dispatcher, run = begin(store, Paper(place("seat 1")))
    dispatcher.tick()
    clock.now += 600
    for _ in range(19):
        dispatcher.tick()
        clock.now += 0.25
    assert found(store, run).status == "running"


def test_a_seat_that_comes_back_with_an_old_run_is_ended(store: Store) -> None:
    cluster = Paper(place("seat 1"), place("seat 2"))
    dispatcher, run = begin(store, cluster)
    store.retry(Attempt(run, 1), "")
    busy = [name for name, seat in cluster.places.items() if seat.attempt]
    dispatcher.tick()
    assert cluster.ended == busy


def test_what_a_cluster_has_is_said() -> None:
    seats = [
        place("GPU seat 1", "one", "H100", "0"),
        place("GPU seat 2", "one", "H100", "0"),
        place("GPU seat 3", "two", "H100", "0"),
        place("seat 1", "three"),
    ]
    assert describe(seats) == "4 seats, 2 GPUs on 3 machines"
    assert describe([place("seat 1")]) == "1 seat on 1 machine"


def test_seats_are_told_in_a_line() -> None:
    seats = (place("GPU seat 1", "one", "H100", "0"), replace(place("seat 1"), attempt=Attempt("abc", 3)))
    report = Report(seats, "“No”\nat all")
    assert read_report(write_report(report)) == report
    assert "\n" not in write_report(report)


def test_what_another_server_trained_by_itself_is_interrupted(store: Store, clock: Clock) -> None:
    dispatcher = Dispatcher(store, Paper())
    run = store.create(TrainConfig(title="a"), "command line 1", "running")
    for _ in range(30):
        clock.now += 0.25
        dispatcher.tick()
    assert found(store, run).status == "interrupted"
