"""Runs that take a moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.runs.workers.local import LocalRunner
from core.training.config import TrainConfig
from tests.support.stripes import short_run, store_stripes


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run of 40 updates, in less than a second."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return short_run(store_stripes())


@pytest.fixture
def endless(config: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run that goes on until it is stopped."""
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000000")
    return config.model_copy(update={"training": config.training.model_copy(update={"epochs": 50_000})})


@pytest.fixture
def store(database: str, tmp_path: Path) -> Store:
    """A store in each kind of database."""
    return Store(tmp_path / "runs")


@pytest.fixture
def runner(store: Store) -> Iterator[LocalRunner]:
    runner = LocalRunner(store, at_once=1)
    yield runner
    runner.close()
