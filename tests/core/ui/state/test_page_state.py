"""The state of a page: read from the address once, kept in the session, written back as far as it is no default."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core.ui.state.address import choice, number, text


def page() -> None:
    """A page with a word, a colour, a size and a clicked place."""
    import dataclasses

    import streamlit as st

    from core.ui.state.address import Field, choice, number, text
    from core.ui.state.page_state import PageState

    @dataclasses.dataclass
    class Remembered:
        word: str = "good"
        colour: str = "red"
        size: int = 3
        place: tuple[int, ...] | None = None
        arrived: tuple[str, ...] = ()

    settings = st.session_state.get("settings", {})
    state = PageState(
        "page",
        Remembered,
        {
            "word": text("word", 6, browser=True),
            "colour": choice("a-colour", ("red", "blue"), "This link names a colour that is *not* here."),
            "size": number("size", 1, 9),
            "place": Field("place", lambda asked: tuple(map(int, asked.split(","))), lambda at: ",".join(map(str, at))),
        },
        **settings,
        arrive=lambda one, names: setattr(one, "arrived", tuple(names)),
        shown=lambda one: ("word", "colour", "size") if one.colour == "blue" else ("word", "colour", "size", "place"),
    )
    st.number_input("Bound", 0, 9, 0, key="bound", bind="query-params")
    st.button("Larger", on_click=lambda: setattr(st.session_state["page"], "size", st.session_state["page"].size + 1))
    opened = state.open()
    st.session_state["opened"] = opened
    for name, value in st.session_state.pop("set", {}).items():
        setattr(opened, name, value)
    state.keep(opened)


def opened(query: dict[str, str] | None = None, **settings: bool) -> AppTest:
    app = AppTest.from_function(page)
    app.session_state["settings"] = settings
    for name, value in (query or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def change(app: AppTest, **values: Any) -> AppTest:
    app.session_state["set"] = values
    app.run()
    assert not app.exception
    return app


def address(app: AppTest) -> dict[str, str]:
    return {name: value[-1] if isinstance(value, list) else value for name, value in app.query_params.items()}


def test_what_the_page_opens_with_is_not_written():
    app = opened()
    assert app.session_state["opened"].word == "good"
    assert address(app) == {}


def test_a_link_is_taken_over_once_and_text_is_cut():
    app = opened({"word": "bad and long", "a-colour": "blue", "size": "5", "other": "stays"})
    state = app.session_state["opened"]
    assert (state.word, state.colour, state.size, state.arrived) == ("bad an", "blue", 5, ("word", "colour", "size"))
    app.query_params["size"] = "7"
    app.run()
    assert app.session_state["opened"].size == 5
    assert address(app) == {"word": "bad and long", "a-colour": "blue", "size": "5", "other": "stays"}


def test_only_what_differs_is_written_and_the_default_takes_it_out():
    app = change(opened({"other": "stays"}), size=4, place=(2, 3), word="new")
    assert address(app) == {"other": "stays", "size": "4", "place": "2,3"}, "the browser writes words itself"
    assert address(change(app, size=3)) == {"other": "stays", "place": "2,3"}
    assert address(change(app, colour="blue")) == {"other": "stays", "a-colour": "blue"}, "a place is not shown there"


def test_a_text_that_has_changed_stands_in_the_address_that_is_written() -> None:
    app = opened({"word": "old"})
    assert address(change(app, word="new")) == {"word": "old"}  # the browser writes it, if nothing else changes
    assert address(change(app, colour="blue")) == {"word": "new", "a-colour": "blue"}
    assert address(change(opened(), word="new", colour="blue")) == {"a-colour": "blue"}


def test_a_widget_that_keeps_its_own_value_is_no_obstacle():
    app = change(opened({"bound": "4", "size": "2", "place": "1,1"}), size=3, place=(9,))
    assert address(app) == {"bound": "4", "place": "9"}
    assert app.number_input(key="bound").value == 4


def test_nonsense_is_said_where_there_is_a_sentence_and_counts_as_the_default():
    app = opened({"a-colour": "pink", "size": "12", "place": "here"})
    state = app.session_state["opened"]
    assert (state.colour, state.size, state.place, state.arrived) == ("red", 3, None, ())
    assert [warning.value for warning in app.warning] == [r"This link names a colour that is \*not\* here."]
    assert address(app) == {}, "and the nonsense is gone from the address"


def test_a_page_that_follows_its_address_goes_where_a_link_leads():
    app = opened({"size": "5"}, follow=True)
    app.query_params.clear()
    app.query_params["a-colour"] = "blue"
    app.run()
    state = app.session_state["opened"]
    assert (state.colour, state.size) == ("blue", 5)
    assert address(app) == {"a-colour": "blue", "size": "5"}
    app.query_params.clear()  # back from another page
    assert address(app.run()) == {"a-colour": "blue", "size": "5"}


def test_a_click_counts_where_it_overtakes_the_address_of_the_click_before():
    app = opened(follow=True)
    app.button[0].click().run()
    assert address(app) == {"size": "4"}
    app.button[0].click().run()
    assert address(app) == {"size": "5"}
    app.query_params["size"] = "4"  # the browser has not heard of the second click yet
    app.button[0].click().run()
    assert app.session_state["opened"].size == 6
    assert address(app) == {"size": "6"}
    app.query_params["size"] = "4"  # and a link still leads where it leads
    assert app.run().session_state["opened"].size == 4


def test_what_does_not_last_has_the_address_for_its_only_memory():
    app = change(opened(lasting=False), size=8)
    assert address(app) == {"size": "8"}
    assert app.run().session_state["opened"].size == 8
    app.query_params.clear()
    assert app.run().session_state["opened"].size == 3


FIELDS = {
    text("a", 5): lambda value: isinstance(value, str) and len(value) <= 5,
    number("a", -2, 40): range(-2, 41).__contains__,
    choice("a", (1, "two", None)): (1, "two", None).__contains__,
}


@pytest.mark.parametrize("field", FIELDS)
@given(asked=st.text() | st.integers().map(str) | st.sampled_from(["1", "two", "None", "٣", "1e3", "-1", " 7", "+7"]))
def test_a_field_reads_a_value_of_its_own_or_says_that_there_is_none(field, asked):
    try:
        value = field.parse(asked)
    except ValueError:
        return
    assert FIELDS[field](value)
    assert field.parse(field.format(value)) == value


@given(st.integers(-10, 50))
def test_numbers_have_bounds(asked):
    field = number("a", -2, 40)
    if -2 <= asked <= 40:
        assert field.parse(str(asked)) == asked
    else:
        with pytest.raises(ValueError, match=str(asked)):
            field.parse(str(asked))
