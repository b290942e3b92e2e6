"""The page without a browser: what it shows, and what it does with any text."""

import pytest

from core.inspection.text.reading import CELLS, read, verdict
from core.ui.sections.sentence.field import SAMPLES
from core.ui.sections.sentence.state import FIRST, SentenceState
from tests.support.apps import as_read, html, open_with, told

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")


def open_page(**query):
    return open_with("sentence", **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info]))


def test_it_opens_with_a_sentence_that_has_been_read():
    app = open_page()
    assert app.title[0].value == "Read a sentence"
    for cell in CELLS:
        strip = told(app, f"hidden-{cell}")
        assert [word.lower() for word in strip["words"]] == list(FOOD)
        assert read(cell, FOOD).verdicts[-1] > 0.9
    counted = verdict("sentence-bag", FOOD)
    assert f"{100 * max(counted, 1 - counted):.1f} %" in html(app)
    for key in ("prediction", "hidden-state"):
        assert app.get_by_key(key) is not None
    assert told(open_page(sentence_look="Step by step"), "sentence-player")["words"]


@pytest.mark.parametrize("section", ["Hidden state", "Step by step", "Gates"])
def test_every_control_has_a_help_text(section):
    app = open_page(sentence_look=section)
    for widgets in (app.button, app.text_input, app.button_group):
        for widget in widgets:
            assert widget.help, widget.label


def test_a_sample_is_read_and_undo_brings_the_sentence_back():
    app = open_page()
    app.button(key="sentence-sample-2").click().run()
    assert told(app, "sentence-field")["text"] == SAMPLES[2]
    assert told(app, "hidden-lstm")["words"] == SAMPLES[2].split()
    app.button(key="sentence-clear").click().run()
    assert told(app, "hidden-lstm")["words"] == []
    assert app.button(key="sentence-clear").disabled
    for expected in (SAMPLES[2], FIRST):
        app.button(key="sentence-undo").click().run()
        assert told(app, "sentence-field")["text"] == expected
    assert app.button(key="sentence-undo").disabled


def test_the_address_holds_the_sentence_and_what_is_looked_at():
    app = open_page(text="A dull film", cell="gru", unit="3")
    assert told(app, "hidden-gru")["words"] == ["A", "dull", "film"]
    assert told(app, "hidden-gru")["chosen"]["row"] == 3
    assert told(app, "sentence-field")["address"] == "text"  # the browser keeps it there
    app.button_group(key="sentence-look").set_value("Step by step").run()
    assert told(app, "sentence-player")["cell"] == "gru"
    app.button_group(key="sentence-look").set_value("Gates").run()
    assert told(app, "gates-gru-0")["tracks"]
    app.button_group(key="sentence-cell").set_value("RNN").run()
    assert app.query_params["cell"] == "rnn"


def test_opening_the_page_leaves_the_address_alone():
    assert not open_page().query_params


@pytest.mark.parametrize("unit", ["-1", "seven", "99999999999", "٣", ""])
def test_an_address_that_makes_no_sense_is_passed_over(unit):
    app = open_page(text="good", cell="transformer", unit=unit, sentence_look="Step by step")
    assert told(app, "sentence-player")["cell"] == "lstm"
    assert 0 <= told(app, "sentence-player")["unit"] < 24


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "a",
        "😀👩‍👩‍👧 🏳️‍🌈",
        "\u05e9\u05dc\u05d5\u05dd \u202e\u05e2\u05d5\u05dc\u05dd",
        "Zal\u0335\u0321go \u200b\u200d",
        "\x00\x07 nul",
        "<script>alert(1)</script>",
        "**bold** $$x^2$$ :red[no] [link](http://x) `code` # title",
        "good " * 25_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_any_text_is_read_calmly(text):
    app = open_page()
    state: SentenceState = app.session_state["sentence"]
    state.replace(text)
    app.run()
    assert not app.exception
    shown = told(app, "hidden-rnn")["words"]
    assert len(shown) <= 200
    assert ("Only the first 200 words" in words(app)) == (len(text) > 10_000)
    assert "<script>" not in html(app)


def test_a_plain_rnn_says_that_it_has_no_gates():
    app = open_page(cell="rnn", sentence_look="Gates")
    assert "no gates" in words(app)
    app.button_group(key="sentence-cell").set_value("LSTM").run()
    assert not app.exception
    assert [track["title"][:6] for track in told(app, "gates-lstm-0")["tracks"]] == ["Forget", "Input ", "Candid"]


def test_two_food_sentences_have_the_same_words_and_opposite_verdicts():
    app = open_page(text="something else", sentence_look="Two sentences")
    assert "differ in their words" in words(app)
    app.button(key="sentence-food").click().run()
    assert "cannot tell these two apart" in words(app)
    page = html(app)
    counted = 100 * verdict("sentence-bag", FOOD)
    assert f"<td>{counted:.1f} %</td><td>{counted:.1f} %</td><td>+0.0</td>" in page
    app.text_input(key="sentence-other").set_value("<b>:red[x]</b>").run()
    assert not app.exception
    assert "<b>" not in html(app).replace("<b>CNN", "")
    app.text_input(key="sentence-other").set_value("").run()
    assert "Two sentences are needed" in words(app)
