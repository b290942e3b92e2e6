"""Which figure is shown alone, for a room to see; the address says it, so its link opens the figure again."""

import streamlit as st

PRESENTED = "present"
"""Its name in the address."""


def presented() -> str | None:
    """Return the name of the figure that is shown alone, or None."""
    return st.query_params.get(PRESENTED) or None


def present(name: str | None) -> None:
    """Show a figure alone; None shows the whole page again."""
    if name is not None:
        st.query_params[PRESENTED] = name
    elif PRESENTED in st.query_params:
        del st.query_params[PRESENTED]
