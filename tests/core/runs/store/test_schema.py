import sqlite3
import threading
import time
from pathlib import Path

import pytest

from core.runs.store.rights import SERVER
from core.runs.store.schema import VERSION
from core.runs.store.store import Store, StoreProblem
from core.training.config import BadConfig
from core.training.events import Ended

# What the first days made, before there were versions.
UNVERSIONED = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, session TEXT NOT NULL, title TEXT NOT NULL, config TEXT NOT NULL,
    status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', created REAL NOT NULL, ended REAL,
    device TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '{}',
    step INTEGER NOT NULL DEFAULT 0, epoch REAL NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL DEFAULT 0, score TEXT, restored INTEGER,
    owner TEXT NOT NULL DEFAULT '', heartbeat REAL NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS runs_by_status ON runs (status);
CREATE INDEX IF NOT EXISTS runs_by_session ON runs (session);
CREATE TABLE IF NOT EXISTS curves (number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, rows BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS curves_by_run ON curves (run, number);
CREATE TABLE IF NOT EXISTS happenings (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, kind TEXT NOT NULL,
    step INTEGER NOT NULL, epoch REAL NOT NULL, seconds REAL NOT NULL, data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS happenings_by_run ON happenings (run, number);
CREATE TABLE IF NOT EXISTS commands (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, command TEXT NOT NULL, value REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS commands_by_run ON commands (run, number);
INSERT INTO runs (id, session, title, config, status, created, score)
VALUES ('0123456789ab', 'me', 'old', '{"a": 1}', 'finished', 1.5, '{"loss": 0.5, "correct": 9, "cases": 10}');
INSERT INTO happenings (run, kind, step, epoch, seconds, data)
VALUES ('0123456789ab', 'ended', 3, 1, 2, '{"ending": "finished", "restored": null, "early": true}');
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    database = sqlite3.connect(tmp_path / "runs.sqlite")
    database.executescript(UNVERSIONED)
    database.close()
    return tmp_path


def layout(folder: Path) -> list[tuple[str, ...]]:
    """Everything that stands in the schema, column by column."""
    database = sqlite3.connect(folder / "runs.sqlite")
    try:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master ORDER BY name")]
        return [
            (name, *map(str, column)) for name in names for column in database.execute(f"PRAGMA table_info({name})")
        ]
    finally:
        database.close()


def version(folder: Path) -> int:
    database = sqlite3.connect(folder / "runs.sqlite")
    try:
        return database.execute("PRAGMA user_version").fetchone()[0]
    finally:
        database.close()


def test_a_store_without_a_version_is_taken_over(old: Path, tmp_path: Path) -> None:
    store = Store(old)
    run = store.get("0123456789ab")
    assert run is not None
    assert (run.title, run.raw_config, run.created, run.tags, run.sweep, run.parent) == (
        "old",
        {"a": 1},
        1.5,
        (),
        None,
        None,
    )
    assert run.usable
    assert store.events(run.id) == [Ended(3, 1, 2, "finished", early=True)]
    with pytest.raises(BadConfig):
        _ = run.config
    assert version(old) == VERSION
    store.set_tags(run.id, ["kept"], SERVER)
    Store(tmp_path / "new").runs()
    assert layout(old) == layout(tmp_path / "new")


def test_many_who_open_an_old_store_at_once_change_it_once(old: Path) -> None:
    problems: list[Exception] = []

    def look() -> None:
        try:
            assert len(Store(old).runs()) == 1
        except (StoreProblem, sqlite3.Error, AssertionError) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert problems == []


def test_who_opens_an_old_store_waits_for_another_who_writes_to_it(old: Path) -> None:
    other = sqlite3.connect(old / "runs.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # SQLite itself does not wait for this one when it changes to its log
    done = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    done.start()
    assert len(Store(old).runs()) == 1
    done.join()
    other.close()


def test_who_opens_an_old_store_does_not_wait_for_ever(old: Path) -> None:
    other = sqlite3.connect(old / "runs.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(StoreProblem, match="busy"):
        Store(old, patience=0.2).runs()
    assert 0.2 <= time.monotonic() - started < 2
    other.close()


def test_a_newer_store_is_left_alone_and_said(old: Path) -> None:
    database = sqlite3.connect(old / "runs.sqlite")
    database.execute(f"PRAGMA user_version = {VERSION + 7}")
    database.close()
    before = layout(old)
    with pytest.raises(StoreProblem, match=f"newer version of the playground.*version {VERSION + 7}.*PLAYGROUND_HOME"):
        Store(old).runs()
    assert (layout(old), version(old)) == (before, VERSION + 7)


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.runs.store import schema

    before = layout(old)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS[:1], (*schema.STEPS[1], "ALTER TABLE nowhere ADD COLUMN a")))
    with pytest.raises(StoreProblem, match="cannot be used"):
        Store(old).runs()
    assert (layout(old), version(old)) == (before, 0)
    monkeypatch.undo()
    assert len(Store(old).runs()) == 1
