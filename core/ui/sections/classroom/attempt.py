"""What a click asks of the room, with the reason where it cannot be done."""

import time
from collections.abc import Callable

import streamlit as st

from core.classroom.admission import forget_who_is_in
from core.classroom.votes import forget_poll
from core.classroom.wall import board, forget_board
from core.runs.store.database import StoreProblem
from core.ui.widgets.notice import hush, say

SAID = "class-said"
"""Under which the page finds a sentence to say."""
DOUBLE = 1.0
"""Seconds within which a second click on the same switch belongs to the first."""


def show_page_for_change(room: str, **shown: object) -> None:
    """Show the whole page anew where the teacher has set something otherwise than it shows, in another tab perhaps.

    Args:
        room: that is shown.
        shown: by name, what the page shows of it.
    """
    now = board(room)
    if now is not None and any(getattr(now.room, name) != value for name, value in shown.items()):
        st.rerun()


def attempt(action: Callable[[], object]) -> None:
    """Do something in the room; the page says the reason where that is refused. What hangs there is read anew."""
    hush(SAID)
    try:
        action()
    except StoreProblem as problem:
        say(SAID, str(problem))
    forget_board()
    forget_poll()
    forget_who_is_in()


def switch(name: str, action: Callable[[], object]) -> None:
    """Do what a button asks that turns something on or off: of a double click, the first alone.

    Its second click comes when the button already says the opposite, and would take back what was asked.

    Args:
        name: of the button, and of whom it is about.
        action: what its click does.
    """
    key, now = f"{name}-clicked", time.monotonic()
    before = st.session_state.get(key)
    st.session_state[key] = now
    if before is None or now - before > DOUBLE:
        attempt(action)
