"""What a click asks of the room, with the reason where it cannot be done."""

from collections.abc import Callable

import streamlit as st

from core.classroom.votes import forget_poll
from core.classroom.wall import forget_board
from core.runs.store.database import StoreProblem

SAID = "class-said"
"""Under which the page finds a sentence to say."""


def attempt(action: Callable[[], object]) -> None:
    """Do something in the room; the page says the reason where that is refused. What hangs there is read anew."""
    try:
        action()
    except StoreProblem as problem:
        st.session_state[SAID] = str(problem)
    forget_board()
    forget_poll()
