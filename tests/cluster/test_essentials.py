"""What has to hold of a cluster, in one test of a minute: the others here are for a release.

It is one test, so that processes that share the tests start one cluster, not one each.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.runs.cluster.dispatcher import RETRIED
from core.runs.cluster.runner import ClusterRunner
from core.runs.networks import final_network
from core.runs.store.events import Rewound
from core.runs.store.rights import SERVER, Person
from core.training.config import TrainConfig
from core.training.events import LearningRateChange
from tests.cluster.test_nodes import JOIN
from tests.cluster.test_walk import ended, longer, seat_of, until
from tests.support.ray_cluster import TestCluster

MANY = ["ann"] * 4 + ["bea"] * 2 + ["cem"]


def stranger(cluster: TestCluster, folder: Path) -> subprocess.Popen[str]:
    """Try to join with a wrong token, which takes long to be given up."""
    (folder / "token").write_text("wrong" * 8)
    return subprocess.Popen(
        [sys.executable, "-c", JOIN, cluster.address],
        env=os.environ | cluster.environment | {"RAY_AUTH_TOKEN_PATH": str(folder / "token")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.timeout(400)
def test_runs_on_another_node(
    runner: ClusterRunner,
    cluster: TestCluster,
    config: TrainConfig,
    endless: TrainConfig,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    monkeypatch.setenv("PLAYGROUND_ACTIVE_RUNS", "20")
    monkeypatch.setenv("PLAYGROUND_SUBMISSIONS_PER_MINUTE", "50")
    store = runner.store
    with stranger(cluster, tmp_path) as outside:
        with subtests.test("a run leaves everything at the server, nothing at the node"):
            run = runner.submit(config, Person("me"))
            record = ended(store, run)
            assert record.usable, record.reason
            assert store.curve(run).step.tolist() == list(range(1, 41))
            assert final_network(store, record)
            kept = [
                file for file in cluster.nodes[0].home.rglob("*") if file.suffix in {".npz", ".sqlite", ".safetensors"}
            ]
            assert kept == []

        with subtests.test("a run whose process is killed ends with the curve that it would have had"):
            long = longer(config, 200, schedule="constant")
            whole, run = (runner.submit(long, Person(name)) for name in ("whole", "killed"))
            until(store, run, lambda record: record.step > 20)
            runner.command(run, "pause", SERVER)  # a pause makes a checkpoint with everything
            rested = until(store, run, lambda record: record.status == "paused").step
            assert ended(store, whole).usable
            process = seat_of(runner, run).process  # known before it goes on, as the rest is a matter of a second
            runner.command(run, "resume", SERVER)
            until(store, run, lambda record: record.step > rested)
            os.kill(process, signal.SIGKILL)
            until(store, run, lambda record: record.status == "queued" or record.reason == RETRIED, 10)
            record = ended(store, run)
            assert record.usable, record.reason
            assert [event.step for event in store.events(run) if isinstance(event, Rewound)] == [rested]
            assert store.curve(run).step.tolist() == list(range(1, 2001))
            assert store.curve(run).loss.tolist() == store.curve(whole).loss.tolist()

        with subtests.test("levers reach a run"):
            steered, other = (runner.submit(endless, Person(name)) for name in ("steered", "other"))
            until(store, steered, lambda record: record.step > 0)
            runner.command(steered, "learning rate", SERVER, 0.5)
            runner.command(steered, "pause", SERVER)
            before = until(store, steered, lambda record: record.status == "paused", 10).step
            runner.command(steered, "step", SERVER)
            assert until(store, steered, lambda record: record.step > before, 10).step == before + 1
            assert [event.factor for event in store.events(steered) if isinstance(event, LearningRateChange)] == [0.5]

        with subtests.test("whoever has few runs does not wait for all of somebody else's"):
            runs = {runner.submit(longer(config, 1), Person(name)): name for name in MANY}
            assert set(runs) <= set(store.queue()) | {other}
            for run in (steered, other):
                runner.command(run, "stop", SERVER)
                assert until(store, run, lambda record: record.usable or not record.active, 20).status == "stopped"
            for run in runs:
                assert ended(store, run).usable
            with store._read() as database:
                started = [row[0] for row in database.execute("SELECT id FROM runs ORDER BY started") if row[0] in runs]
            assert {"bea", "cem"} <= {runs[run] for run in started[:4]}

        with subtests.test("whoever has a wrong token stays outside"):
            said, _ = outside.communicate(timeout=60)
            assert "inside" not in said
            assert "authenti" in said.lower()
