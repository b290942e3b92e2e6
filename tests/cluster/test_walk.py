"""Runs on a node that shares no folder with the server, and all that can break on their way."""

import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from core.runs.cluster.dispatcher import RETRIED, STOPPED
from core.runs.cluster.runner import ClusterRunner
from core.runs.cluster.seats import SeatState
from core.runs.networks import final_network
from core.runs.store.events import CheckpointSaved, Rewound
from core.runs.store.record import Run
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Store
from core.training.config import TrainConfig
from core.training.events import LearningRateChange, Paused, Resumed
from tests.support.ray_cluster import TestCluster
from tests.support.waiting import wait_until


def until(store: Store, run: str, condition: Callable[[Run], object], seconds: float = 60) -> Run:
    def meets() -> Run | None:
        record = store.get(run)
        assert record
        return record if condition(record) else None

    return wait_until(meets, seconds, 0.01)


def ended(store: Store, run: str, seconds: float = 60) -> Run:
    return until(store, run, lambda record: not record.active, seconds)


def longer(config: TrainConfig, epochs: float, **changes: object) -> TrainConfig:
    return config.model_copy(update={"training": config.training.model_copy(update={"epochs": epochs, **changes})})


def seat_of(runner: ClusterRunner, run: str) -> SeatState:
    """Return the seat that trains a run, when it has said so itself."""

    def find() -> SeatState | None:
        seats = runner.agent.seats()
        return next((seat for seat in seats if seat.attempt and seat.attempt.run == run), None)

    return wait_until(find, 10)


@pytest.fixture
def long_run(config: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run of 4,000 updates: some seconds."""
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000")
    return longer(config, 400, schedule="constant")


@pytest.fixture(scope="session")
def curve(runner: ClusterRunner) -> dict[str, list[float]]:
    """Losses of runs that nothing has happened to, by their configuration."""
    return {}


def reference(runner: ClusterRunner, config: TrainConfig, known: dict[str, list[float]]) -> list[float]:
    key = config.model_dump_json()
    if key not in known:
        run = runner.submit(config, Person("reference"))
        assert ended(runner.store, run).usable
        known[key] = runner.store.curve(run).loss.tolist()
    return known[key]


def test_a_run_on_another_node_leaves_everything_at_the_server(
    runner: ClusterRunner, cluster: TestCluster, config: TrainConfig
) -> None:
    run = runner.submit(config, Person("me"))
    record = ended(runner.store, run)
    assert record.usable, record.reason
    assert record.setup.notes == ("own pictures “stripes”, 240 for training",)
    assert (record.step, record.total_steps) == (40, 40)
    assert runner.store.curve(run).step.tolist() == list(range(1, 41))
    assert final_network(runner.store, record)
    assert runner.store.checkpoints(run).steps() == [
        event.step for event in runner.store.events(run) if isinstance(event, CheckpointSaved)
    ]
    assert runner.about() == "2 seats on 1 machine"
    node = cluster.nodes[0]
    assert [file for file in node.home.rglob("*") if file.suffix in {".npz", ".sqlite", ".safetensors"}] == []


def test_levers_reach_a_run_on_another_node(runner: ClusterRunner, endless: TrainConfig) -> None:
    store, run = runner.store, runner.submit(endless, Person("me"))
    until(store, run, lambda record: record.status == "running" and record.step)
    took = []
    for _ in range(5):
        began = time.monotonic()
        runner.command(run, "pause", SERVER)
        until(store, run, lambda record: record.status == "paused", 5)
        took.append(time.monotonic() - began)
        runner.command(run, "resume", SERVER)
        until(store, run, lambda record: record.status == "running", 5)
    runner.command(run, "learning rate", SERVER, 0.5)
    runner.command(run, "pause", SERVER)
    before = until(store, run, lambda record: record.status == "paused", 5).step
    runner.command(run, "step", SERVER)
    assert until(store, run, lambda record: record.step > before, 5).step == before + 1
    began = time.monotonic()
    runner.command(run, "stop", SERVER)
    until(store, run, lambda record: record.status == "stopped", 5)
    print(
        f"pause to paused {sorted(took)[2] * 1000:.0f} ms, stop to stopped {(time.monotonic() - began) * 1000:.0f} ms"
    )
    assert sorted(took)[2] < 1
    until(store, run, lambda record: record.usable)
    kinds = [type(event) for event in store.events(run)]
    assert kinds.count(Paused) >= 6
    assert kinds.count(Resumed) >= 5
    assert [event.factor for event in store.events(run) if isinstance(event, LearningRateChange)] == [0.5]


def test_a_seat_that_is_killed_loses_its_run_once(
    runner: ClusterRunner, cluster: TestCluster, long_run: TrainConfig, curve: dict[str, list[float]]
) -> None:
    whole = reference(runner, long_run, curve)
    store, run = runner.store, runner.submit(long_run, Person("me"))
    until(store, run, lambda record: record.step > 50)
    runner.command(run, "pause", SERVER)  # a pause makes a checkpoint with everything
    rested = until(store, run, lambda record: record.status == "paused", 5).step
    runner.command(run, "resume", SERVER)
    until(store, run, lambda record: record.step > rested + 50)
    began = time.monotonic()
    os.kill(seat_of(runner, run).process, signal.SIGKILL)
    until(store, run, lambda record: record.status == "queued" or record.reason == RETRIED, 10)
    print(f"kill -9 of a worker is known after {(time.monotonic() - began) * 1000:.0f} ms")
    record = ended(store, run)
    assert record.usable, record.reason
    assert [event.step for event in store.events(run) if isinstance(event, Rewound)] == [rested]
    assert store.curve(run).step.tolist() == list(range(1, len(whole) + 1))
    assert store.curve(run).loss.tolist() == whole


def test_where_the_desk_is_killed_nothing_is_lost(
    runner: ClusterRunner, cluster: TestCluster, long_run: TrainConfig, curve: dict[str, list[float]]
) -> None:
    whole = reference(runner, long_run, curve)
    store, run = runner.store, runner.submit(long_run, Person("me"))
    until(store, run, lambda record: record.step > 50)
    desks = [one for one in cluster.head.processes if "StoreDesk" in " ".join(one.cmdline())]
    assert len(desks) == 1
    began = time.monotonic()
    desks[0].kill()
    step = store.get(run).step
    until(store, run, lambda record: record.step > step)
    print(f"the desk is back after {time.monotonic() - began:.1f} s")
    record = ended(store, run)
    assert record.usable, record.reason
    assert not [event for event in store.events(run) if isinstance(event, Rewound)]
    assert store.curve(run).loss.tolist() == whole
    events = store.events(run)
    assert len(set(map(repr, events))) == len(events)


def test_a_run_that_does_not_stop_is_ended(runner: ClusterRunner, endless: TrainConfig) -> None:
    store, run = runner.store, runner.submit(endless, Person("me"))
    until(store, run, lambda record: record.step > 0)
    process = psutil.Process(seat_of(runner, run).process)
    process.suspend()
    began = time.monotonic()
    runner.command(run, "stop", SERVER)
    record = ended(store, run, 15)
    print(f"a run that does not hear Stop is ended after {time.monotonic() - began:.1f} s")
    assert record.status == "stopped"
    assert record.reason == STOPPED
    assert psutil.wait_procs([process], 10)[0]


def test_the_queue_is_fair_by_person(runner: ClusterRunner, config: TrainConfig, monkeypatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ACTIVE_RUNS", "20")
    monkeypatch.setenv("PLAYGROUND_SUBMISSIONS_PER_MINUTE", "50")
    store = runner.store
    short = longer(config, 0.2)
    runs = {runner.submit(short, Person(name)): name for name in ["ann"] * 14 + ["bea"] * 4 + ["cem"] * 2}
    for run in runs:
        assert ended(store, run, 90).usable
    with store._read() as database:
        marks = ", ".join("?" * len(runs))
        order = [
            runs[row[0]]
            for row in database.execute(f"SELECT id FROM runs WHERE id IN ({marks}) ORDER BY started", tuple(runs))
        ]
    print(order)
    assert {"bea", "cem"} <= set(order[:8])


def test_the_second_loss_is_said(runner: ClusterRunner, cluster: TestCluster, endless: TrainConfig) -> None:
    store, run = runner.store, runner.submit(endless, Person("me"))
    for _ in range(2):
        until(store, run, lambda record: record.status == "running" and record.step > 20)
        os.kill(seat_of(runner, run).process, signal.SIGKILL)
        until(store, run, lambda record: record.status != "running", 15)
    record = ended(store, run)
    assert record.status == "lost"
    assert record.reason == "Its process died. It can be resumed from its last checkpoint."
    wait_until(lambda: len(runner.agent.seats()) == 2, 60)
