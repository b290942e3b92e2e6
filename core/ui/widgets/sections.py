"""The choice of a section on a page with several, and controls whose value the page owns."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def choose_section(label: str, names: Sequence[str], *, key: str, help: str, hide_label: bool = True) -> str:
    """Show the sections of a page and return the chosen one, the first to begin with; the address keeps it.

    Args:
        label: above the choice, also its name for screen readers.
        names: of the sections.
        key: of the control, and its name in the address.
        help: behind the question mark.
        hide_label: leave the label to screen readers.
    """
    chosen = st.segmented_control(
        label,
        names,
        default=names[0],
        required=True,
        key=key,
        bind="query-params",
        wrap=True,
        label_visibility="collapsed" if hide_label else "visible",
        help=help,
    )
    return str(chosen) if chosen in names else names[0]


def controlled(
    control: Callable[..., Any],
    label: str,
    *args: Any,
    value: Any,
    on_change: Callable[[Any], None],
    key: str,
    **more: Any,
) -> None:
    """Show a control whose value belongs to the state of the page, so that a click elsewhere can change it too.

    Args:
        control: of Streamlit, `st.slider` for example.
        label: its first argument.
        args: further ones.
        value: that it shows.
        on_change: told the value that a person chose.
        key: of the control.
        more: further arguments by name.
    """
    st.session_state[key] = value
    control(label, *args, key=key, on_change=lambda: on_change(st.session_state[key]), **more)
