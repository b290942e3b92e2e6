"""Four sections that look closer at a sentence, without a browser."""

import json

import pytest

from core.models.shipped import card
from core.ui.sections.sentence.state import SentenceState
from tests.support.apps import as_read, html, html_of, open_with
from tests.support.figures import figure

SECTIONS = ("The path", "Which words mattered", "Any length", "What comes next", "Attention")


def open_page(section, **query):
    return open_with("sentence", sentence_look=section, **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.warning]))


def charts(app):
    return [json.loads(chart.proto.spec) for chart in app.get("echarts_chart")]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_control_has_a_help_text(section):
    app = open_page(section)
    for widgets in (app.button, app.text_input, app.button_group, app.selectbox):
        for widget in widgets:
            assert widget.help, widget.label


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "Great!",
        "<script>alert(1)</script>",
        "$$x$$ :red[no] **b** `c`",
        "xqzzt nonsensification",
        "good " * 300,
    ],
    ids=lambda text: ascii(text[:9]),
)
def test_any_sentence_is_taken_calmly(section, text):
    app = open_page(section)
    state: SentenceState = app.session_state["sentence"]
    state.replace(text)
    app.run()
    assert not app.exception
    assert "<script>" not in html(app)


def test_attention_stands_beside_leaving_out():
    app = open_page("Attention", text="The food was good, not bad at all")
    assert html_of(app, "attention").count("<span") == 9
    assert "rank correlation of both, here: **" in words(app) and "Attention is not an explanation" in words(app)
    app.button_group(key="sentence-head").set_value(2).run()
    assert not app.exception
    app.session_state["sentence"].replace("good")
    app.run()
    assert "A sentence of at least 3 words" in words(app)


def test_two_sentences_walk_in_one_picture():
    app = open_page("The path", text="The food was good, not bad at all")
    (chart,) = charts(app)
    first, second = chart["series"][3:]
    assert [len(first["data"]), len(second["data"])] == [10, 10]
    assert first["data"][0]["value"] == second["data"][0]["value"]
    assert first["data"][-1]["value"][0] > second["data"][-1]["value"][0]
    assert sum(len(one["data"]) for one in chart["series"][:3]) == 600
    axes = [chart[axis][end] for axis in ("xAxis", "yAxis") for end in ("min", "max")]
    app.text_input(key="sentence-path-other").set_value("A dull film").run()
    assert len(charts(app)[0]["series"][4]["data"]) == 4
    app.session_state["sentence"].replace("good " * 200)
    app.text_input(key="sentence-path-other").set_value("").run()
    (chart,) = charts(app)
    assert len(chart["series"]) == 4
    assert [chart[axis][end] for axis in ("xAxis", "yAxis") for end in ("min", "max")] == axes


def test_the_way_and_whole_sentences_stand_in_space_and_a_click_opens_one():
    app = open_page("The path", text="The food was good", sentence_path_look="In space")
    way = figure(app, "sentence-way")["data"][-1]
    assert (len(way["x"]), way["text"][0][:6]) == (5, "start:")
    app.session_state["sentence"].replace("A dull film")
    app.run()
    assert len(figure(app, "sentence-way")["data"][-1]["x"]) == 5  # what is typed does not move the figure
    app.button(key="sentence-take").click().run()
    assert len(figure(app, "sentence-way")["data"][-1]["x"]) == 4
    app.button_group(key="sentence-path-look").set_value("Whole sentences in space").run()
    *_, positive, _needle, mine = figure(app, "sentence-ends")["data"]
    assert mine["name"] == "this sentence" and len(positive["customdata"]) == len(positive["text"])
    nearest = app.selectbox(key="sentence-nearest")  # without the mouse
    wanted = nearest.options[3]
    nearest.set_value(wanted).run()
    assert app.session_state["sentence"].text == wanted and not app.exception


def test_words_are_coloured_for_the_chosen_network():
    app = open_page("Which words mattered", sentence_mattering="Bag of words", text="The food was good xqzzt")
    page = html(app)
    assert page.count('title="xqzzt: ') == 2
    assert "not in the vocabulary" in page
    assert "The gap is 0.000" in words(app)
    app.button_group(key="sentence-look").set_value("Gates").run()
    app.button_group(key="sentence-cell").set_value("GRU").run()
    app.button_group(key="sentence-look").set_value("Which words mattered").run()
    assert app.button_group(key="sentence-mattering").value == "Bag of words"
    app.session_state["sentence"].replace("")
    app.run()
    assert "Type a sentence" in words(app)


def test_a_warning_where_the_values_do_not_add_up():
    long = "The food was good, not bad at all " * 30
    assert "they do not add up" not in words(open_page("Which words mattered", text="A dull film"))
    assert "they do not add up" in words(open_page("Which words mattered", text=long, sentence_mattering="GRU"))


def test_weights_stay_and_steps_grow():
    app = open_page("Any length", text="A dull film", cell="gru")
    assert "3 words: 3 steps" in words(app)
    assert "3 words and 1 sign: 4 steps" in words(open_page("Any length", text="A dull film.", cell="gru"))
    assert "6,530 weights" in words(app)
    assert html(app).count('<td class="same">6,530</td>') == 8
    app.button(key="sentence-measure").click().run()
    assert not app.exception
    times = figure(app, "length")["data"]
    assert [one["name"] for one in times] == ["RNN", "GRU", "LSTM"]
    assert times[0]["x"] == [1, 2, 5, 10, 20, 50, 100, 200]


def test_what_comes_next_after_any_word():
    app = open_page("What comes next", text="The quick brown fox jumps over the lazy dog")
    page = html(app)
    assert page.count("<tr>") == 1 + 9 + 1
    assert "(end)" in page
    (perplexity,) = card("next-word").perplexity.values()
    assert str(perplexity) in words(app)
    assert " came" not in page.split('<div class="likeliest">')[1].split("<table>")[0]
    app.selectbox(key="sentence-next-at").set_value(0).run()
    assert '<div class="name came">the</div>' in html(app)
    app.selectbox(key="sentence-next-at").set_value(8).run()
    assert '<div class="name came">dog</div>' in html(app)
    app.selectbox(key="sentence-next-at").set_value(3).run()
    assert "(any unknown word)" in html(app)
    app.session_state["sentence"].replace("Great!")
    app.run()
    assert not app.exception
