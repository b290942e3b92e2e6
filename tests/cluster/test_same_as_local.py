"""What is true of the local runner, over a cluster: the same tests."""

from collections.abc import Iterator

import pytest

from core.runs.cluster.runner import ClusterRunner
from core.runs.store.record import ACTIVE
from core.runs.store.store import Store
from tests.core.runs.sweeps.test_sweep import test_a_sweep_of_real_runs
from tests.core.runs.test_rights import (
    test_a_sweep_is_stopped_by_its_owner_only,
    test_a_teacher_who_sends_a_run_on_does_not_take_it,
    test_nothing_of_others_can_be_changed,
)
from tests.core.runs.workers.test_local import (
    test_commands_to_unknown_and_ended_runs_do_nothing,
    test_there_is_nothing_to_go_on_from,
)

__all__ = [
    "test_a_sweep_is_stopped_by_its_owner_only",
    "test_a_sweep_of_real_runs",
    "test_a_teacher_who_sends_a_run_on_does_not_take_it",
    "test_commands_to_unknown_and_ended_runs_do_nothing",
    "test_nothing_of_others_can_be_changed",
    "test_there_is_nothing_to_go_on_from",
]


@pytest.fixture(autouse=True)
def _nobody_is_busy(runner: ClusterRunner) -> Iterator[None]:
    """All tests share one store: whoever has left a run there may have another one in the next test."""
    yield
    for run in runner.store.runs(statuses=tuple(ACTIVE)):
        runner.store.set_status(run.id, "interrupted")


@pytest.fixture
def store(runner: ClusterRunner) -> Store:
    return runner.store
