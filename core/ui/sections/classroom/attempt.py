"""What a click asks of the room, with the reason where it cannot be done."""

from collections.abc import Callable

import streamlit as st

from core.classroom.admission import forget_who_is_in
from core.classroom.votes import forget_poll
from core.classroom.wall import board, forget_board
from core.runs.store.database import StoreProblem
from core.ui.widgets.notice import hush, say

SAID = "class-said"
"""Under which the page finds a sentence to say."""


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
