"""What a click asks of a set of symbols, with the reason where it cannot be done."""

from collections.abc import Callable

import streamlit as st

from core.classroom.symbols import forget_symbols
from core.runs.store.database import StoreProblem
from core.ui.widgets import notice

_SAID, _CHANGED = "teach-said", "teach-changed"


def attempt(action: Callable[[], object]) -> None:
    """Do something with the symbols; the page says the reason where it cannot be done."""
    tried(action)


def tried(action: Callable[[], object]) -> bool:
    """Do something with the symbols, and return whether it was done; the page says the reason where it was not."""
    problem = problem_of(action)
    if problem:
        say(problem)
    return not problem


def problem_of(action: Callable[[], object]) -> str:
    """Do something with the symbols, and return the reason where it cannot be done, for whoever says it themselves."""
    notice.hush(_SAID)
    try:
        action()
    except StoreProblem as problem:
        return str(problem)
    finally:
        forget_symbols()
        st.session_state[_CHANGED] = True
    return ""


def changed() -> bool:
    """Return, once, whether something was done: then all of the page is shown anew, not only the part of the click."""
    return bool(st.session_state.pop(_CHANGED, False))


def say(sentence: str) -> None:
    """Have the page say a sentence, people's own text within it included."""
    notice.say(_SAID, sentence)


def show_said() -> None:
    """Say what is to be said."""
    notice.show_notice(_SAID)
