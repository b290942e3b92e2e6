"""Has the browser keep, for its tab, under which word the server keeps lessons, and say it to a session without them.

A session ends with a reload, and two minutes after its connection was lost (a phone in a pocket).
"""

from collections.abc import Callable

import streamlit as st

from core.ui.components.component import component

_show = component("kept_lessons", missing="")
_KEY = "kept-lessons"


def kept_lessons(session: str, word: str, on_return: Callable[[object], None]) -> None:
    """Tell the browser the word; it takes no room on the page.

    Args:
        session: number of the session; every session has another.
        word: under which the server keeps what was found.
        on_return: told the word of an earlier session before the page runs again. It may be anything at all.
    """

    def pass_on() -> None:
        if _KEY in st.session_state:  # gone where another page was chosen at the same moment
            on_return(st.session_state[_KEY].get("returned"))

    _show(
        key=_KEY,
        data={"sheet": session, "content": word, "asked": ""},
        on_returned_change=pass_on,
        height="content",
        width="content",
    )
