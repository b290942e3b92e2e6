"""The field for one word or name, with held-out ones to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.state.text_history import TextHistory
from core.ui.widgets.text_field import Wording, show_text_field

MOST = 100
"""Characters that are read of a field; a word or name has fewer letters than that."""


@dataclass
class WordState(TextHistory):
    """One word or name of one session.

    Attributes:
        cell: of the confusion matrix, (true, answer), that was clicked.
    """

    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class HeldOutButton:
    """A button that draws a held-out word or name.

    Attributes:
        title: on the button.
        help: what it draws.
        draw: returns one.
    """

    title: str
    help: str
    draw: Callable[[], str]


def remember_word(name: str, first: str) -> PageState[WordState]:
    """Return the state of a section whose text begins as `first` and has a name in the address."""
    return PageState(f"letters-{name}", partial(WordState, first), {"text": text(name, MOST, browser=True)})


def show_field(state: WordState, key: str, wording: Wording, held_out: HeldOutButton) -> None:
    """Show the field, samples, the button that draws a held-out one, Undo and Clear."""
    show_text_field(state, wording, key=key, limit=MOST, address=key, between=partial(_offer, state, key, held_out))


def _offer(state: WordState, key: str, held_out: HeldOutButton) -> None:
    st.button(
        held_out.title,
        icon=":material/casino:",
        on_click=lambda: state.replace(held_out.draw()),
        key=f"{key}-random",
        help=held_out.help,
    )


def show_strange(strange: Sequence[str], known: str) -> None:
    """Say which characters were left out, in their own element, as text."""
    if strange:
        some = " ".join(strange[:12]) + (" …" if len(strange) > 12 else "")
        st.text(f"Left out, as the network has never seen them: {some}   It knows {known}.")
