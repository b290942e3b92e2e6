"""A figure brings its buttons, and its link shows it alone."""

import json

from streamlit.testing.v1 import AppTest

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
        "container": "figure-loss", "file": "loss", "presented": False, "clicks": False, "brushes": False,
        "frames": 0, "pictures": None,
    }  # fmt: skip
    assert app.get_by_key("figure-data-loss").proto.label == "Save"


def test_its_link_shows_it_alone_in_large_letters_and_another_link_does_not() -> None:
    app, spec = shown(present="loss")
    assert spec["layout"]["font"]["size"] == 26
    assert told(app, "figure-tools-loss")["container"] == "presented-loss"
    assert shown(present="accuracy")[1]["layout"]["font"]["size"] == 15
