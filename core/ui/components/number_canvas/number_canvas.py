"""A wide canvas for one line of digits that sends what is drawn while the pen is still down."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial

import streamlit as st

from core.ui.components.component import component

_show = component("number_canvas")


@dataclass(frozen=True)
class Laid:
    """What Python has laid on the canvas.

    Attributes:
        version: tells it from what was laid before; what was drawn on another version is never heard.
        picture: PNG data URL, or None for an empty canvas.
        own: whether it is the person's own drawing, to be drawn on; anything else makes room for the first stroke.
        before: whether something was on the canvas before it, to which Undo leads back.
        sheet: tells the sheet of this session from those of others.
        asked: what the address asks for, which comes before what the browser has kept.
    """

    version: int
    picture: str | None
    own: bool
    before: bool
    sheet: str
    asked: str


def number_canvas(
    laid: Laid,
    *,
    key: str,
    brush: int,
    on_draw: Callable[[str], None],
    on_undo: Callable[[], None],
    on_return: Callable[[object], None],
) -> None:
    """Show the canvas with Undo and Clear.

    Args:
        laid: what is on it when its version is new.
        key: of the component.
        brush: width of the pen, CSS pixels.
        on_draw: told what is on the canvas, a PNG data URL as the browser sent it, unchecked; an empty text where that
            is what Python has laid, and nothing else. Called before the page runs again.
        on_undo: called where Undo leads behind what Python has laid.
        on_return: told the drawing that the browser has kept of another session's sheet. It may be anything at all.
    """
    message = _message(key)
    _show(
        key=key,
        data={**asdict(laid), "brush": brush, "heard": _number(message)},
        on_drawn_change=partial(_drawn, key, laid.version, on_draw),
        on_undone_change=partial(_undone, key, laid.version, on_undo),
        on_returned_change=partial(_returned, key, on_return),
    )


def _message(key: str) -> object:
    """Return the last message of the canvas, untrusted: {text, version, number}."""
    return getattr(st.session_state.get(key), "drawn", None)


def _number(message: object) -> int | None:
    """Return the number of a message, by which the canvas knows that it was heard."""
    number = message.get("number") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**53 else None


def _drawn(key: str, version: int, on_draw: Callable[[str], None]) -> None:
    """Pass on what was drawn, if it is a text and was drawn on this version."""
    message = _message(key)
    if isinstance(message, Mapping) and message.get("version") == version and isinstance(message.get("text"), str):
        on_draw(message["text"])


def _undone(key: str, version: int, on_undo: Callable[[], None]) -> None:
    if getattr(st.session_state.get(key), "undone", None) == version:
        on_undo()


def _returned(key: str, on_return: Callable[[object], None]) -> None:
    on_return(getattr(st.session_state.get(key), "returned", None))
