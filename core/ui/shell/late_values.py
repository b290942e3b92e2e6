"""What Python has set a control to counts until the browser says something else.

A browser sends what all controls say with every click. What Python has just set is still on its way to it, so a quick
second click elsewhere comes with the value from before, and Streamlit takes that for a choice: on a slow connection
"Horizon" moved "Known values", and "Window" moved it back. A value that stands as it stood in the request before, while
something else has changed, was chosen by nobody.

Only what a person moves or chooses: a text or number that is typed once more, as it was before Python emptied its
field, comes together with the click that follows it.
"""

from collections.abc import Callable
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState

from core.ui.shell.joined_requests import is_trigger
from core.ui.shell.late_controls import FORGED, value_of
from core.ui.shell.wrapping import wrap_once

_CHOSEN = {"bool_value", "double_array_value", "int_array_value", "string_array_value"}


def keep_what_was_set() -> None:
    """Have older values in requests passed over; once in a process is enough."""
    wrap_once(SessionState, "on_script_will_rerun", _passing_over)


def without_older_values(asked: WidgetStates, state: SessionState) -> WidgetStates:
    """Return what the controls of a request say, with what Python has set them to where the browser says nothing new.

    Args:
        asked: by the browser.
        state: of the session, as the run before has left it.
    """
    kept = state.query_params.__dict__  # which is made for one session; its state takes no further attributes
    before: dict[str, bytes] = kept.get("_asked_before", {})
    now = {widget.id: widget.SerializeToString(deterministic=True) for widget in asked.widgets}
    kept["_asked_before"] = now
    changed = {widget.id for widget in asked.widgets if is_trigger(widget) or now[widget.id] != before.get(widget.id)}
    if not changed:
        return asked  # a control that was moved back is all that can have happened
    answer = WidgetStates()
    answer.CopyFrom(asked)
    for widget in answer.widgets:
        kind, metadata = str(widget.WhichOneof("value")), state.get_widget_metadata(widget.id)
        if widget.id in changed or kind not in _CHOSEN or metadata is None:
            continue
        try:
            value = state.get_widget_value(widget.id)
            if value == value_of(widget, metadata):
                continue
            serialized = metadata.serializer(value)
            if kind == "bool_value":
                widget.bool_value = serialized
            else:
                getattr(widget, kind).data[:] = serialized
        except FORGED:  # the run finds it too
            continue
    return answer


def _passing_over(begin: Callable[..., None]) -> Callable[..., None]:
    def pass_over_and_begin(state: SessionState, fresh: WidgetStates | None, **named: Any) -> None:
        if fresh is not None and not named.get("is_history_navigation"):
            fresh = without_older_values(fresh, state)
        begin(state, fresh, **named)

    return pass_over_and_begin
