"""What only PostgreSQL can do to the store: be away, be locked, be of another version, hold a password."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.classroom.rooms import Rooms
from core.runs.store.database import postgres as engine
from core.runs.store.record import RunSummary
from core.runs.store.schema import VERSION
from core.runs.store.store import Store, StoreProblem
from core.runs.store.used_rows import UsedRows
from core.training.config import TrainConfig
from tests.support.postgres import Server, empty_database, missing
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def elsewhere(postgres: Server, tmp_path: Path) -> Store:
    """A store whose rows are in PostgreSQL."""
    with empty_database(postgres, tmp_path):
        yield Store(tmp_path / "runs")


@pytest.fixture
def impatient(elsewhere: Store, postgres: Server) -> Iterator[Store]:
    """The same rows, seen by a process that waits for half a second only."""
    yield Store(elsewhere.folder, 0.5)
    engine(postgres.address(), 0.5).close()


def with_address(address: str, home: Path, patch: pytest.MonkeyPatch) -> Store:
    patch.setenv("PLAYGROUND_HOME", str(home))
    patch.setenv("PLAYGROUND_DATABASE", address)
    return Store(home / "runs", 1)


def test_only_the_rows_of_the_house_are_there(elsewhere: Store, tmp_path: Path) -> None:
    run = elsewhere.create(TrainConfig(title="a"), "me")
    assert not (tmp_path / "runs" / "runs.sqlite").exists()
    assert Store(tmp_path / "runs").get(run)
    assert Store(tmp_path / "of a measurement").runs() == []
    assert (tmp_path / "of a measurement" / "runs.sqlite").exists()


def test_true_and_false_and_numbers_are_those_of_sqlite(elsewhere: Store, tmp_path: Path) -> None:
    rooms, plain = Rooms(elsewhere.folder), Store(tmp_path / "file")
    teacher = rooms.open_room()
    rooms.set(teacher.person(), held=True, follow="100 % of ?")
    room = rooms.room(teacher.room)
    assert room
    assert (room.held, room.frozen, room.follow) == (True, False, "100 % of ?")
    summaries: list[RunSummary] = []
    for store in (elsewhere, plain):
        run = store.create(TrainConfig(title="a"), "me", run_id="0123456789ab")
        with store._write() as database:
            database.execute("UPDATE runs SET created = 1.25, about = ?, bytes = ?", ('{"parameters": 7}', 2**40))
        assert store.stored_runs()[0].bytes == 2**40
        summaries += store.summaries()
        assert store.count() == 1
        assert store.expected_wait(0) is None
        assert store.claim("server", 1) == run
    assert summaries[0] == summaries[1]
    assert type(summaries[0].parameters) is int


def test_text_that_no_database_takes_is_said(elsewhere: Store) -> None:
    with pytest.raises(StoreProblem, match="cannot be used"):
        UsedRows.use(elsewhere, "with a \0", ())
    assert elsewhere.count() == 0  # and the connection goes on


def test_who_writes_waits_for_others_and_says_so_in_the_end(elsewhere: Store, impatient: Store) -> None:
    elsewhere.create(TrainConfig(title="a"), "me")
    with elsewhere._write():
        with pytest.raises(StoreProblem, match="busy"):
            impatient.create(TrainConfig(title="b"), "you")
        assert impatient.count() == 1  # readers are never blocked
    impatient.create(TrainConfig(title="b"), "you")


def test_many_who_open_an_empty_database_at_once_make_the_tables_once(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    with psycopg.connect(postgres.address(), autocommit=True) as database:
        database.execute("CREATE SCHEMA many")
    address, problems = postgres.address("many"), list[Exception]()
    monkeypatch.setenv("PLAYGROUND_DATABASE", address)
    stores = []
    for _ in range(6):
        engine.cache_clear()  # as in another process
        stores.append(with_address(address, tmp_path, monkeypatch))

    def look(store: Store) -> None:
        try:
            store.create(TrainConfig(title="a"), f"person {id(store)}")
        except StoreProblem as problem:
            problems.append(problem)

    threads = [threading.Thread(target=look, args=(store,)) for store in stores]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert problems == []
    assert stores[0].count() == 6
    with stores[0]._write() as database:
        assert database.execute("SELECT version FROM store_version").fetchall() == [(VERSION,)]
        database.execute("UPDATE store_version SET version = ?", (VERSION + 7,))
    engine.cache_clear()
    newer = with_address(address, tmp_path, monkeypatch)
    with pytest.raises(StoreProblem, match=f"newer version of the playground.*version {VERSION + 7}"):
        newer.runs()
    for store in (*stores, newer):
        store._engine.close()
    engine.cache_clear()


def test_a_server_that_was_started_again_is_not_noticed(postgres: Server, impatient: Store) -> None:
    impatient.runs()
    with impatient._read(), impatient._read(), impatient._read():
        pass  # three connections are kept
    postgres.stop()
    postgres.start()
    run = impatient.create(TrainConfig(title="a"), "me")
    assert impatient.get(run)


def test_a_server_that_goes_and_comes_back(postgres: Server, impatient: Store) -> None:
    run = impatient.create(TrainConfig(title="a"), "me")
    postgres.stop()
    with pytest.raises(StoreProblem, match="does not answer"):
        impatient.get(run)
    begun = time.monotonic()
    for _ in range(20):
        with pytest.raises(StoreProblem, match="does not answer"):
            impatient.get(run)
    assert time.monotonic() - begun < 5  # once it is known to be away, no page waits for it again and again
    postgres.start()

    def found() -> bool:
        with contextlib.suppress(StoreProblem):
            return impatient.get(run) is not None
        return False

    wait_until(found, 10)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://me:secret@here/name", "has to begin with postgresql://"),
        ("postgresql://me:secret@localhost:1/name?connect_timeout=1", "does not answer"),
        ("postgresql://me:secret@localhost/name?nonsense=1", "does not answer"),
    ],
)
def test_a_wrong_address_is_said_without_its_password(
    address: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = with_address(address, tmp_path, monkeypatch)
    with pytest.raises(StoreProblem, match=says) as problem:
        store.runs()
    assert "secret" not in str(problem.value)
    store._engine.close()


def test_without_the_driver_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    engine.cache_clear()
    monkeypatch.delitem(sys.modules, "core.runs.store.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreProblem, match=r"requirements-cluster\.txt"):
        with_address("postgresql://nowhere", tmp_path, monkeypatch).runs()
    engine.cache_clear()
