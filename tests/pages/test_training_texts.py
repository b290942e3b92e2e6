"""Surnames and tags are trained from their pages, as ordinary runs; without their data a sentence says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import nn

from core.data.sources import DownloadFailed, folder_of
from core.data.text.surnames import LANGUAGES, _test_part, surnames
from core.runs.store.store import Store
from core.runs.sweeps.trials import sweep_table
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from core.training.tasks.next_letter import NextLetterTask, PassageTask, TuneTask
from core.training.tasks.sentences import SentenceTask
from core.training.tasks.surnames import SurnameTask
from core.training.tasks.tagging import TaggingTask
from core.ui.sections.letters import own_passages, own_tunes
from tests.support.apps import html, html_of, open_page, told
from tests.support.runs import ended_sweep

TRAIN_NAMES = {"letters-section": "Names", "names-look": "Train it here"}
TRAIN_TUNES = {"letters-section": "Tunes", "tunes-look": "Train it here"}
TRAIN_PASSAGES = {"letters-look": "Train it here"}
needs_tunes = pytest.mark.skipif(folder_of("tunes") is None, reason="the folk tunes are not here")
needs_plays = pytest.mark.skipif(folder_of("tinyshakespeare") is None, reason="the plays are not here")
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


@pytest.fixture
def few_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A list of twenty names of every language in PLAYGROUND_DATA; how many of them are tested on."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    (tmp_path / "names").mkdir()
    for place, language in enumerate(LANGUAGES):
        names = "".join(f"{language[:4]}{chr(97 + place)}{chr(97 + number)}\n" for number in range(20))
        (tmp_path / "names" / f"{language}.txt").write_text(names, encoding="utf-8")
    for known in (surnames, _test_part):
        known.cache_clear()
    yield 4 * len(LANGUAGES)
    for known in (surnames, _test_part):
        known.cache_clear()


def test_surnames_are_trained_and_the_networks_read(
    few_names: int, runner: LocalRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SurnameTask, "kinds", {kind: SurnameTask.kinds[kind] for kind in ("rnn", "sinusoidal")})
    app = open_page("letters", **TRAIN_NAMES)
    app.slider(key="names-epochs").set_value(1).run()
    app.select_slider(key="names-hidden").set_value(16).run()
    app.button(key="surnames-train").click().run()
    assert wait(runner) == ["finished"] * 2
    app.run()
    assert not app.exception
    assert html(app).count(f" of {few_names}: ") == 2
    app.button_group(key="names-look").set_value("One name").run()
    before = html(app)
    app.button_group(key="names-reader").set_value("Your Transformer").run()
    assert not app.exception
    assert html(app) != before


def untrained(task: NextLetterTask) -> list[tuple[str, nn.Module]]:
    """Networks as a sweep leaves them, but that nobody has trained them."""
    small = task.model_copy(update={"network": task.network.model_copy(update={"hidden_size": 8})})
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return [(kind, small.with_network(kind).build(task.classes).eval()) for kind in ("rnn", "lstm")]


@needs_tunes
def test_ones_own_networks_write_tunes(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_tunes, "networks_trained_here", lambda learns: untrained(TuneTask()))
    monkeypatch.setattr(own_tunes, "JUDGED", 1)
    monkeypatch.setattr("core.inspection.letters.tunes.LONGEST", 60)
    app = open_page("letters", **TRAIN_TUNES)
    app.button(key="tunes-judge").click().run()
    assert not app.exception
    assert html_of(app, "own-tunes").count("Your ") == 2
    app.button_group(key="tunes-look").set_value("Write a tune").run()
    shipped = told(app, "tunes-score")["abc"]
    app.button_group(key="tunes-whose").set_value("Yours").run()
    assert not app.exception
    assert told(app, "tunes-score")["abc"] != shipped
    app.button_group(key="tunes-network").set_value("GRU").run()  # none of that kind was trained
    assert not [one for one in app.button_group if one.key == "tunes-whose"]


@needs_plays
def test_ones_own_networks_go_on_from_the_text(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_passages, "networks_trained_here", lambda learns: untrained(PassageTask()))
    app = open_page("letters", text="<b>To be", **TRAIN_PASSAGES)
    assert not app.exception
    assert html_of(app, "own-passages").count("Your ") == 2


@pytest.mark.parametrize("page", ["sentence", "order"])
def test_ones_own_networks_read_the_sentences_above(
    page: str, runner: LocalRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.widgets.train_here.folder_of", lambda name: Path())
    with torch.random.fork_rng(devices=[]):
        own = [(kind, SentenceTask().with_network(kind).build(2).eval()) for kind in SentenceTask.kinds]
    monkeypatch.setattr("core.ui.widgets.train_sentences.networks_trained_here", lambda learns: own)
    app = open_page(page, **{f"{page}-look": "Train it here"})
    assert not app.exception
    shown = html_of(app, "own-readers")
    assert all(title in shown for title in SentenceTask.kinds.values())


def test_ones_own_networks_tag_the_sentences_above(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.ui.widgets.train_here.folder_of", lambda name: Path())
    with torch.random.fork_rng(devices=[]):
        own = [(kind, TaggingTask().with_network(kind).build(TaggingTask.classes).eval()) for kind in TaggingTask.kinds]
    monkeypatch.setattr("core.ui.sections.both_ways.training.networks_trained_here", lambda learns: own)
    app = open_page("both_ways", first="<i>Roosevelt</i>", second="", **TRAIN_TAGS)
    assert not app.exception
    shown = html_of(app, "own-taggers")
    assert all(f"Your {title}" in shown for title in TaggingTask.kinds.values())
    assert "<i>Roosevelt" not in shown and "no person, no place" in shown


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "key", "learns"),
    [
        pytest.param(TRAIN_TUNES, "tune-writers", "tunes", marks=needs_tunes),
        pytest.param(TRAIN_PASSAGES, "passages", "passages", marks=needs_plays),
    ],
)
def test_networks_that_write_are_trained(runner: LocalRunner, query: dict[str, str], key: str, learns: str) -> None:
    app = open_page("letters", **query)
    app.slider(key=f"{key}-epochs").set_value(1).run()
    app.select_slider(key=f"{key}-hidden").set_value(32).run()
    app.button(key=f"{learns}-train").click().run()
    assert wait(runner) == ["finished"] * 3
    app.run()
    assert not app.exception
    assert html(app).count(" letters right") == 1 and html(app).count(" of ") >= 3


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
    assert html(app).count(" of 600: ") == 3
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
