import json
import time
from pathlib import Path

import numpy as np
import pytest

from core.runs.exchange.export import export_weights
from core.runs.exchange.importing import import_run
from core.runs.store.events import CheckpointSaved
from core.runs.store.labels import TAGS, BadLabel
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Busy, Store, StoreProblem
from core.runs.store.watching import watch
from core.runs.workers.execute import execute
from core.runs.workers.housekeeping import PURGE
from core.runs.workers.local import LocalRunner
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.curve import Curve
from core.training.events import Ended
from core.training.task import Score
from core.ui.widgets import networks
from tests.support.machine import slowness_of_core
from tests.support.runs import any_sweep

CURVE = Curve.from_rows(np.array([[1, 0.1, 0.01, 1.0, 0.5, 1e-3]]))


def test_titles_and_tags_are_one_clean_line(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.rename(run, " <b>best</b>\n\u202eof\tall\0 " + "x" * 200, SERVER)
    store.set_tags(run, ["  first ", "first", "", "\n", "*bold*", "y" * 99], SERVER)
    record = store.get(run)
    assert record
    assert record.title.startswith("<b>best</b> of all xxx")
    assert len(record.title) == 80
    assert record.tags == ("first", "*bold*", "y" * 24)
    (summary,) = store.summaries()
    assert (summary.title, summary.tags) == (record.title, record.tags)
    with pytest.raises(BadLabel, match="needs a title"):
        store.rename(run, " \n\u202e ", SERVER)
    with pytest.raises(BadLabel, match=f"at most {TAGS} tags"):
        store.set_tags(run, map(str, range(TAGS + 1)), SERVER)
    assert store.get(run) == record


def test_a_deleted_run_is_nowhere_until_it_is_brought_back(store: Store) -> None:
    run, other = store.create(TrainConfig(title="a"), "me"), store.create(TrainConfig(title="b"), "you")
    store.set_status(run, "finished")
    before = store.get(run)
    assert store.delete(run, SERVER)
    assert not store.delete(run, SERVER)
    assert store.get(run) is None
    assert [one.id for one in store.runs()] == [one.id for one in store.summaries()] == store.queue() == [other]
    assert (store.count(), store.count("me"), watch(store, run)) == (1, 0, None)
    assert store.undelete(run, SERVER)
    assert not store.undelete(run, SERVER)
    assert store.get(run) == before
    assert store.count() == 2


def test_a_waiting_run_that_is_deleted_leaves_the_queue(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.delete(run, SERVER)
    assert store.claim("server", 9) is None
    store.create(TrainConfig(title="b"), "me")  # its place is free
    store.undelete(run, SERVER)
    record = store.get(run)
    assert record
    assert (record.status, record.reason) == ("stopped", "It was stopped before it began.")


def test_purging_removes_rows_and_weights_of_what_was_deleted_a_while_ago(store: Store) -> None:
    gone, kept = (store.create(TrainConfig(title=name), name) for name in "ab")
    for run in (gone, kept):
        store.set_status(run, "finished")
        store.add_updates(run, CURVE)
        store.add_event(run, CheckpointSaved(0, 0.0, 0.0))
        store.command(run, "stop")
        (store.folder / run).mkdir()
        (store.folder / run / "0.safetensors").write_bytes(b"weights")
    store.delete(gone, SERVER)
    assert store.purge(60) == []
    assert store.purge(0) == [gone]
    assert not store.undelete(gone, SERVER)
    assert [path.name for path in store.folder.iterdir() if path.is_dir()] == [kept]
    with store._read() as database:
        for table in ("curves", "happenings", "commands"):
            assert database.execute(f"SELECT DISTINCT run FROM {table}").fetchall() == [(kept,)]
    # Who still writes is neither told off nor makes it live again.
    store.add_updates(gone, CURVE)
    store.add_event(gone, Ended(1, 1.0, 1.0, "finished"))
    store.command(gone, "stop")
    store.heartbeat(gone)
    store.set_score(gone, Score(1.0, 1, 1))
    assert not store.set_status(gone, "finished")
    store.rewind(kept, 0)
    assert len(store.curve(gone)) == len(store.events(gone)) == len(store.commands(gone)) == 0
    assert store.get(gone, deleted=True) is None


def test_a_run_is_not_purged_while_its_process_is_alive(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.claim("server", 1)
    store.delete(run, SERVER)
    assert store.purge(-1) == []
    assert [command for _, command, _ in store.commands(run, 0)] == ["stop"]
    assert store.silent(-1) == [(run, "server")]  # one that hangs is still found
    store.set_status(run, "stopped")
    assert store.purge(0.5) == []  # it has just given a sign of life
    assert store.purge(-1) == [run]


def test_deleting_while_a_process_writes_stops_it_and_nothing_else(store: Store, endless: TrainConfig) -> None:
    run = store.create(endless.model_copy(update={"title": "a"}), "me", "starting")
    other = store.create(TrainConfig(title="b"), "you")
    assert execute(store, run, Control(), lambda *_: store.delete(run, SERVER) and None) == "stopped"
    assert store.get(run) is None
    assert (store.folder / run / "final.safetensors").is_file()
    store.create(TrainConfig(title="c"), "me")
    store.undelete(run, SERVER)
    record = store.get(run)
    assert record
    assert record.usable
    assert store.get(other)


def test_a_run_that_is_purged_under_the_hands_of_its_process_ends_quietly(store: Store, config: TrainConfig) -> None:
    run = store.create(config.model_copy(update={"title": "a"}), "me", "starting")

    def purge(*_: object) -> None:
        with store._write() as database:
            database.execute("DELETE FROM runs WHERE id = ?", (run,))

    assert execute(store, run, Control(), purge) == "finished"
    assert store.get(run, deleted=True) is None
    assert store.count() == 0


def test_a_session_has_one_run_or_one_sweep(store: Store) -> None:
    sweep = store.create_sweep(any_sweep(), "me")
    with pytest.raises(Busy, match="a sweep in progress") as busy:
        store.create(TrainConfig(title="a"), "me")
    assert (busy.value.run, busy.value.sweep) == ("", sweep)
    with pytest.raises(Busy):
        store.create_sweep(any_sweep(), "me")
    first = store.create(TrainConfig(title="1"), "me", sweep=sweep)
    with pytest.raises(Busy):
        store.create(TrainConfig(title="2"), "me", sweep=sweep)
    second = store.create(TrainConfig(title="2"), "me", sweep=sweep, trials_at_once=2)
    with pytest.raises(Busy) as busy:
        store.create(TrainConfig(title="a"), "me")
    assert (busy.value.run in {first, second}, busy.value.sweep) == (True, sweep)
    assert [run.id for run in store.runs(sweep=sweep)] == [second, first]
    for run in (first, second):
        store.set_status(run, "finished")
    with pytest.raises(Busy):
        store.requeue(first, Person("me"))
    assert store.set_sweep_status(sweep, "finished")
    assert not store.set_sweep_status(sweep, "failed")
    store.create(TrainConfig(title="a"), "me")
    with pytest.raises(Busy, match="a run in progress"):
        store.create_sweep(any_sweep(), "me")
    store.create(TrainConfig(title="imported"), "me", "finished")  # what is over takes no place


def test_two_thousand_runs_are_listed_in_a_moment(tmp_path: Path, config: TrainConfig) -> None:
    store = Store(tmp_path)
    tree, about = json.dumps(config.model_dump(mode="json")), json.dumps({"parameters": 7, "outputs": ["a"] * 10})
    score = '{"loss": 0.5, "correct": 9, "cases": 10}'
    with store._write() as database:
        database.executemany(
            "INSERT INTO runs (id, session, title, config, status, created, about, score) VALUES (?,?,?,?,?,?,?,?)",
            [(f"{n:012x}", str(n % 30), f"run {n}", tree, "finished", n, about, score) for n in range(2000)],
        )
        database.executemany(
            "INSERT INTO curves (run, rows) VALUES (?, ?)",
            [(f"{n:012x}", CURVE.rows.tobytes() * 500) for n in range(200)],
        )
    seconds = []
    for _ in range(5):
        slow, begun = slowness_of_core(), time.thread_time()  # other processes do not count
        found = store.summaries()
        seconds.append((time.thread_time() - begun) / slow)
    print(f"2,000 summaries in {min(seconds) * 1000:.1f} ms on a core for itself")
    assert min(seconds) < 0.05
    assert (len(found), found[0].title, found[0].parameters, found[0].accuracy) == (2000, "run 1999", 7, 0.9)
    assert (found[0].data, found[0].network) == (config.task.data, "mlp")
    assert store.count() == 2000


def test_a_deleted_run_does_not_go_on(store: Store) -> None:
    run = store.create(TrainConfig(title="a"), "me")
    store.set_status(run, "interrupted")
    store.delete(run, SERVER)
    with pytest.raises(StoreProblem, match="no such run any more"):
        store.requeue(run, Person("me"))
    store.undelete(run, SERVER)
    store.requeue(run, Person("me"))
    assert store.queue() == [run]


def test_the_runner_purges_once_a_minute(runner: LocalRunner) -> None:
    store = runner.store
    run = store.create(TrainConfig(title="a"), "me")
    store.delete(run, SERVER)
    with store._write() as database:
        database.execute("UPDATE runs SET deleted = deleted - 61, heartbeat = heartbeat - 61")
    runner.supervisor.tick()
    assert store.get(run, deleted=True)
    runner.supervisor.housekeeping.last_purge -= PURGE
    runner.supervisor.tick()
    assert store.get(run, deleted=True) is None


def test_an_imported_network_does_not_say_that_it_was_trained_here(
    store: Store, config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = store.create(config.model_copy(update={"title": "a"}), "me", "starting")
    execute(store, trained, Control())
    record = store.get(trained)
    assert record
    imported = store.get(import_run(store, export_weights(store, record)))
    assert imported
    monkeypatch.setattr(networks, "current_runner", lambda: LocalRunner(store, 1))
    assert networks.network_of_run(record).origin.startswith("trained here for")
    assert networks.network_of_run(imported).origin.startswith("imported from a file; ")
