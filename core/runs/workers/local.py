"""Runs on this machine: a queue that is fair by person, and a few warm processes."""

from functools import cache
from pathlib import Path

from core.runs.store.store import Store
from core.runs.workers.queue_runner import QueueRunner
from core.runs.workers.supervisor import Supervisor
from core.settings import settings


class LocalRunner(QueueRunner):
    """Runs at most `at_once` trainings in processes of their own; what they train when it ends can be resumed."""

    def __init__(self, store: Store, at_once: int) -> None:
        self.supervisor = Supervisor(store, at_once)
        super().__init__(store, self.supervisor)


def runner() -> QueueRunner:
    """Return the runner of this server, over the runs in ``PLAYGROUND_HOME``: this machine, or the chosen cluster."""
    chosen = settings()
    if chosen.cluster:
        from core.runs.cluster.runner import cluster_runner  # needs Ray, which only a cluster has

        return cluster_runner(chosen.home, chosen.cluster)
    return _of(chosen.home / "runs", chosen.runs_at_once)


@cache
def _of(folder: Path, at_once: int) -> LocalRunner:
    return LocalRunner(Store(folder), at_once)
