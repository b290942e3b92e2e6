"""A PostgreSQL of Debian's package, started for the tests on a socket of its own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest

USER = "postgres"
_FAST = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=40")


def missing() -> str:
    """Return what there is not that a PostgreSQL for tests needs; empty where all is there."""
    if not find_spec("psycopg"):
        return "psycopg is not installed"
    return "" if _program("initdb") else "PostgreSQL is not installed"


class Server:
    """A PostgreSQL that can be stopped and started again.

    Attributes:
        folder: with its data and its socket.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.chown(folder, USER) if os.geteuid() == 0 else None
        self._call("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        options = " ".join(f"-c {one}" for one in (*_FAST, f"unix_socket_directories={self.folder}"))
        self._call("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        self._call("pg_ctl", "-D", self.folder / "data", "-w", "-m", "fast", "stop")

    def address(self, schema: str = "public") -> str:
        """Return what goes into PLAYGROUND_DATABASE, for tables in a schema of their own."""
        options = quote(f"-csearch_path={schema}")
        return f"postgresql:///postgres?host={quote(str(self.folder))}&user={USER}&options={options}"

    def _call(self, program: str, *arguments: object) -> None:
        """Call one of its programs, by a user who is not root: it refuses to work for root."""
        found = _program(program)
        assert found
        other = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        subprocess.run([*other, found, *map(str, arguments)], check=True, capture_output=True, cwd=self.folder)


def _program(name: str) -> str | None:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(newest[-1]) if newest else shutil.which(name)


@contextlib.contextmanager
def running_postgres() -> Iterator[Server]:
    """Start a PostgreSQL, and take it away at the end; the test is skipped where there is none."""
    if reason := missing():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory() as folder:  # not pytest's, which only its own user may enter
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def empty_database(server: Server, home: Path) -> Iterator[None]:
    """Let a home keep its rows in a database without any, within the context."""
    import psycopg

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_HOME", str(home))
        patch.setenv("PLAYGROUND_DATABASE", server.address())
        (home / "runs").mkdir(exist_ok=True)  # where the file would be, weights are beside it
        yield
    with psycopg.connect(server.address()) as database:
        for (table,) in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            if table != "store_version":
                database.execute(f"DELETE FROM {table}")
