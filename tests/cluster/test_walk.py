"""Runs on a node that shares no folder with the server."""

import time

from core.runs.cluster.runner import ClusterRunner
from core.runs.networks import final_network
from core.runs.store.rights import Person
from core.training.config import TrainConfig
from tests.support.waiting import wait_until


def test_a_run_on_another_node(runner: ClusterRunner, config: TrainConfig) -> None:
    began = time.monotonic()
    run = runner.submit(config, Person("me"))
    record = wait_until(lambda: (found := runner.store.get(run)) and not found.active and found, 60)
    print("took", time.monotonic() - began, record.status, record.reason, runner.about())
    assert record.usable, record.reason
    assert final_network(runner.store, record)
