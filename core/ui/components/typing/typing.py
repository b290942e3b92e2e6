"""A text field that answers while a person types: what it is told, and what is read back from it."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from core.ui.components.component import component

_show = component("typing")
_FIELDS = "typing-fields"


def typing_field(
    text: str,
    *,
    key: str,
    version: int,
    on_type: Callable[[str], None],
    label: str,
    help: str,
    placeholder: str,
    limit: int,
    address: str = "",
) -> None:
    """Show a field that sends its text 40 ms after the last key; `on_type` hears it before the page runs again.

    What is being typed is never overwritten: `text` is taken over when `version` is another one than before, and
    otherwise ignored.

    A button that is pressed right after the last key may be heard in the same run as the text. `on_type` then hears the
    text before the button's callback, and, as Streamlit calls components last, once more after it. So whoever raises
    `version` in a callback hands over ``on_type=partial(typed, version)`` and drops what `typed` hears of a version
    that is no longer the page's, and a text that it has.

    Args:
        text: what stands in the field when `version` is new.
        key: of the component.
        version: to be raised when `text` comes from elsewhere (a sample, Undo, the address). What was typed into an
            older version than the one drawn last never reaches `on_type`.
        on_type: told the text, at most `limit` + 1 characters, so that the caller can see and say that it was cut.
        label: above the field, also its name for screen readers; shown as it is, without Markdown.
        help: a sentence behind the question mark; none when empty.
        placeholder: shown while the field is empty.
        limit: characters that the caller reads.
        address: name in the page's address under which the browser keeps the text, none when empty. Python would leave
            an entry in the browser's history with every key, and Back would lead through all of them.
    """
    hear = partial(_typed, key, version, limit, on_type)
    st.session_state.setdefault(_FIELDS, {})[key] = hear
    _show(
        key=key,
        data={
            "text": text,
            "version": version,
            "label": label,
            "help": help,
            "placeholder": placeholder,
            "most": limit + 1,
            "address": address,
            "heard": _heard(_message(key)),
        },
        on_typed_change=hear,
    )


def hear_typing() -> None:
    """Tell all fields' `on_type` what stands in them by what the browser has just said, before any callback."""
    for hear in tuple(st.session_state.get(_FIELDS, {}).values()):
        hear()


def readable(sent: object, limit: int) -> str | None:
    """Return what a browser has sent as text of at most `limit` + 1 characters, or None when it is none.

    Half a surrogate pair, which no encoder takes, becomes U+FFFD.
    """
    if not isinstance(sent, str):
        return None
    halves = sent[: 2 * (limit + 1)]  # a character may arrive as two halves
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")[: limit + 1]


def _message(key: str) -> object:
    """Return the last message of the field, untrusted: {text, version, number}."""
    return getattr(st.session_state.get(key), "typed", None)


def _heard(message: object) -> int | None:
    """Return the number of a message, by which the field knows that it was heard."""
    number = message.get("number") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**53 else None


def _typed(key: str, version: int, limit: int, on_type: Callable[[str], None]) -> None:
    """Pass on what the browser sent, if it is text that was typed into this version of the field."""
    message = _message(key)
    if not isinstance(message, Mapping) or message.get("version") != version:
        return
    text = readable(message.get("text"), limit)
    if text is not None:
        on_type(text)
