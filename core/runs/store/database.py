"""The database behind every row of the store, which many processes share."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from core.runs.store.engine import Connection, Engine, StoreProblem
from core.runs.store.sqlite_file import SqliteFile
from core.settings import settings

__all__ = ["Connection", "Database", "StoreProblem", "marks"]

PATIENCE = 5.0
"""Seconds that a person waits for the store."""


class Database:
    """The rows of a folder: in ``runs.sqlite`` there; those of the house in ``PLAYGROUND_DATABASE``, if that is set.

    Cheap to create. Any thread may use it.

    Args:
        folder: with the weights of the runs, and what belongs to them.
        patience: seconds that a call waits for others who write, and for a database that does not answer.
    """

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self.folder = folder
        address = settings().database.get_secret_value()
        of_the_house = address and folder == settings().home / "runs"
        self._engine = postgres(address, patience) if of_the_house else SqliteFile(folder, patience)

    def kept_open(self) -> AbstractContextManager[None]:
        """Have many calls cost less that follow one another; not for a process that is forked meanwhile."""
        return self._engine.kept_open()

    def _write(self) -> AbstractContextManager[Connection]:
        """Yield the database for a transaction, alone among all processes."""
        return self._engine.writing()

    def _read(self) -> AbstractContextManager[Connection]:
        return self._engine.reading()


class _Unusable(Engine):
    """What there is instead of a database that cannot be used."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def reading(self) -> AbstractContextManager[Connection]:
        raise StoreProblem(self._reason)

    writing = reading

    def listen(self, table: str, call: Callable[[], object]) -> bool:
        return False

    def close(self) -> None: ...


@cache
def postgres(address: str, patience: float = PATIENCE) -> Engine:
    """Return the database at an address, with its connections; one for all who ask."""
    if not address.startswith("postgresql://"):
        return _Unusable("PLAYGROUND_DATABASE has to begin with postgresql://.")
    try:
        from core.runs.store.postgres import Postgres
    except ImportError:
        return _Unusable("PLAYGROUND_DATABASE needs what is in requirements-cluster.txt: install that first.")
    return Postgres(address, patience)


def marks(values: Collection[object]) -> str:
    """Return a placeholder of SQL for each value."""
    return ", ".join("?" * len(values))
