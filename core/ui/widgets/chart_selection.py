"""The cell of a confusion matrix that was clicked; what the browser sends is checked."""

import streamlit as st


def clicked_cell(key: str, classes: int) -> tuple[int, int] | None:
    """Return the cell (true class, answer) that was clicked in the chart with that key; None for none or nonsense."""
    event = st.session_state.get(key)
    for group in getattr(getattr(event, "selection", None), "selected", None) or []:
        indices = group.get("data_indices") or []
        if indices and isinstance(indices[0], int) and 0 <= indices[0] < classes * classes:
            return divmod(indices[0], classes)
    return None
