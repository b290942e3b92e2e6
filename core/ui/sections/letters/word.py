"""The field for one word or name, with held-out ones to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.ui.state.text_history import TextHistory
from core.ui.widgets.text_field import Wording, show_text_field

MOST = 100
"""Characters that are read of a field; a word or name has fewer letters than that."""


@dataclass
class Paper(TextHistory):
    """One word or name of one session.

    Attributes:
        cell: of the confusion matrix, (true, answer), that was clicked.
    """

    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Held:
    """A button that draws a held-out word or name.

    Attributes:
        title: on the button.
        help: what it draws.
        draw: returns one.
    """

    title: str
    help: str
    draw: Callable[[], str]


def paper_of(key: str, first: str) -> Paper:
    """Return this session's paper; the first time its text is that of the address, under the name `key`."""
    name = f"letters-{key}"
    if name not in st.session_state:
        st.session_state[name] = Paper(st.query_params.get(key, first)[:MOST])
    kept: Paper = st.session_state[name]
    return kept


def show_field(paper: Paper, key: str, wording: Wording, held: Held) -> None:
    """Show the field, samples, the button that draws a held-out one, Undo and Clear."""
    show_text_field(paper, wording, key=key, limit=MOST, address=key, between=partial(_offer, paper, key, held))


def _offer(paper: Paper, key: str, held: Held) -> None:
    st.button(
        held.title,
        icon=":material/casino:",
        on_click=lambda: paper.replace(held.draw()),
        key=f"{key}-random",
        help=held.help,
    )


def show_strange(strange: Sequence[str], known: str) -> None:
    """Say which characters were left out, in their own element, as text."""
    if strange:
        some = " ".join(strange[:12]) + (" …" if len(strange) > 12 else "")
        st.text(f"Left out, as the network has never seen them: {some}   It knows {known}.")
