"""What the store needs of a database, whichever it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol


class StoreProblem(RuntimeError):
    """The store cannot be read or written; the message is for people."""


class StoreAway(StoreProblem):
    """The database does not answer, or went away during the call; it may be there again in a moment."""


class FoundRows(Protocol):
    """What a statement has found or changed."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchone(self) -> Any:
        """Return the first row that was not returned before, or None."""

    def fetchall(self) -> list[Any]:
        """Return all rows that were not returned before."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A database to which statements are given, in the SQL that SQLite and PostgreSQL have in common.

    Every value has a ``?``; truth is 1 and 0, never a condition by itself; what `ORDER BY` computes with is a column.
    """

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> FoundRows:
        """Execute a statement with its values."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Execute a statement once with every row of values."""


class Engine(Protocol):
    """A kind of database. Thread-safe; opening raises `StoreProblem`, and so does whatever goes wrong within."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Yield the database; every statement is for itself."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Yield the database for a transaction, alone among all processes that write."""

    def kept_open(self) -> AbstractContextManager[None]:
        """Have many calls cost less that follow one another, where each would open and close the database."""
        return nullcontext()

    def listen(self, table: str, call: Callable[[], object]) -> bool:
        """Call something, in another thread, after rows came into a table; return whether this database can tell.

        It is also called when that can have happened unseen.
        """

    def close(self) -> None:
        """End what is open; nothing is used afterwards."""
