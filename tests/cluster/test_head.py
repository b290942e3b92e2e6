"""The head of the cluster ends, and comes back: pages go on, and so do the runs."""

import time
from pathlib import Path

import pytest

from core.runs.cluster.dispatcher import RETRIED
from core.runs.cluster.runner import cluster_runner
from core.runs.store.rights import Person
from tests.cluster.test_walk import until
from tests.support.ray_cluster import TestCluster
from tests.support.serving import free_port
from tests.support.stripes import short_run, store_stripes
from tests.support.waiting import wait_until


@pytest.mark.timeout(400)
def test_the_head_ends_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = TestCluster(tmp_path, free_port())
    for name, value in cluster.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PLAYGROUND_CLUSTER_CODE", "installed")
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "server"))
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000000")
    config = short_run(store_stripes())
    endless = config.model_copy(update={"training": config.training.model_copy(update={"epochs": 50_000})})
    runner = cluster_runner(tmp_path / "server", cluster.address)
    try:
        cluster.start_head()
        cluster.start_node(1)
        runner.start()
        wait_until(lambda: runner.about() == "1 seat on 1 machine", 180)
        run = runner.submit(endless, Person("me"))
        until(runner.store, run, lambda record: record.step > 0)
        agent = runner.agent._process
        cluster.head.end()
        cluster.nodes[0].end()
        began = time.monotonic()
        wait_until(runner.trouble, 30)
        runner.command(run, "pause", Person("me"))
        runner.command(run, "resume", Person("me"))
        print(f"said after {time.monotonic() - began:.1f} s")
        assert time.monotonic() - began < 12
        cluster.start_head("head again")
        cluster.start_node(1)
        wait_until(lambda: runner.about() == "1 seat on 1 machine", 300)
        print(f"seats are there again after {time.monotonic() - began:.1f} s, agent {agent.poll()}")
        again = until(runner.store, run, lambda record: record.reason == RETRIED or record.status == "running", 60)
        assert again.active
        until(runner.store, run, lambda record: record.status == "running" and record.step > 0, 60)
        runner.command(run, "stop", Person("me"))
        until(runner.store, run, lambda record: record.usable)
    finally:
        runner.close()
        cluster.end()
