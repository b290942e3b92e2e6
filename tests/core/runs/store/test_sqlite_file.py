"""The store as a file: what a training that holds it open saves, and what it does not hide."""

from pathlib import Path

import pytest

from core.runs.store.engine import StoreProblem
from core.runs.store.sqlite_file import SqliteFile


def write(file: SqliteFile, step: int) -> int:
    """Write a row; return how many bytes of the log wait to be copied into the file."""
    with file.writing() as database:
        database.execute("CREATE TABLE IF NOT EXISTS steps (step INTEGER)")
        database.execute("INSERT INTO steps VALUES (?)", (step,))
    log = file.folder / "runs.sqlite-wal"
    return log.stat().st_size if log.exists() else 0


def test_while_it_is_kept_open_no_call_copies_the_log_into_the_file(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path, 5.0)
    assert write(file, 0) == 0
    with file.kept_open():
        assert 0 < write(file, 1) < write(file, 2)
        other = SqliteFile(tmp_path, 5.0)
        assert write(other, 3) > 0
    assert not (tmp_path / "runs.sqlite-wal").exists()
    with file.reading() as database:
        assert database.execute("SELECT step FROM steps ORDER BY step").fetchall() == [(0,), (1,), (2,), (3,)]


def test_what_goes_wrong_meanwhile_is_no_problem_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk"), SqliteFile(tmp_path, 5.0).kept_open():
        raise OSError("the disk of the pictures")


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreProblem, match="cannot be used"), SqliteFile(tmp_path / "taken", 5.0).kept_open():
        pass
