"""A network learns: points, a network and its training, all in the browser."""

from functools import partial

import streamlit as st

from core.data.points.tables import tables
from core.ui.components.neurons.neurons import show_playground
from core.ui.sections.neurons.as_run import show_run, submit_run
from core.ui.state.csv_style import csv_style
from core.ui.widgets.csv_download import offer_csv_style

_KEY = "neurons-playground"


def show() -> None:
    """Show the playground."""
    show_playground(_KEY, csv_style(), partial(submit_run, _KEY))
    offer_csv_style("neurons-csv")
    show_run()
    st.caption(
        "Everything is computed in your browser. Whose data and whose idea?",
        help=". ".join(one.source for one in tables().values())
        + ". The idea of such a playground is TensorFlow Playground's, by D. Smilkov and S. Carter.",
    )
