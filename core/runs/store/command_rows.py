"""Commands on their way to the processes that train."""

import threading

from core.runs.store.database import Database
from core.runs.store.record import Command


class CommandRows(Database):
    """The commands in the store."""

    def command(self, run: str, command: Command, value: float = 0.0) -> None:
        """Leave a command for the process of a run."""
        with self._write() as database:
            database.execute(
                "INSERT INTO commands (run, command, value) SELECT id, ?, ? FROM runs WHERE id = ?",
                (command, value, run),
            )

    def told_of_commands(self) -> threading.Event | None:
        """Return what is set from now on whenever somebody leaves a command; None where this database cannot tell."""
        told = threading.Event()
        return told if self._engine.listen("commands", told.set) else None

    def commands(self, run: str, after: int = 0) -> list[tuple[int, Command, float]]:
        """Return (number, command, value) of the commands for a run with a number above `after`, in order."""
        with self._read() as database:
            return database.execute(
                "SELECT number, command, value FROM commands WHERE run = ? AND number > ? ORDER BY number", (run, after)
            ).fetchall()
