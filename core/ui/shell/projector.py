"""Projector size: larger letters, no side bar, the pages in a row on top. The address keeps it on every page."""

import streamlit as st

PROJECTOR = "projector"
"""Its name in the address."""
_ON = "1"


def projecting() -> bool:
    """Whether the page is shown in projector size; a page that was reached by a link within the app keeps it."""
    if PROJECTOR in st.query_params:
        project(st.query_params[PROJECTOR] == _ON)
    elif st.session_state.get(PROJECTOR):
        st.query_params[PROJECTOR] = _ON
    return bool(st.session_state.get(PROJECTOR))


def project(on: bool) -> None:
    """Show all pages in projector size, or no longer."""
    st.session_state[PROJECTOR] = on
    if on:
        st.query_params[PROJECTOR] = _ON
    elif PROJECTOR in st.query_params:
        del st.query_params[PROJECTOR]
