"""A click that a browser has joined with the report of a fragment is answered by the whole page, so it is not lost."""

import re

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.ui.shell.socket_filter import Asked, SocketFilter, Told

_WIDGET = b"$$ID-"
"""Stands in every message that shows a widget; others need not be read."""
_COMPONENT_TRIGGER = re.compile(r"\$\$STREAMLIT_INTERNAL_KEY_(.+)__events")
_TRIGGERS = {"trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value"}


def is_trigger(state: WidgetState) -> bool:
    """Whether a request says with this that something was clicked just now, rather than how it stands."""
    return state.WhichOneof("value") in _TRIGGERS


class Widgets:
    """Which fragment each widget of a page stands in, and what it said last, from what a browser sends and is sent.

    Streamlit 1.67 sends what changes in one moment in one request, and names the fragment of whatever came
    first. On a busy machine that moment is long enough for a canvas to report and a person to click elsewhere. Only the
    fragment of the canvas then runs: the click's callback is called, and the page does not follow. A fragment that asks
    by itself also takes a click along that is on its way, which is then called twice.
    """

    def __init__(self) -> None:
        self._fragments: dict[str, str] = {}
        self._said: dict[str, bytes] = {}

    def asked(self, data: bytes) -> bytes:
        """Return a request as it should have been: without its fragment where something outside of it has changed."""
        message = BackMsg()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return data  # Streamlit says what is wrong with it
        if message.WhichOneof("type") != "rerun_script":
            return data
        request = message.rerun_script
        if request.is_auto_rerun:
            clicks = [state for state in request.widget_states.widgets if is_trigger(state)]
            for state in clicks:  # their own request is about to come
                request.widget_states.widgets.remove(state)
            return message.SerializeToString() if clicks else data
        changed = [state.id for state in request.widget_states.widgets if self._changes(state)]
        if request.fragment_id and any(self._outside(widget, request.fragment_id) for widget in changed):
            request.fragment_id = ""
            return message.SerializeToString()
        return data

    def told(self, data: bytes) -> None:
        """Note the fragment of a widget that is shown; one that the server sets does not change by a person's hand."""
        if _WIDGET not in data:
            return
        message = ForwardMsg()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return
        delta = message.delta
        shown = delta.add_block if delta.WhichOneof("type") == "add_block" else delta.new_element
        kind = shown.WhichOneof("type")
        element = getattr(shown, kind) if kind else None
        if widget := getattr(element, "id", ""):
            self._fragments[widget] = delta.fragment_id
            if getattr(element, "set_value", False):
                self._said.pop(widget, None)

    def _changes(self, state: WidgetState) -> bool:
        if is_trigger(state):
            return True
        says = state.SerializeToString()
        before, self._said[state.id] = self._said.get(state.id, says), says
        return before != says

    def _outside(self, widget: str, fragment: str) -> bool:
        component = _COMPONENT_TRIGGER.fullmatch(widget)
        return self._fragments.get(component[1] if component else widget, fragment) != fragment


class AnswerEveryClick(SocketFilter):
    """ASGI middleware that takes apart what a browser has joined."""

    def watch(self) -> tuple[Asked, Told]:
        """Know the widgets of one page."""
        widgets = Widgets()
        return widgets.asked, widgets.told
