"""Machines of a cluster that are killed, freeze, come back, or may not join; servers that end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from core.paths import ROOT
from core.runs.cluster.dispatcher import RETRIED
from core.runs.cluster.runner import ClusterRunner
from core.runs.store.rights import Person
from core.training.config import TrainConfig
from tests.cluster.test_walk import seat_of, until
from tests.support.ray_cluster import Node, TestCluster
from tests.support.waiting import wait_until


@pytest.fixture
def second(cluster: TestCluster, runner: ClusterRunner) -> Iterator[Node]:
    """A second node, with one seat, for as long as it lasts."""
    wait_until(lambda: len(runner.agent.seats()) == 2, 120)
    node = cluster.start_node(1)
    wait_until(lambda: len({seat.machine for seat in runner.agent.seats()}) == 2, 120)
    yield node
    node.signal(signal.SIGCONT)
    node.end()
    wait_until(lambda: len(runner.agent.seats()) == 2, 120)


def on_second(runner: ClusterRunner, node: Node, config: TrainConfig) -> str:
    """Have all seats train, and return the run that has the one on the second node."""
    runs = [runner.submit(config, Person(f"person {number} {time.monotonic()}")) for number in range(3)]
    for run in runs:
        until(runner.store, run, lambda record: record.status == "running" and record.step > 20)
    processes = {process.pid for process in node.processes}
    (there,) = [run for run in runs if seat_of(runner, run).process in processes]
    for run in runs:
        if run != there:
            runner.command(run, "stop", Person("server"))
    return there


@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_a_machine_that_is_gone(
    runner: ClusterRunner, second: Node, endless: TrainConfig, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("PLAYGROUND_SUBMISSIONS_PER_MINUTE", "50")
    store = runner.store
    run = on_second(runner, second, endless)
    began = time.monotonic()
    if how == "killed":
        for raylet in second.named("raylet"):
            raylet.kill()
    else:
        second.signal(signal.SIGSTOP)
    until(store, run, lambda record: record.status == "queued" or record.reason == RETRIED, 20)
    print(f"a machine that is {how} is known after {time.monotonic() - began:.1f} s")
    step = store.get(run).step
    until(store, run, lambda record: record.status == "running" and record.step > 0, 60)
    second.signal(signal.SIGCONT)  # it comes back, and what it still has to say is refused
    until(store, run, lambda record: record.step > step + 200, 60)
    curve = store.curve(run).step.tolist()
    assert curve == list(range(1, len(curve) + 1))
    assert store.get(run).status == "running"
    runner.command(run, "stop", Person("server"))
    until(store, run, lambda record: record.usable)


SERVER = """
import sys, time
from pathlib import Path
from core.runs.cluster.runner import cluster_runner
from core.runs.store.rights import Person
from core.training.config import TrainConfig
runner = cluster_runner(Path(sys.argv[1]), sys.argv[2])
runner.start()
print(runner.submit(TrainConfig.model_validate_json(sys.argv[3]), Person("another server")), flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_leaves_its_runs_alone(
    cluster: TestCluster, runner: ClusterRunner, endless: TrainConfig
) -> None:
    store = runner.store
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, os.environ["PLAYGROUND_HOME"], cluster.address, endless.model_dump_json()],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with server:
        run = server.stdout.readline().strip()
        until(store, run, lambda record: record.step > 20, 60)
        server.kill()
    step = store.get(run).step
    until(store, run, lambda record: record.step > step + 200, 60)
    began = time.monotonic()
    runner.command(run, "stop", Person("another server"))
    until(store, run, lambda record: record.usable, 20)
    assert time.monotonic() - began < 5
    assert [type(event).__name__ for event in store.events(run)].count("Rewound") == 0


JOIN = """
import sys, ray
try:
    ray.init(address=sys.argv[1], namespace="playground", log_to_driver=False)
    print("inside", ray.get_actor("desk"))
except Exception as problem:
    print(type(problem).__name__, problem)
"""


@pytest.mark.parametrize("token", ["wrong" * 8, None])
def test_whoever_has_no_token_stays_outside(
    cluster: TestCluster, runner: ClusterRunner, tmp_path, token: str | None
) -> None:
    environment = os.environ | cluster.environment
    if token is None:
        del environment["RAY_AUTH_MODE"], environment["RAY_AUTH_TOKEN_PATH"]
    else:
        (tmp_path / "token").write_text(token)
        environment["RAY_AUTH_TOKEN_PATH"] = str(tmp_path / "token")
    result = subprocess.run(
        [sys.executable, "-c", JOIN, cluster.address], env=environment, capture_output=True, text=True, timeout=100
    )
    print(result.stdout[-300:], result.stderr[-300:])
    assert "inside" not in result.stdout
    assert "authenti" in (result.stdout + result.stderr).lower()
