"""Controls whose value stands in the address. Links hold anything, so what they ask for is checked."""

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

Number = TypeVar("Number", int, float)


def choose_option(
    label: str, options: Sequence[str], *, key: str, help: str, default: str | None = None, **more: Any
) -> str:
    """Show options as buttons and return the chosen one, by default the first.

    Args:
        label: above the buttons, also their name for screen readers.
        options: at least one, all different.
        key: of the control, and its name in the address.
        help: behind the question mark.
        default: the option to start with.
        more: arguments of `st.segmented_control`.
    """
    first = options[0] if default is None else default
    chosen = st.segmented_control(
        label, options, default=first, required=True, key=key, bind="query-params", wrap=True, help=help, **more
    )
    return str(chosen) if chosen in options else first


def choose_number(
    label: str, low: Number, high: Number, default: Number, step: Number, *, key: str, help: str, **more: Any
) -> Number:
    """Show a slider and return its value, which lies within its ends whatever the address says."""
    value = st.slider(label, low, high, default, step, key=key, bind="query-params", help=help, **more)
    return min(max(type(low)(value), low), high)


def choose_from_list(label: str, options: Sequence[str], *, key: str, help: str, **more: Any) -> str:
    """Show a list and return the chosen option, at first the first one."""
    return str(st.selectbox(label, options, key=key, bind="query-params", help=help, **more))
