"""A figure brings its buttons, and its link shows it alone."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.ui.components.figure_tools.figure_tools import Clicked
from core.ui.widgets.figure import clicked_cell
from tests.support.apps import told

SHOWN = """
from core.figures.interactive.template import axis, house_figure
from core.ui.widgets.figure import show_figure

line = {"type": "scatter", "x": [1, 2], "y": [0.5, 0.25]}
figure = house_figure([line], name="loss", xaxis=axis("update"), yaxis=axis("loss"))
show_figure(figure, name="loss", alt="The loss, from 0.5 to 0.25", height=300)
"""


def shown(**query: str) -> tuple[AppTest, dict]:
    app = AppTest.from_string(SHOWN)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app, json.loads(app.get("plotly_chart")[0].proto.spec)


def test_a_figure_has_words_and_keeps_its_size() -> None:
    app, spec = shown()
    assert app.get("plotly_chart")[0].proto.alt == "The loss, from 0.5 to 0.25"
    assert spec["layout"]["font"]["size"] == 15
    assert told(app, "figure-tools-loss") == {
        "container": "figure-loss", "file": "loss", "presented": False, "low": False, "clicks": False, "brushes": False,
        "frames": 0, "pictures": None,
    }  # fmt: skip
    assert app.get_by_key("figure-data-loss").proto.label == "Save"


def test_its_link_shows_it_alone_in_large_letters_and_another_link_does_not() -> None:
    app, spec = shown(present="loss")
    assert spec["layout"]["font"]["size"] == 26
    assert told(app, "figure-tools-loss")["container"] == "presented-loss"
    assert shown(present="accuracy")[1]["layout"]["font"]["size"] == 15


def test_on_a_low_screen_a_presented_figure_has_its_legend_beside_it_and_its_table_stays() -> None:
    app = AppTest.from_string(SHOWN.replace("[line]", "[line, line]"))
    app.query_params["present"] = "loss"
    app.session_state["figure-low"] = True
    app.run()
    assert not app.exception and told(app, "figure-tools-loss")["low"]
    assert json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["legend"]["x"] == 1.02
    del app.query_params["present"]
    app.run()
    assert not told(app, "figure-tools-loss")["low"]
    assert json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["legend"]["x"] == 0


def test_a_figure_is_another_where_a_person_has_switched_the_theme() -> None:
    app, spec = shown()
    assert spec["layout"].get("datarevision") is None
    first = app.get("plotly_chart")[0].proto.id
    app.session_state["figure-theme"] = "Dark"
    app.run()
    assert app.get("plotly_chart")[0].proto.id != first


SLOW = """
from core.ui.widgets.figure import choose_count, show_fewer
import streamlit as st

st.session_state.setdefault("points", 10_000)
st.button("Slow", on_click=show_fewer, args=("points", float(st.query_params["frames"])))
choose_count("points")
"""


@pytest.mark.parametrize(("frames", "fewer"), [(29.9, 3_000), (9.0, 3_000), (8.9, 1_000), (3.0, 1_000), (0.4, 300)])
def test_a_browser_that_turns_slowly_gets_as_many_points_as_it_can_turn_and_is_told(frames: float, fewer: int) -> None:
    app = AppTest.from_string(SLOW)
    app.query_params["frames"] = str(frames)
    app.run()
    assert not app.caption
    app.button[0].click().run()
    assert app.select_slider[0].value == fewer
    assert f"turned 10,000 points with {frames:.0f} frames a second. With {fewer:,} it" in app.caption[0].value
    app.select_slider[0].set_value(10_000).run()
    assert not app.caption and app.select_slider[0].value == 10_000


@pytest.mark.parametrize("place", [3, (1, 18), (18, 0)])
def test_a_cell_that_is_none_is_not_clicked(place: int | tuple[int, int]) -> None:
    assert clicked_cell(Clicked(0, (2, 17)), 18) == (2, 17)
    assert clicked_cell(Clicked(0, place), 18) is None
