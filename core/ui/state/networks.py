"""The networks trained here that this session uses on the other pages."""

import streamlit as st

_KEY = "networks"
_MOST = 3  # beside the shipped ones


def used_networks() -> tuple[str, ...]:
    """Return the ids of the runs whose networks this session uses, the last one first."""
    runs: tuple[str, ...] = st.session_state.get(_KEY, ())
    return runs


def use_network(run: str) -> None:
    """Use the network of a finished run on the other pages; the last few are remembered, this one first."""
    st.session_state[_KEY] = tuple(dict.fromkeys((run, *used_networks())))[:_MOST]


def remove_network(run: str) -> None:
    """Stop using the network of a run."""
    st.session_state[_KEY] = tuple(one for one in used_networks() if one != run)
