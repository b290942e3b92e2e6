"""Whoever comes to a page by a link gets what the link asks for; what they had typed is what Undo brings back."""

from streamlit.testing.v1 import AppTest

from core.data.text.tokens import read_text
from core.ui.state.page_state import Typed
from core.ui.state.sentence_pair import SentencePair
from core.ui.state.text_selection import TextSelection
from tests.support.apps import open_page


def page() -> None:
    """A page with a slider, a switch, a text, and a number that only the address holds."""
    import streamlit as st

    from core.ui.state.visit import asked_for, forget, newly_visited, note_page, take_over

    note_page(st.session_state.get("path", "here"))
    if "link" in st.session_state:
        take_over(st.session_state.pop("link"))
    if "other" in st.session_state:
        forget(st.session_state.pop("other"))
    st.slider("Size", 0.0, 9.0, 1.5, key="size", bind="query-params")
    st.toggle("On", key="on", bind="query-params")
    st.selectbox("Colour", ["red", "blue"], key="colour", bind="query-params")
    st.session_state["news"] = newly_visited("me")
    st.session_state["asked"] = asked_for({"size": "4", "window": "30"})


def opened() -> AppTest:
    app = AppTest.from_function(page).run()
    assert not app.exception
    return app


def test_a_visit_is_news_once() -> None:
    app = opened()
    assert app.session_state["news"]
    assert not app.run().session_state["news"]
    app.session_state["path"] = "elsewhere"
    assert app.run().session_state["news"]


def test_controls_that_are_there_take_over_settings_and_the_rest_stands_in_the_address() -> None:
    app = opened()
    app.session_state["link"] = {"size": "4", "on": "true", "colour": "blue", "test": "12"}
    app.run()
    assert not app.exception
    assert (app.slider[0].value, app.toggle[0].value, app.selectbox[0].value) == (4.0, True, "blue")
    assert app.query_params["test"] in ("12", ["12"])
    assert app.session_state["news"]
    app.session_state["link"] = {"size": "wide", "on": "false"}
    app.run()
    assert (app.slider[0].value, app.toggle[0].value) == (4.0, False)


def test_what_the_page_wrote_before_is_not_asked_for() -> None:
    app = opened()
    assert app.session_state["asked"] == {"size": "4", "window": "30"}  # from elsewhere: all of the address
    app.session_state["link"] = {"size": "4"}
    assert app.run().session_state["asked"] == {"size": "4"}
    app.session_state["path"] = "elsewhere"
    assert app.run().session_state["asked"] == {"size": "4", "window": "30"}


def test_a_link_replaces_a_text_and_undo_brings_the_old_one_back() -> None:
    app = open_page("sentence")
    app.session_state["sentence"].update(0, "My own words")
    app.run()
    app.query_params["text"] = "A dull film"
    app.query_params["sentence-span"] = "2-3"
    app.switch_page("../../../pages/order.py").run()
    app.query_params["text"] = "A dull film"
    app.query_params["sentence-span"] = "2-3"
    app.switch_page("../../../pages/sentence.py").run()
    state = app.session_state["sentence"]
    assert (state.text, state.marked, state.version) == ("A dull film", (1, 3), 1)
    state.undo()
    assert state.text == "My own words"


def test_a_page_without_settings_in_its_address_keeps_what_it_had() -> None:
    app = open_page("sentence")
    app.session_state["sentence"].update(0, "My own words")
    app.switch_page("../../../pages/order.py").run()
    app.switch_page("../../../pages/sentence.py").run()
    assert app.session_state["sentence"].text == "My own words"


def test_a_link_lays_its_digit_over_what_was_drawn_and_undo_brings_that_back() -> None:
    app = open_page("draw_digit", digit="4")
    app.button(key="random-test-digit").click().run()
    before = app.session_state["drawing"].drawing
    app.switch_page("../../../pages/order.py").run()
    app.query_params["test"] = "3762"
    app.switch_page("../../../pages/cnn_inside.py").run()
    sheet = app.session_state["drawing"]
    assert sheet.drawing.index == 3762
    sheet.undo()
    assert sheet.drawing is before


def test_all_texts_that_are_typed_can_come_by_a_link() -> None:
    assert isinstance(TextSelection("a"), Typed)
    pair = SentencePair()
    earlier = SentencePair()
    pair.first = "Another one"
    pair.come_from_link(earlier)
    assert pair.version == 1
    pair.undo()
    assert pair.first == earlier.first
    assert read_text(pair.first).words
