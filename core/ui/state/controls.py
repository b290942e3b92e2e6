"""Values of controls that Python sets, before they are shown again."""

from typing import Any

import streamlit as st


def set_control(key: str, value: Any) -> None:
    """Set the control with that key."""
    st.session_state[key] = value


def limit_control(key: str, highest: int) -> None:
    """Lower the value of a slider that would lie beyond its new end."""
    value = st.session_state.get(key)
    if isinstance(value, int) and value > highest:
        st.session_state[key] = highest
