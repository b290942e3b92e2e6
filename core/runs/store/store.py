"""Runs, their history, their queue and their sweeps, in one database that many processes share."""

from core.runs.store.attempt_rows import AttemptRows
from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.command_rows import CommandRows
from core.runs.store.database import StoreProblem
from core.runs.store.history_rows import HistoryRows
from core.runs.store.queue_rows import Busy, QueueRows, new_id
from core.runs.store.storage_rows import StorageRows
from core.runs.store.sweep_rows import SweepRows
from core.runs.store.tidying_rows import TidyingRows
from core.runs.store.used_rows import UsedRows

__all__ = ["Busy", "Store", "StoreProblem", "new_id"]


class Store(QueueRows, TidyingRows, HistoryRows, CommandRows, SweepRows, UsedRows, StorageRows, AttemptRows):
    """The runs in one folder. Cheap to create; every call opens the file anew, so any thread may use it."""

    def checkpoints(self, run: str) -> CheckpointStore:
        """Return the weights of a run, to read and to write."""
        return CheckpointStore(self.folder / run)
