"""Whose networks a person uses on the other pages, so that a full page load or a new server forgets none."""

import json

from core.runs.store.database import Database


class UsedRows(Database):
    """The networks in use in the store."""

    def used(self, session: str) -> tuple[str, ...]:
        """Return the ids of the runs whose networks a person uses, the last one first."""
        with self._read() as database:
            found = database.execute("SELECT runs FROM used WHERE session = ?", (session,)).fetchone()
        return tuple(json.loads(found[0])) if found else ()

    def use(self, session: str, runs: tuple[str, ...]) -> None:
        """Keep the ids of the runs whose networks a person uses."""
        with self._write() as database:
            database.execute(
                "INSERT INTO used (session, runs) VALUES (?, ?) "
                "ON CONFLICT (session) DO UPDATE SET runs = excluded.runs",
                (session, json.dumps(runs)),
            )
