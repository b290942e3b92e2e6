"""The network that a section looks into."""

import streamlit as st

from core.inspection.chooser import Choice, networks


def choose_network(key: str, *, convolutional: bool = False, note: bool = True) -> Choice:
    """Show the networks there are as buttons and return the chosen one; say how it was trained.

    Args:
        key: of the widget, and its name in the address.
        convolutional: offer only those made of layers with convolutions.
        note: whether to say how it was trained.
    """
    found = {choice.title: choice for choice in networks(convolutional)}
    titles = list(found)
    chosen = st.segmented_control(
        "Network",
        titles,
        default=titles[0],
        required=True,
        key=key,
        bind="query-params",
        wrap=True,
        help="Which trained network to look into. All of them read the same digit.",
    )
    choice = found.get(str(chosen), found[titles[0]])
    if note:
        st.caption(f"{choice.title}: {choice.family}, {choice.origin}.")
    return choice
