"""Has the browser keep, for its tab, under which word the server keeps lessons, and say it to a session without them.

A session ends with a reload, and two minutes after its connection was lost (a phone in a pocket).
"""

from collections.abc import Callable

from core.ui.components.component import component
from core.ui.components.keeping import show_kept

_show = component("kept_lessons", missing="")
_KEY = "kept-lessons"


def kept_lessons(session: str, word: str, on_return: Callable[[object], None]) -> None:
    """Tell the browser the word; it takes no room on the page.

    Args:
        session: number of the session; every session has another.
        word: under which the server keeps what was found.
        on_return: told the word of an earlier session before the page runs again. It may be anything at all.
    """
    show_kept(_show, _KEY, {"sheet": session, "content": word, "asked": ""}, on_return)
