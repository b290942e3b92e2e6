"""The choice of a section on a page with several, and controls whose value the page owns."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import streamlit as st

from core.ui.widgets.bound_controls import choose_option


def choose_section(label: str, names: Sequence[str], *, key: str, help: str) -> str:
    """Show the sections of a page and return the chosen one; only screen readers get the label."""
    with section_bar(key):
        return choose_option(label, names, key=key, help=help, label_visibility="collapsed")


def section_bar(key: str) -> Any:
    """Return the container of a choice of sections; tests find every section of every page by it."""
    return st.container(key=f"sections-{key}")


def show_one_section(sections: Mapping[str, str], *, key: str, help: str) -> None:
    """Show the choice of a section, and the section: its module alone is imported and run.

    Args:
        sections: by their titles, the modules whose `show` shows them.
        key: of the choice, and its name in the address.
        help: what the choice is about.
    """
    import_module(sections[choose_section("Section", list(sections), key=key, help=help)]).show()


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
    shown = f"{key}-shown"
    other = st.session_state.get(shown) != (label, args)  # another range is another control, and begins with its least
    if other or key not in st.session_state or st.session_state[key] != value:  # else a quick second move is taken back
        st.session_state[key], st.session_state[shown] = value, (label, args)
    control(label, *args, key=key, on_change=lambda: on_change(st.session_state[key]), **more)
