"""One neuron: a weighted sum and an activation, by hand."""

import streamlit as st

from core.ui.components.neuron.neuron import show_neuron


def show() -> None:
    """Show the neuron."""
    st.markdown(
        "A neuron weighs its inputs, adds a bias and bends the sum. **Move the sliders** until it does what the table "
        "wants, or let it learn: Adam takes small steps against the gradient of the cross-entropy of its sigmoid."
    )
    show_neuron("neurons-one")
