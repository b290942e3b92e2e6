"""A click right after the last key finds the text that was typed before it.

Where a server is busy, both come to it in one request. Streamlit then calls the button first and the field last: "Swap"
swapped the languages of a number without its last letter, which was none, and "Exchange" lost that letter.
Streamlit has no setting for the order, so a private function is wrapped.
"""

from collections.abc import Callable
from typing import Any

from streamlit.runtime.state.session_state import SessionState

from core.ui.components.typing.typing import hear_typing
from core.ui.shell.wrapping import wrap_once


def hear_what_was_typed_first() -> None:
    """Have fields heard before anything else in a request; once in a process is enough."""
    wrap_once(SessionState, "_call_callbacks", _typed_first)


def _typed_first(call: Callable[..., None]) -> Callable[..., None]:
    def hear_and_call(state: SessionState, *given: Any, **named: Any) -> None:
        hear_typing()
        call(state, *given, **named)

    return hear_and_call
