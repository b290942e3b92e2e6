import sqlite3
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from core.runs.store.events import CheckpointSaved, Rewound, RunEvent, TrialPruned, TrialStarted
from core.runs.store.record import Status
from core.runs.store.rights import Person
from core.runs.store.store import Busy, Store, StoreProblem
from core.runs.store.watching import watch
from core.training.config import TrainConfig
from core.training.curve import Curve
from core.training.events import Diagnostics, Ended, LearningRateChange, Paused, Resumed, Validation
from core.training.task import Score


def curve(*steps: int) -> Curve:
    return Curve.from_rows(np.array([[step, step / 10, step / 100, 1 / step, 0.5, 1e-3] for step in steps]))


def test_a_run_comes_back_as_it_was_written(store: Store) -> None:
    run = store.create(TrainConfig(title="<b>mine</b>"), "me")
    record = store.get(run)
    assert record is not None
    assert (record.title, record.session, record.status) == ("<b>mine</b>", "me", "queued")
    assert record.config == TrainConfig(title="<b>mine</b>")
    assert record.active
    assert not record.usable
    assert store.get("nobody") is None


def test_one_active_run_a_session(store: Store) -> None:
    first = store.create(TrainConfig(title="a"), "me")
    with pytest.raises(Busy) as problem:
        store.create(TrainConfig(title="b"), "me")
    assert problem.value.run == first
    store.create(TrainConfig(title="c"), "you")
    store.set_status(first, "finished")
    store.create(TrainConfig(title="d"), "me")


def test_a_double_click_makes_one_run(store: Store) -> None:
    made, refused = [], []

    def click() -> None:
        try:
            made.append(store.create(TrainConfig(title="a"), "me"))
        except Busy as problem:
            refused.append(problem.run)

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(made) == 1
    assert refused == made * 7


def test_the_queue_is_first_come_and_its_slots_are_counted(store: Store) -> None:
    runs = [store.create(TrainConfig(title=str(n)), f"person {n}") for n in range(20)]
    assert store.queue() == runs
    assert store.claim("server", 2) == runs[0]
    assert store.claim("another server", 2) == runs[1]
    assert store.claim("server", 2) is None
    store.set_status(runs[0], "finished")
    assert store.claim("server", 2) == runs[2]
    assert store.queue() == runs[3:]
    view = watch(store, runs[4])
    assert view is not None
    assert view.runs_ahead == 1


def test_two_servers_never_take_the_same_run(store: Store) -> None:
    runs = [store.create(TrainConfig(title=str(n)), f"person {n}") for n in range(12)]
    taken: list[str | None] = []
    servers = [
        threading.Thread(target=lambda name=str(n): taken.extend(store.claim(name, 100) for _ in range(3)))
        for n in range(4)
    ]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert sorted(filter(None, taken)) == sorted(runs)


def test_a_status_changes_only_from_where_it_may(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    assert not store.set_status(run, "paused", only_from=("running",))
    assert store.set_status(run, "stopped", "why", only_from=("queued",))
    record = store.get(run)
    assert record is not None
    assert (record.status, record.reason) == ("stopped", "why")
    assert record.ended == pytest.approx(time.time(), abs=5)


def test_curves_are_read_in_pieces(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.add_updates(run, curve(1, 2, 3))
    found, last = store.new_updates(run, 0)
    assert found.rows.tolist() == curve(1, 2, 3).rows.tolist()
    store.add_updates(run, curve(4, 5))
    found, last = store.new_updates(run, last)
    assert found.rows.tolist() == curve(4, 5).rows.tolist()
    assert len(store.new_updates(run, last)[0]) == 0
    assert store.curve(run).rows.tolist() == curve(1, 2, 3, 4, 5).rows.tolist()
    record = store.get(run)
    assert record is not None
    assert (record.step, record.epoch, record.seconds) == (5, 0.5, 0.05)


def test_a_watched_run_forgets_what_a_resumed_run_does_again(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.add_updates(run, curve(1, 2, 3))
    store.add_updates(run, curve(4, 5))
    store.add_event(run, CheckpointSaved(2, 0.2, 0.02))
    store.add_event(run, Validation(5, 0.5, 0.05, Score(1.0, 3, 4), True))
    view = watch(store, run)
    assert view is not None
    assert view.curve.step.tolist() == [1, 2, 3, 4, 5]
    assert [type(event) for event in view.events] == [CheckpointSaved, Validation]
    store.rewind(run, 2)
    store.add_updates(run, curve(3, 4))
    for seen in (watch(store, run), watch(Store(store.folder), run)):
        assert seen is not None
        assert seen.curve.step.tolist() == [1, 2, 3, 4]
        assert [type(event) for event in seen.events] == [CheckpointSaved, Rewound]
    assert store.curve(run).step.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "event",
    [
        Validation(5, 0.5, 0.05, Score(1.0, 3, 4), True),
        Validation(5, 0.5, 0.05, Score(float("inf"), 0, 4), False),
        Diagnostics(5, 0.5, 0.05, {"conv1": 0.1, "dense1": float("inf")}, 10**9),
        LearningRateChange(5, 0.5, 0.05, 0.25),
        Paused(5, 0.5, 0.05),
        Resumed(5, 0.5, 0.05),
        Ended(5, 0.5, 0.05, "stopped", "Why.", restored=3, early=True),
        CheckpointSaved(5, 0.5, 0.05),
        Rewound(5, 0.5, 0.05),
        TrialStarted(0, 0.0, 0.0, 2, {"learning_rate": "0.1"}),
        TrialPruned(5, 0.5, 0.05, 0.75),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_event_comes_back_as_it_was_written(store: Store, event: RunEvent) -> None:
    run = store.create(TrainConfig(), "me")
    store.add_event(run, event)
    assert store.events(run) == [event]


def test_an_event_that_cannot_be_read_is_said(store: Store) -> None:
    run = store.create(TrainConfig(), "me")
    for kind, data in (("unknown", "{}"), ("validation", "{}"), ("rate", "[]"), ("rate", "no JSON")):
        with store._write() as database:
            database.execute("DELETE FROM happenings")
            columns = (run, kind, data)
            database.execute(
                "INSERT INTO happenings (run, kind, step, epoch, seconds, data) VALUES (?,?,0,0,0,?)", columns
            )
        with pytest.raises(StoreProblem, match="damaged"):
            store.events(run)


def test_commands_come_in_order_and_once(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.command(run, "pause")
    store.command(run, "learning rate", 0.5)
    found = store.commands(run, 0)
    assert [(command, value) for _, command, value in found] == [("pause", 0.0), ("learning rate", 0.5)]
    assert store.commands(run, found[-1][0]) == []
    assert store.commands("another", 0) == []


def test_the_silent_are_found(store: Store) -> None:
    runs = [store.create(TrainConfig(title="a"), str(n)) for n in range(2)]
    assert store.claim("server", 1) == runs[0]
    assert store.silent(5) == []
    assert store.silent(-1) == [(runs[0], "server")]
    store.heartbeat(runs[0])
    assert store.silent(0.5) == []


def test_a_run_goes_back_into_the_queue(store: Store) -> None:
    run, other = store.create(TrainConfig(title="a"), "me"), store.create(TrainConfig(title="b"), "you")
    store.command(run, "stop")
    store.set_status(run, "interrupted")
    store.requeue(run, Person("me"))
    assert store.queue() == [other, run]
    assert store.commands(run, 0) == []
    with pytest.raises(Busy):
        store.requeue(run, Person("me"))


@pytest.mark.parametrize("status", ["queued", "starting", "running", "paused"])
def test_runs_are_listed_newest_first(store: Store, status: Status) -> None:
    first = store.create(TrainConfig(title="a"), "me")
    store.set_status(first, "finished")
    second = store.create(TrainConfig(title="b"), "me")
    store.set_status(second, status)
    store.create(TrainConfig(title="c"), "you")
    assert [run.id for run in store.runs("me")] == [second, first]
    assert [run.id for run in store.runs("me", ("finished",))] == [first]
    assert len(store.runs(limit=2)) == 2


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    with pytest.raises(StoreProblem, match="folder of the runs cannot be used"):
        Store(tmp_path / "runs").create(TrainConfig(), "me")


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreProblem, match="cannot be used"):
        Store(tmp_path).runs()


def test_a_locked_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "runs")
    store.create(TrainConfig(title="a"), "me")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **kwargs | {"timeout": 0.05}))
    blocker = connect(store.folder / "runs.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreProblem, match="busy"):
            store.create(TrainConfig(title="b"), "you")
        assert len(store.runs()) == 1  # readers are never blocked
    finally:
        blocker.rollback()
        blocker.close()
    store.create(TrainConfig(title="b"), "you")


def test_the_networks_in_use_belong_to_a_person_and_outlive_the_server(store: Store) -> None:
    Store(store.folder).use("me", ("b", "a"))
    assert Store(store.folder).used("me") == ("b", "a")
    assert Store(store.folder).used("you") == ()
    Store(store.folder).use("me", ())
    assert Store(store.folder).used("me") == ()
