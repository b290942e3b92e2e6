"""Settings that are chosen by clicking on pictures, kept in the address like those of widgets."""

import streamlit as st

PREFIX = "inside-"


def number(name: str, count: int, default: int = 0) -> int:
    """Return the number in 0..count-1 that the address holds under `name`; anything else counts as `default`."""
    value = st.query_params.get(PREFIX + name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 6 and int(value) < count else default


def word(name: str, words: tuple[str, ...], default: str) -> str:
    """Return the word among `words` that the address holds under `name`, or `default`."""
    value = st.query_params.get(PREFIX + name, default)
    return value if value in words else default


def keep(name: str, value: int | str | None) -> None:
    """Write a setting into the address; None takes it out."""
    if value is None:
        st.query_params.pop(PREFIX + name, None)
    else:
        st.query_params[PREFIX + name] = str(value)
