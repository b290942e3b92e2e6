"""The kinds of databases in which rows are kept, each for all tests that keep any."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.rate_limit import per_minute
from tests.support.postgres import Server, empty_database, running_postgres


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let everything that uses a store use one of each kind; all but the store itself, in PostgreSQL, is for `long`."""
    if "database" in metafunc.fixturenames:
        marks = () if metafunc.definition.path.parent.name == "store" else pytest.mark.long
        metafunc.parametrize("database", ["SQLite", pytest.param("PostgreSQL", marks=marks)], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for all tests."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The kind of database in which the rows of `tmp_path / "runs"` are, where `tmp_path` is the home."""
    per_minute.cache_clear()  # what somebody of the same name did in the test before
    if request.param == "SQLite":
        yield request.param
        return
    with empty_database(request.getfixturevalue("postgres"), tmp_path):
        yield request.param
