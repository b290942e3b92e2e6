"""What the way to other machines costs, beside the local runner. Prints figures."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.data.images.own_sets import OwnSet, store_own
from core.paths import ROOT
from core.runs.cluster.runner import ClusterRunner
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig, Varied
from core.runs.workers.local import LocalRunner
from core.runs.workers.queue_runner import QueueRunner
from core.training.config import TrainConfig
from core.training.curve import Curve
from tests.cluster.test_walk import until
from tests.support.ray_cluster import TestCluster
from tests.support.runs import ended_sweep
from tests.support.stripes import stripes
from tests.support.waiting import wait_until

pytestmark = pytest.mark.benchmark

WRITES = 300
SEAT = """
import json, os, sys, time
import numpy as np, ray
from core.runs.cluster.engine import NAMESPACE, _Line
from core.runs.cluster.desk_store import DeskStore
from core.runs.store.attempt_rows import Attempt
from core.training.curve import Curve
ray.init(address=sys.argv[1], namespace=NAMESPACE, log_to_driver=False)
line = _Line(Attempt(sys.argv[2], int(sys.argv[3])))
writes = int(sys.argv[4])
row = lambda step: Curve.from_rows(np.array([[step, step / 10, 0.1, 1.0, 0.5, 1e-3]]))
line.ask("heartbeat")
took = []
for step in range(1, writes + 1):
    began = time.perf_counter()
    line.ask("add_updates", row(step))
    took.append(time.perf_counter() - began)
big = os.urandom(20_000_000)
began = time.perf_counter(); line.file("write", "resume.safetensors", big); wrote = time.perf_counter() - began
began = time.perf_counter(); line.file("read", "resume.safetensors"); read = time.perf_counter() - began
took.sort()
print(json.dumps({"median": took[len(took) // 2], "p95": took[int(len(took) * .95)], "rate": writes / sum(took),
                  "write": wrote, "read": read}))
"""


def test_rows_and_checkpoints_over_the_desk(runner: ClusterRunner, cluster: TestCluster, tmp_path: Path) -> None:
    store = runner.store
    run = store.create(TrainConfig(title="rows"), "rows", "finished")
    with store._write() as database:
        database.execute("UPDATE runs SET attempt = 1 WHERE id = ?", (run,))
    result = subprocess.run(
        [sys.executable, "-c", SEAT, cluster.address, run, "1", str(WRITES)],
        capture_output=True,
        text=True,
        timeout=110,
        cwd=ROOT,
        env=os.environ | cluster.environment,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    found = json.loads(result.stdout.splitlines()[-1])
    assert len(store.curve(run)) == WRITES
    local = Store(tmp_path / "runs")
    here = local.create(TrainConfig(title="rows"), "rows", "finished")
    began = time.perf_counter()
    for step in range(1, WRITES + 1):
        local.add_updates(here, Curve.from_rows(np.array([[step, step / 10, 0.1, 1.0, 0.5, 1e-3]])))
    took = time.perf_counter() - began
    print(
        f"\na message with rows over the desk: {found['median'] * 1000:.1f} ms (p95 {found['p95'] * 1000:.1f}), "
        f"{found['rate']:.0f} a second from one seat; here {took / WRITES * 1000:.1f} ms, {WRITES / took:.0f} a second"
        f"\n20 MB to the head {found['write'] * 1000:.0f} ms, back {found['read'] * 1000:.0f} ms"
    )
    assert found["median"] < 0.1


def levers(runner: QueueRunner, config: TrainConfig) -> float:
    """Return the median of seconds from "pause" to a paused run."""
    store, run, took = runner.store, runner.submit(config, Person("levers")), []
    until(store, run, lambda record: record.status == "running" and record.step)
    for _ in range(15):
        began = time.monotonic()
        runner.command(run, "pause", SERVER)
        until(store, run, lambda record: record.status == "paused", 10)
        took.append(time.monotonic() - began)
        runner.command(run, "resume", SERVER)
        until(store, run, lambda record: record.status == "running", 10)
    runner.command(run, "stop", SERVER)
    until(store, run, lambda record: record.usable)
    return statistics.median(took)


def test_levers_beside_those_of_the_local_runner(
    runner: ClusterRunner, endless: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = levers(runner, endless)
    local = LocalRunner(Store(Path(os.environ["PLAYGROUND_HOME"]) / "local"), at_once=1)
    try:
        here = levers(local, endless)
    finally:
        local.close()
    print(f"\npause to paused: {there * 1000:.0f} ms on the cluster, {here * 1000:.0f} ms here")
    assert there < 1


@pytest.mark.timeout(600)
def test_eight_trials_take_turns_on_four_seats(
    runner: ClusterRunner, cluster: TestCluster, config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: a trial ends after ten seconds of training, however busy the two cores of this machine are."""
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000000")
    many = OwnSet(stripes(4_000, 1), stripes(60, 2), inverted=False)
    data = config.task.model_copy(update={"data": f"own:{store_own(many, 'many')}", "images": None})
    lasts = {"epochs": 1_000_000, "seconds": 10.0, "schedule": "constant", "batch_size": 1}
    base = config.model_copy(update={"task": data, "training": config.training.model_copy(update=lasts)})
    sweep = SweepConfig(base=base, vary=(Varied(name="seed", values=tuple(map(str, range(8)))),), sampler="grid")
    node = cluster.start_node(2)
    took = {}
    try:
        wait_until(lambda: len(runner.agent.seats()) == 4, 120)
        for seats in (4, 1):
            monkeypatch.setattr(runner, "_trials_at_once", lambda seats=seats: seats)
            began = time.monotonic()
            record = ended_sweep(runner.store, runner.start_sweep(sweep, Person(f"sweep {seats}")), 280)
            took[seats] = time.monotonic() - began
            assert record.status == "finished"
            assert len(runner.store.runs(sweep=record.id, statuses=("finished",))) == 8
            runner._sweeps = None  # asks again how many at once
    finally:
        node.end()
    print(f"\n8 simulated trials: {took[4]:.0f} s on 4 seats, {took[1]:.0f} s on 1: {took[4] / took[1]:.2f}")
    assert took[4] <= 0.35 * took[1]
