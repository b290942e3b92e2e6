"""Surnames and tags are trained from their pages, as ordinary runs; without their data a sentence says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.data.sources import DownloadFailed, folder_of
from core.runs.store.store import Store
from core.runs.sweeps.trials import sweep_table
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from core.training.tasks.surnames import SurnameTask
from tests.support.apps import html, html_of, open_page
from tests.support.runs import ended_sweep

TRAIN_NAMES = {"letters-section": "Names", "names-look": "Train it here"}
TRAIN_TAGS = {"both-ways-look": "Train it here"}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRunner]:
    alone = LocalRunner(Store(tmp_path / "runs"), at_once=1)
    monkeypatch.setattr(local, "runner", lambda: alone)
    yield alone
    alone.close()


def wait(runner: LocalRunner) -> list[str]:
    (sweep,) = runner.store.sweeps()
    ended_sweep(runner.store, sweep.id)
    return [trial.run.status for trial in sweep_table(runner.store, sweep.id)]


@pytest.mark.skipif(folder_of("names") is None, reason="the list of surnames is not here")
def test_surnames_are_trained_and_the_networks_read(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SurnameTask, "kinds", {kind: SurnameTask.kinds[kind] for kind in ("rnn", "sinusoidal")})
    app = open_page("letters", **TRAIN_NAMES)
    app.slider(key="names-epochs").set_value(1).run()
    app.select_slider(key="names-hidden").set_value(16).run()
    app.button(key="surnames-train").click().run()
    assert wait(runner) == ["finished"] * 2
    app.run()
    assert not app.exception
    assert html(app).count(" of 3,387 (") == 2
    app.button_group(key="names-look").set_value("One name").run()
    before = html(app)
    app.button_group(key="names-reader").set_value("Your Transformer").run()
    assert not app.exception
    assert html(app) != before


@pytest.mark.long
def test_three_networks_that_translate_are_trained(runner: LocalRunner) -> None:
    app = open_page("translate", **{"translate-look": "Train it here"})
    app.slider(key="translation-digits").set_value(3).run()
    app.slider(key="translation-epochs").set_value(2).run()
    app.select_slider(key="translation-hidden").set_value(64).run()
    app.button(key="translations-train").click().run()
    assert wait(runner) == ["finished"] * 3
    app.run()
    assert not app.exception
    assert html(app).count(" of 600 (") == 3
    assert html_of(app, "translate-yours").count("Your ") == 3


@pytest.mark.skipif(folder_of("wnut17") is None, reason="WNUT 2017 is not here")
def test_training_of_all_readers_is_started_and_stopped(runner: LocalRunner) -> None:
    app = open_page("both_ways", **TRAIN_TAGS)
    app.select_slider(key="both-ways-hidden").set_value(16).run()
    app.button(key="tags-train").click().run()
    (sweep,) = runner.store.sweeps()
    assert sweep.config.base.task.network.hidden_size == 16
    assert sweep.config.vary[0].values == ("forward", "bidirectional", "transformer")
    app.button(key="tags-stop").click().run()
    assert not app.exception
    assert runner.store.sweep(sweep.id).status == "stopped"


@pytest.mark.parametrize(
    ("page", "words"),
    [("letters", "list of surnames"), ("both_ways", "posts")],
)
def test_without_its_data_the_page_offers_to_fetch_them(
    page: str, words: str, monkeypatch: pytest.MonkeyPatch, runner: LocalRunner
) -> None:
    monkeypatch.setattr("core.ui.widgets.train_here.folder_of", lambda name: None)
    app = open_page(page, **TRAIN_NAMES, **TRAIN_TAGS)
    assert words in " ".join(one.value for one in app.caption)
    assert [button for button in app.button if "Download" in button.label]
    assert not [button for button in app.button if button.label.startswith("Train ")]


def test_where_there_is_no_internet_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch, runner: LocalRunner) -> None:
    def fail(name: str, show: object) -> None:
        raise DownloadFailed("the list of surnames could not be downloaded: the server cannot be reached.")

    monkeypatch.setattr("core.ui.widgets.train_here.folder_of", lambda name: None)
    monkeypatch.setattr("core.ui.widgets.download_data.download", fail)
    app = open_page("letters", **TRAIN_NAMES)
    app.button(key="names-download").click().run()
    assert not app.exception
    (said,) = [one.value for one in app.warning]
    assert said.startswith("The list of surnames could not be downloaded") and "the shipped networks still work" in said
