"""The store as an SQLite file that many processes of one machine share: opened for every call."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.runs.store.engine import Engine, StoreProblem
from core.runs.store.schema import NewerStore, migrate


class SqliteFile(Engine):
    """The file ``runs.sqlite`` in a folder.

    Args:
        folder: where it is.
        patience: seconds that a call waits for others who write.
    """

    def __init__(self, folder: Path, patience: float) -> None:
        self.folder, self._patience = folder, patience
        self._ready = False
        self._opening = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the database for a transaction, alone among all processes that write."""
        with self.reading() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.commit()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the database; every statement is for itself."""
        with _problems_in_words(), closing(self._open()) as database:
            yield database

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Hold the file open: after the call that closes it last SQLite copies its log into it, every time."""
        with _problems_in_words():
            database = self._open()
            database.execute("PRAGMA user_version").fetchone()  # the first reading opens it
        try:
            yield
        finally:
            database.close()

    def _open(self) -> sqlite3.Connection:
        if not self._ready:
            self.folder.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.folder / "runs.sqlite", timeout=self._patience, isolation_level=None)
        try:
            with self._opening:  # SQLite does not wait here for another thread that does the same
                if not self._ready:
                    self._use_log(database)
                    migrate(database)
                    self._ready = True
            database.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            database.close()
            raise
        return database

    def _use_log(self, database: sqlite3.Connection) -> None:
        """Have readers and a writer not wait for one another: SQLite's write-ahead log."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                database.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # Of processes that change a file at once, SQLite lets all but one fail at once, whatever the timeout.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(0.01)

    def listen(self, table: str, call: Callable[[], object]) -> bool:
        """Do nothing: a file tells nobody."""
        return False

    def close(self) -> None:
        """Do nothing: the file is open during a call only."""


@contextmanager
def _problems_in_words() -> Iterator[None]:
    try:
        yield
    except NewerStore as newer:
        raise StoreProblem(str(newer)) from None
    except sqlite3.Error as error:
        raise StoreProblem(_sentence(str(error))) from None
    except OSError as error:
        raise StoreProblem(f"The folder of the runs cannot be used: {error.strerror or error}.") from None


def _sentence(error: str) -> str:
    if "locked" in error:
        return "The store of the runs is busy; try again in a moment."
    if "full" in error:
        return "The disk is full, so nothing of a run can be kept."
    if "readonly" in error or "unable to open" in error:
        return "The folder of the runs cannot be written to."
    return f"The store of the runs cannot be used: {error}."
