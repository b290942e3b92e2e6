"""Runs that take a moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.runs.workers.local import LocalRunner
from core.training.config import TrainConfig
from tests.support.stripes import short_run, store_stripes


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for runs and data, with the stripes in it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def _stripes(home: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_HOME", str(home))
        return store_stripes()


@pytest.fixture
def config(_stripes: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run of 40 updates, in less than a second."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(home))
    return short_run(_stripes)


@pytest.fixture
def endless(config: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run that goes on until it is stopped."""
    monkeypatch.setenv("PLAYGROUND_MAX_EPOCHS", "1000000")
    return config.model_copy(update={"training": config.training.model_copy(update={"epochs": 50_000})})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs")


@pytest.fixture
def runner(store: Store) -> Iterator[LocalRunner]:
    runner = LocalRunner(store, at_once=1)
    yield runner
    runner.close()
