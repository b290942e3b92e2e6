"""A head and a node on this machine, and a server that has its runs trained there."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs.cluster.runner import ClusterRunner, cluster_runner
from core.training.config import TrainConfig
from tests.support.ray_cluster import TestCluster
from tests.support.serving import free_port
from tests.support.stripes import short_run, store_stripes
from tests.support.waiting import wait_until

HERE = importlib.util.find_spec("ray") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.cluster)
            if item.path.stem != "test_essentials":
                item.add_marker(pytest.mark.long)
            if not HERE:
                item.add_marker(pytest.mark.skip(reason="Ray is not installed: requirements-cluster.txt"))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestCluster]:
    """A head without seats and a node with two."""
    cluster = TestCluster(tmp_path_factory.mktemp("cluster"), free_port())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in cluster.environment.items():
            patch.setenv(name, value)
        patch.setenv("PLAYGROUND_CLUSTER_CODE", "installed")
        patch.setenv("PLAYGROUND_HOME", str(cluster.folder / "server"))
        try:
            cluster.start_head()
            cluster.begin_node(2)
            yield cluster
        finally:
            cluster.end()


@pytest.fixture(scope="session")
def runner(cluster: TestCluster) -> Iterator[ClusterRunner]:
    """The runner of a server on the head, when all seats are ready."""
    runner = cluster_runner(Path(os.environ["PLAYGROUND_HOME"]), cluster.address)
    runner.start()
    wait_until(lambda: len(runner.agent.seats()) == 2, 180)
    yield runner
    runner.close()


@pytest.fixture
def config(cluster: TestCluster) -> TrainConfig:
    """A run of 40 updates on data that only the server has."""
    return short_run(store_stripes())


@pytest.fixture
def endless(config: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run that goes on until it is stopped."""
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000000")
    return config.model_copy(update={"training": config.training.model_copy(update={"epochs": 50_000})})
