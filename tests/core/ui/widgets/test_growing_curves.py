"""Curves that have ended are a figure in the place of the chart that grew."""

import json

import pytest
from streamlit.testing.v1 import AppTest

SHOWN = """
import numpy as np
import streamlit as st
from core.figures.comparison import Panel
from core.figures.training import Axis, Trace, VerticalAxis
from core.ui.widgets.growing_curves import show_growing

count = int(st.query_params["values"])
x = np.arange(1.0, count + 1)
panel = Panel([Trace("GRU", x, x / 2, "#0072B2")], VerticalAxis("loss"))
show_growing(panel, Axis("update", 0, max(count, 1), whole=True), growing="growing" in st.query_params,
             name="loss", height=360, alt="The loss")
"""


def shown(**query: str) -> AppTest:
    app = AppTest.from_string(SHOWN)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("values", [0, 1, 3])
def test_they_keep_their_values_and_their_place(values: int) -> None:
    live = shown(values=str(values), growing="1")
    assert live.get_by_key("live-loss") and not live.get("plotly_chart")
    ended = shown(values=str(values))
    assert ended.get_by_key("figure-loss")
    (curve,) = json.loads(ended.get("plotly_chart")[0].proto.spec)["data"]
    assert (curve["name"], curve["mode"]) == ("GRU", "lines+markers" if values == 1 else "lines")
