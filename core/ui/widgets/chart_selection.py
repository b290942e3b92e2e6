"""What was clicked in a chart; what the browser sends is checked."""

from collections.abc import Iterator
from typing import Any

import streamlit as st


def clicked_items(key: str) -> Iterator[tuple[Any, int]]:
    """Yield what is selected in the chart with that key: number of the series, as sent, and place in its data."""
    event = st.session_state.get(key)
    for group in getattr(getattr(event, "selection", None), "selected", None) or []:
        for place in (group.get("data_indices") or [])[:1]:
            if isinstance(place, int) and place >= 0:
                yield group.get("series_index"), place
