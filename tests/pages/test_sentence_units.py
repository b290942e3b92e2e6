"""One unit, and passages like the marked words, without a browser."""

import re

import pytest

from core.data.sources import DownloadFailed
from core.data.text import corpora
from core.inspection.text.library import forget_library, read_library
from core.inspection.text.passages import choose_units, rank_units, search_passages
from core.inspection.text.reading import read
from core.ui.widgets import download_data as fetching
from tests.support.apps import as_read, html, open_with, told

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")


def open_page(**query):
    return open_with("sentence", **query)


def open_unit(**query):
    return open_page(sentence_look="One unit", **query)


def open_passages(**query):
    return open_page(sentence_look="Find units", **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.warning]))


@pytest.fixture
def no_reviews(monkeypatch, tmp_path):
    """A machine on which only made sentences are at hand."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    forget_library()
    corpora.treebank.cache_clear()
    yield
    monkeypatch.undo()
    forget_library()


def test_one_unit_is_told():
    app = open_unit(unit="7")
    strip = told(app, "sentence-unit-strips")
    assert strip["words"] == ["The", "food", "was", "good", ",", "not", "bad", "at", "all"]
    assert strip["tracks"][0]["values"] == pytest.approx(read("lstm", FOOD).states[1:, 7].tolist(), abs=1e-4)
    assert strip["tracks"][0]["signed"] is True
    assert strip["chosen"]["row"] == app.slider(key="sentence-unit").value == 7
    app.button_group(key="unit-look").set_value("What it follows").run()
    assert re.search(r"\*\*Unit 7 follows .* r = \S+ over [\d,]+ words", words(app))
    for said in ("negation", "best in the LSTM"):
        assert said in html(app)
    app.button_group(key="unit-look").set_value("Its strongest words").run()
    for said in ("Push it up", "It is lowest after"):
        assert said in html(app)
    assert "Looked through: " in words(app)


def test_the_slider_chooses_the_unit_for_the_whole_page():
    app = open_unit(unit_look="What it follows")
    app.slider(key="sentence-unit").set_value(12).run()
    assert not app.exception
    assert app.session_state["sentence"].unit == 12
    assert app.query_params["unit"] == "12"
    assert "Unit 12" in words(app)
    app.button_group(key="sentence-look").set_value("Hidden state").run()
    assert told(app, "hidden-lstm")["chosen"]["row"] == 12


def test_passages_are_those_of_the_search():
    app = open_passages(sentence_span="4-4", sentence_threshold="0.3")
    strip = told(app, "sentence-span-strips")
    assert strip["span"] == [3, 4]
    assert app.slider(key="sentence-words").value == (4, 4)
    chosen = choose_units(rank_units(read("lstm", FOOD).states[1:], (3, 4), 0.3))
    found = search_passages(read_library("lstm"), chosen, 1, 0.3, FOOD)
    assert f"**{found.count}**" in words(app)
    assert html(app).count("<mark>") == len(found.passages)
    app.button(key="sentence-passage-0").click().run()
    assert not app.exception
    first = read_library("lstm").corpus.sentences[found.passages[0].sentence]
    assert app.session_state["sentence"].sentence.words == first
    app.button(key="sentence-undo").click().run()
    assert app.session_state["sentence"].sentence.words == FOOD


def test_slider_and_address_mark_words_and_another_sentence_forgets_them():
    app = open_passages(sentence_span="2-5")
    assert told(app, "sentence-span-strips")["span"] == [1, 5]
    app.slider(key="sentence-words").set_value((6, 9)).run()
    assert told(app, "sentence-span-strips")["span"] == [5, 9]
    assert app.query_params["sentence-span"] == "6-9"
    app.session_state["sentence"].replace("A dull film")
    app.run()
    assert not app.exception
    first, stop = told(app, "sentence-span-strips")["span"]
    assert 0 <= first < stop <= 3


@pytest.mark.parametrize("value", ["", "0-3", "3", "5-2", "1-99", "a-b", "-", "٣-٣", "1-2-3", "99999-999999", "<b>"])
def test_nonsense_in_the_address_is_harmless(value):
    app = open_passages(sentence_span=value, sentence_threshold=value, unit=value)
    first, stop = told(app, "sentence-span-strips")["span"]
    assert 0 <= first < stop <= 9
    assert app.slider(key="sentence-threshold").value == 0.3


@pytest.mark.parametrize("text", ["", "Great!", "great", "good film " * 150, "<script>alert(1)</script> :red[x] **b**"])
@pytest.mark.parametrize("threshold", ["0.05", "0.95"])
def test_any_sentence_is_met_calmly(text, threshold):
    for app in (open_unit(text=text), open_passages(text=text, sentence_threshold=threshold)):
        assert "<script>" not in html(app)
        app.segmented_control(key="sentence-cell").set_value("RNN").run()
        assert not app.exception


def test_every_control_has_a_help_text():
    for app in (open_unit(), open_passages()):
        for widgets in (app.button, app.slider, app.button_group):
            for widget in widgets:
                assert widget.help, widget.label


def test_without_the_reviews_made_sentences_do_and_the_reviews_are_offered(no_reviews, monkeypatch):
    app = open_passages()
    assert "Only sentences made by rule are looked through" in words(app)
    assert html(app).count("<mark>") > 0
    button = app.button(key="sentence-passages-download")
    assert button.label == "Download the film reviews (1.0 MB)"

    def fail(_name, _progress):
        raise DownloadFailed("The server cannot be reached.")

    monkeypatch.setattr(fetching, "download", fail)
    button.click().run()
    assert not app.exception
    assert "cannot be reached. Nothing is lost" in app.warning[0].value


def test_reviews_that_arrive_are_looked_through(no_reviews, monkeypatch, tmp_path):
    app = open_unit(unit="3", unit_look="What it follows")
    before = len(read_library("lstm").words)

    def arrive(_name, progress):
        progress(1, 2)
        folder = tmp_path / "home" / "data" / "sst2"
        folder.mkdir(parents=True)
        for part in ("train", "dev", "test"):
            (folder / f"stsa.binary.{part}").write_text("1 a fine film .\n0 not a fine film .\n")

    monkeypatch.setattr(fetching, "download", arrive)
    app.button(key="sentence-unit-download").click().run()
    assert not app.exception
    assert len(read_library("lstm").words) == before + 9
    assert "2 sentences of film reviews" in words(app)
    corpora.treebank.cache_clear()
