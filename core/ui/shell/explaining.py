"""Explains the words of the glossary in all that goes to a browser: one place, so no page can forget it.

Texts get links with the sentences; controls, whose labels and options can hold none, get them at the end of their help.

Streamlit has no public call for that, so its private `DeltaGenerator._enqueue` is wrapped. What is public is worse:
functions of our own beside `st.markdown` and every control would be forgotten on some page, and links put in by the
browser would change elements that belong to React, which then fails to take them away. Where a new Streamlit sends
elements in another way, pages stay as they are, the browser lists all their words (`components/glossary`), and
`tests/core/ui/shell/test_explaining.py` says what to do.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.LabelVisibility_pb2 import LabelVisibility

from core.glossary import explained, explained_html, help_with_words
from core.ui.shell.wrapping import wrap_once

_TEXTS: dict[str, Callable[[str], str]] = {
    "markdown": explained,
    "heading": explained,
    "alert": explained,
    "html": explained_html,
}


def explain_words() -> None:
    """Have all pages explain the words of the glossary; once in a process is enough."""
    wrap_once(DeltaGenerator, "_enqueue", _explained_first)


def _explained_first(send: Callable[..., Any]) -> Callable[..., Any]:
    def explain_and_send(place: DeltaGenerator, kind: str, element: Any, *given: Any, **named: Any) -> Any:
        explain(kind, element)
        return send(place, kind, element, *given, **named)

    return explain_and_send


def explain(kind: str, element: Any) -> None:
    """Put the sentences into an element.

    Args:
        kind: as Streamlit calls it, ``markdown`` or ``slider`` for example.
        element: its message, which is changed.
    """
    message: Any = type(element)
    if kind in _TEXTS:
        element.body = _TEXTS[kind](element.body)
        if getattr(element, "help", ""):
            element.help = help_with_words(element.help)
    elif _is_control(message) and _label_is_seen(element):
        options = (str(getattr(one, "content", one)) for one in getattr(element, "options", ()))
        element.help = help_with_words(element.help, element.label, *options)


@cache
def _is_control(message: Any) -> bool:
    """Whether messages of this type show a control: they have a label and a help."""
    empty = message()
    return all(isinstance(getattr(empty, name, None), str) for name in ("label", "help"))


def _label_is_seen(element: Any) -> bool:
    visibility = getattr(element, "label_visibility", None)
    return visibility is None or visibility.value == LabelVisibility.VISIBLE
