import sqlite3
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from core.runs.store.record import Status
from core.runs.store.store import Busy, Store, StoreProblem
from core.runs.store.watching import watch


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs")


def rows(*steps: int) -> np.ndarray:
    return np.array([[step, step / 10, step / 100, 1 / step, 0.5, 1e-3] for step in steps])


def test_a_run_comes_back_as_it_was_written(store: Store) -> None:
    run = store.create({"title": "<b>mine</b>"}, "<b>mine</b>", "me")
    record = store.get(run)
    assert record is not None
    assert (record.title, record.session, record.status, record.config) == (
        "<b>mine</b>",
        "me",
        "queued",
        {"title": "<b>mine</b>"},
    )
    assert record.active
    assert not record.usable
    assert store.get("nobody") is None


def test_one_active_run_a_session(store: Store) -> None:
    first = store.create({}, "a", "me")
    with pytest.raises(Busy) as problem:
        store.create({}, "b", "me")
    assert problem.value.run == first
    store.create({}, "c", "you")
    store.set_status(first, "finished")
    store.create({}, "d", "me")


def test_a_double_click_makes_one_run(store: Store) -> None:
    made, refused = [], []

    def click() -> None:
        try:
            made.append(store.create({}, "a", "me"))
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
    runs = [store.create({}, str(n), f"person {n}") for n in range(20)]
    assert store.queue() == runs
    assert store.claim("server", 2) == runs[0]
    assert store.claim("another server", 2) == runs[1]
    assert store.claim("server", 2) is None
    store.set_status(runs[0], "finished")
    assert store.claim("server", 2) == runs[2]
    assert store.queue() == runs[3:]
    view = watch(store, runs[4])
    assert view is not None
    assert view.waiting == 1


def test_two_servers_never_take_the_same_run(store: Store) -> None:
    runs = [store.create({}, str(n), f"person {n}") for n in range(12)]
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
    run = store.create({}, "a", "me")
    assert not store.set_status(run, "paused", only_from=("running",))
    assert store.set_status(run, "stopped", "why", only_from=("queued",))
    record = store.get(run)
    assert record is not None
    assert (record.status, record.reason) == ("stopped", "why")
    assert record.ended == pytest.approx(time.time(), abs=5)


def test_curves_are_read_in_pieces(store: Store) -> None:
    run = store.create({}, "a", "me")
    store.add_rows(run, rows(1, 2, 3))
    found, last = store.rows(run)
    assert found.tolist() == rows(1, 2, 3).tolist()
    store.add_rows(run, rows(4, 5))
    found, last = store.rows(run, last)
    assert found.tolist() == rows(4, 5).tolist()
    assert len(store.rows(run, last)[0]) == 0
    record = store.get(run)
    assert record is not None
    assert (record.step, record.epoch, record.seconds) == (5, 0.5, 0.05)


def test_a_watched_run_forgets_what_a_resumed_run_does_again(store: Store) -> None:
    run = store.create({}, "a", "me")
    store.add_rows(run, rows(1, 2, 3))
    store.add_rows(run, rows(4, 5))
    store.add_happening(run, "checkpoint", (2, 0.2, 0.02))
    store.add_happening(run, "validation", (5, 0.5, 0.05), {"loss": 1.0})
    view = watch(store, run)
    assert view is not None
    assert view.rows[:, 0].tolist() == [1, 2, 3, 4, 5]
    assert [one.kind for one in view.happenings] == ["checkpoint", "validation"]
    store.rewind(run, 2)
    store.add_rows(run, rows(3, 4))
    for seen in (watch(store, run), watch(Store(store.folder), run)):
        assert seen is not None
        assert seen.rows[:, 0].tolist() == [1, 2, 3, 4]
        assert [one.kind for one in seen.happenings] == ["checkpoint", "rewound"]
    assert store.rows(run)[0][:, 0].tolist() == [1, 2, 3, 4]


def test_commands_come_in_order_and_once(store: Store) -> None:
    run = store.create({}, "a", "me")
    store.command(run, "pause")
    store.command(run, "learning rate", 0.5)
    found = store.commands(run, 0)
    assert [(command, value) for _, command, value in found] == [("pause", 0.0), ("learning rate", 0.5)]
    assert store.commands(run, found[-1][0]) == []
    assert store.commands("another", 0) == []


def test_the_silent_are_found(store: Store) -> None:
    runs = [store.create({}, "a", str(n)) for n in range(2)]
    assert store.claim("server", 1) == runs[0]
    assert store.silent(5) == []
    assert store.silent(-1) == [(runs[0], "server")]
    store.beat(runs[0])
    assert store.silent(0.5) == []


def test_a_run_goes_back_into_the_queue(store: Store) -> None:
    run, other = store.create({}, "a", "me"), store.create({}, "b", "you")
    store.command(run, "stop")
    store.set_status(run, "interrupted")
    store.queue_again(run, "me")
    assert store.queue() == [other, run]
    assert store.commands(run, 0) == []
    with pytest.raises(Busy):
        store.queue_again(run, "me")


@pytest.mark.parametrize("status", ["queued", "starting", "running", "paused"])
def test_runs_are_listed_newest_first(store: Store, status: Status) -> None:
    first = store.create({}, "a", "me")
    store.set_status(first, "finished")
    second = store.create({}, "b", "me")
    store.set_status(second, status)
    store.create({}, "c", "you")
    assert [run.id for run in store.runs("me")] == [second, first]
    assert [run.id for run in store.runs("me", ("finished",))] == [first]
    assert len(store.runs(limit=2)) == 2


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    with pytest.raises(StoreProblem, match="folder of the runs cannot be used"):
        Store(tmp_path / "runs").create({}, "a", "me")


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreProblem, match="cannot be used"):
        Store(tmp_path).runs()


def test_a_locked_store_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create({}, "a", "me")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **kwargs | {"timeout": 0.05}))
    blocker = connect(store.folder / "runs.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreProblem, match="busy"):
            store.create({}, "b", "you")
        assert len(store.runs()) == 1  # readers are never blocked
    finally:
        blocker.rollback()
        blocker.close()
    store.create({}, "b", "you")
