"""A network learns: points, a network and its training, all in the browser."""

from functools import partial

import streamlit as st

from core.data.points.tables import tables
from core.ui.components.neurons.neurons import show_playground
from core.ui.sections.neurons.as_run import show_run, submit_run

_KEY = "neurons-playground"


def show() -> None:
    """Show the playground."""
    show_playground(_KEY, partial(submit_run, _KEY))
    show_run()
    st.caption(
        "Everything is computed in your browser. " + ". ".join(one.source for one in tables().values()) + ". "
        "The idea of such a playground is TensorFlow Playground's, by D. Smilkov and S. Carter."
    )
