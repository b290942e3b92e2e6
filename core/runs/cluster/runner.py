"""Runs on a cluster: the same queue, and seats on several machines."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from core.runs.cluster.agent_process import AgentProcess
from core.runs.cluster.seats import SeatState
from core.runs.store.record import Command
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.workers.commands import send, stop
from core.runs.workers.queue_runner import QueueRunner
from core.settings import settings
from core.wording import counted


class ClusterRunner(QueueRunner):
    """Has the runs of the queue trained by the seats of a cluster."""

    def __init__(self, store: Store, agent: AgentProcess) -> None:
        self.agent = agent
        super().__init__(store, agent)

    def about(self) -> str:
        """Where it trains, for people: "4 seats, 2 GPUs on 3 machines"."""
        return self.trouble() or describe(self.agent.seats())

    def trouble(self) -> str:
        """Why nothing can be trained now, as a sentence without its full stop; empty where that is not so."""
        return self.agent.trouble()

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        """Send a command to a run; nothing where it has ended."""
        send(self._store, run, command, by, value)
        self.agent.told(run, stops=command == "stop")

    def _stop(self, run: str) -> None:
        stop(self._store, run)
        self.agent.told(run, stops=True)

    def _trials_at_once(self) -> int:
        return max(settings().trials_at_once, len(self.agent.seats()))


def describe(seats: Sequence[SeatState]) -> str:
    """Return what a cluster has, for people."""
    gpus = len({(seat.machine, seat.gpu_id) for seat in seats if seat.gpu})
    machines = counted(len({seat.machine for seat in seats}), "machine")
    return ", ".join([counted(len(seats), "seat")] + ([counted(gpus, "GPU")] if gpus else [])) + f" on {machines}"


@cache
def cluster_runner(home: Path, address: str) -> ClusterRunner:
    """Return the runner over the runs in a home, on the Ray cluster of an address."""
    return ClusterRunner(Store(home / "runs"), AgentProcess(home.resolve(), address))
