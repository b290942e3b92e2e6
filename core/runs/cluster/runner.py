"""Runs on a cluster: the same queue, and seats on several machines."""

from functools import cache
from pathlib import Path

from core.runs.cluster.dispatcher import Dispatcher
from core.runs.cluster.seats import Cluster
from core.runs.store.record import Command
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.workers.commands import send, stop
from core.runs.workers.queue_runner import QueueRunner
from core.settings import settings
from core.wording import counted


class ClusterRunner(QueueRunner):
    """Has the runs of the queue trained by the seats of a cluster."""

    def __init__(self, store: Store, cluster: Cluster) -> None:
        self._cluster = cluster
        self.dispatcher = Dispatcher(store, cluster)
        super().__init__(store, self.dispatcher)

    def about(self) -> str:
        """Where it trains, for people: "4 seats, 2 GPUs on 3 machines"."""
        return describe(self._cluster)

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        """Send a command to a run; nothing where it has ended."""
        send(self._store, run, command, by, value)
        self.dispatcher.commanded(run, command == "stop")

    def _stop(self, run: str) -> None:
        stop(self._store, run)
        self.dispatcher.commanded(run, stops=True)

    def _trials_at_once(self) -> int:
        return max(settings().trials_at_once, len(self._cluster.seats()))


def describe(cluster: Cluster) -> str:
    """Return what a cluster has, for people."""
    seats = cluster.seats()
    if not seats:
        return "No machine of the cluster answers"
    gpus = len({(seat.machine, seat.gpu_id) for seat in seats if seat.gpu})
    machines = counted(len({seat.machine for seat in seats}), "machine")
    return ", ".join([counted(len(seats), "seat")] + ([counted(gpus, "GPU")] if gpus else [])) + f" on {machines}"


@cache
def cluster_runner(home: Path, address: str) -> ClusterRunner:
    """Return the runner over the runs in a home, on the Ray cluster of an address."""
    from core.runs.cluster.engine import RayCluster

    cluster = RayCluster(home, address)
    runner = ClusterRunner(Store(home / "runs"), cluster)
    cluster.on_news = runner.dispatcher.wake
    return runner
