"""The page without a browser."""

import pytest

from core.inspection.text.reading import verdict
from core.ui.state.sentence_pair import PAIRS, SentencePair
from tests.support.apps import as_read, html, open_with, told

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")


def open_page(**query):
    return open_with("order", **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption]))


def test_it_opens_with_two_sentences_that_counting_cannot_tell_apart():
    app = open_page()
    assert app.title[0].value == "Does order matter?"
    assert "cannot tell these two apart" in words(app)
    page = html(app)
    counted = 100 * verdict("sentence-bag", FOOD)
    assert f"<td>{counted:.1f} %</td><td>{counted:.1f} %</td><td>+0.0</td>" in page
    assert page.count("<td>+0.0</td>") == 2  # the bag of words and the window of one word
    assert app.get_by_key("prediction") is not None
    assert open_page(order_look="Who can, who cannot").get_by_key("curve") is not None


def test_every_control_has_a_help_text():
    app = open_page()
    for widgets in (app.button, app.slider):
        for widget in widgets:
            assert widget.help, widget.label


def test_the_window_greys_what_it_cannot_see():
    app = open_page(first="I know how to speak French fluently")
    app.slider(key="order-place").set_value(7).run()
    page = html(app)
    assert '<span class="in">French</span>' in page
    assert '<span class="out">know</span>' in page
    assert "4 of 7 words, the grey ones" in words(app)
    app.slider(key="order-window").set_value(7).run()
    assert '<span class="out">' not in html(app)
    app.slider(key="order-place").set_value(13).run()
    app.slider(key="order-window").set_value(1).run()
    assert not app.exception
    app.slider(key="order-window").set_value(2).run()
    assert "from the place where the window reaches beyond the end" in words(app)
    assert "3 of 6 words and signs, the grey ones" in words(open_page(first="good, not bad at all"))
    app = open_page(first="good", order_window="1")
    assert "Window of 1 adds up 1 place: " in words(app)


def test_pairs_exchange_and_undo():
    app = open_page()
    app.button(key="order-pair-1").click().run()
    assert told(app, "order-first")["text"] == PAIRS[1][0]
    app.button(key="order-exchange").click().run()
    assert told(app, "order-first")["text"] == PAIRS[1][1]
    assert told(app, "order-second")["text"] == PAIRS[1][0]
    app.button(key="order-undo").click().run()
    assert told(app, "order-first")["text"] == PAIRS[1][0]
    app.button(key="order-undo").click().run()
    assert told(app, "order-first")["text"] == PAIRS[0][0]
    assert app.button(key="order-undo").disabled


def test_a_comma_is_a_sign_and_no_word():
    app = open_page(first="The food was good, not bad", second="The food was good not bad")
    assert "The same words, but different punctuation" in words(app)
    assert "differ in their words" in words(open_page(first="good, bad", second="good, good"))


@pytest.mark.parametrize(
    "text", ["", "  ", "a", "<script>alert(1)</script> $$ :red[x]", "good " * 999, "😀 \u202e \x00"]
)
def test_any_text_is_read_calmly(text):
    app = open_page()
    pair: SentencePair = app.session_state["order"]
    pair.replace(text, text)
    app.run()
    assert not app.exception
    assert "<script>" not in html(app)
    assert bool(app.info) == (not text.strip())


def test_an_address_that_makes_no_sense_is_passed_over():
    app = open_page(order_window="99", first="good")
    assert app.slider(key="order-window").value in range(1, 8)
