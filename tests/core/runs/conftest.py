"""Runs that take a moment: little pictures of stripes, lying and standing, as a data set of one's own."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.labelled import ImageSet
from core.data.own import OWN, OwnSet, store_own
from core.models.design import MLP
from core.runs.local import LocalRunner
from core.runs.store import Store
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.images import ImageTask


def stripes(count: int, seed: int) -> ImageSet:
    draw = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    images = np.zeros((count, 28, 28), np.uint8)
    for image, label, place in zip(images, labels, draw.integers(0, 28, count), strict=True):
        (image if label else image.T)[place] = 255
    return ImageSet(images, labels, np.full(count, -1), "stripes", False, ("standing", "lying"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for runs and data, with the stripes in it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def _stripes(home: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_HOME", str(home))
        return OWN + store_own(OwnSet(stripes(240, 0), stripes(60, 1), inverted=False), "stripes")


@pytest.fixture
def config(_stripes: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> TrainConfig:
    """A run of 40 updates, in less than a second."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(home))
    return TrainConfig(
        title="stripes",
        task=ImageTask(data=_stripes, validation_images=40, network=MLP(hidden=(16,))),
        training=Training(batch_size=20, epochs=4, learning_rate=0.01, seed=3),
    )


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
