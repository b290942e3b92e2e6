"""Which head of an attention is looked at: one, or all together."""

import streamlit as st


def choose_head(heads: int, key: str) -> int | None:
    """Show a choice of heads; return the chosen one, counted from 0, or None for the mean of all."""
    head = st.segmented_control(
        "Head",
        ["All", *range(1, heads + 1)],
        default="All",
        required=True,
        key=key,
        help="Each head of the attention looks in a way of its own; “All” is their mean.",
    )
    return head - 1 if isinstance(head, int) else None
