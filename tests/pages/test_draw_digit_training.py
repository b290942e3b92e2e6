"""Reading by movement, trained on "Draw a digit": an ordinary sweep of RNN, GRU and LSTM, without a worker."""

from pathlib import Path

import pytest

from core.data.pen.unipen import characters
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig
from core.runs.workers import local
from core.training.tasks.pen import PenTask
from tests.support.apps import open_page
from tests.support.collection import write_collection
from tests.support.runs import Notebook


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[SweepConfig]:
    """The sweeps that the page's runner was asked for; it starts none."""
    asked: list[SweepConfig] = []
    runner = Notebook(Store(tmp_path / "runs"))
    monkeypatch.setattr(runner, "start_sweep", lambda config, by: asked.append(config) or "sweep", raising=False)
    monkeypatch.setattr(local, "runner", lambda: runner)
    return asked


def test_all_three_are_trained_on_letters_at_one_click(
    started: list[SweepConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "data"))
    write_collection(tmp_path / "data" / "unipen")
    characters.cache_clear()
    app = open_page("draw_digit", **{"draw-look": "Train it here"})
    app.get_by_key("movements-characters").set_value("capitals").run()
    app.button(key="movements-train").click().run()
    assert not app.exception
    (config,) = started
    task = config.base.task
    assert isinstance(task, PenTask)
    assert task.characters == "capitals" and task.movements == 10_000
    assert config.vary[0].values == ("rnn", "gru", "lstm")
    characters.cache_clear()


def test_without_the_collection_the_page_says_what_to_do(
    started: list[SweepConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    app = open_page("draw_digit", **{"draw-look": "Train it here"})
    said = " ".join(one.value for one in app.caption)
    assert "`PLAYGROUND_DATA`" in said
    assert "Nothing can be trained on this server without" in said and "UNIPEN" in said
    assert not app.exception
