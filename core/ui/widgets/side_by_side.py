"""What stands side by side, on a phone as well: there a finger moves it, so sections stay short and nothing is lost.

The rules are in `core/ui/shell/phone.css`. HTML of our own gets the class `beside` for the same.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def side_by_side(spec: int | Sequence[float], *, key: str, **more: Any) -> list[DeltaGenerator]:
    """Return columns that stay a row on a phone, each nearly as wide as its screen.

    Args:
        spec: as of `st.columns`.
        key: of the container around them, after ``beside-``.
        more: as of `st.columns`.
    """
    with st.container(key=f"beside-{key}"):
        return st.columns(spec, **more)


def row_on_phone(key: str, **more: Any) -> DeltaGenerator:
    """Return a container whose elements are a row on a phone; elsewhere it is as any other.

    Args:
        key: of the container, after ``row-``.
        more: as of `st.container`.
    """
    return st.container(key=f"row-{key}", **more)
