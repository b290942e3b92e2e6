"""What a control says counts in the address that comes with it, whatever stands there still.

Streamlit's browser side writes a control into the address at once, and reads the address that it sends from where it
stands a moment later. Where something else is sent in that moment, a kernel that was edited, say, the request has the
control's new value and an address with its old one. On a slow connection an answer to an older click also puts the
control's older value back into the address. The page is right then, but what the page writes into the address would
take the control out again, and a link that is copied would lack it.
"""

from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.errors import Error
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState

FORGED = (Error, AttributeError, LookupError, TypeError, ValueError)
"""What Streamlit's controls raise for a value that no browser of its own sends."""


def take_in_controls(request: ClientState, state: SessionState) -> None:
    """Put what controls say in a request into the request's address.

    Args:
        request: a click on what is shown; where it is a link, or Back, its address is meant as it is.
        state: of the session, which knows the controls.
    """
    query, corrected = parse_qs(request.query_string, keep_blank_values=True), False
    for widget in request.widget_states.widgets:
        binding = state.query_params.get_binding_for_widget(widget.id)
        metadata = state.get_widget_metadata(widget.id) if binding else None
        if binding is None or metadata is None:
            continue
        try:
            wanted = _in_address(value_of(widget, metadata), metadata)
        except FORGED:  # the run finds it too
            continue
        if wanted is None:
            corrected |= query.pop(binding.param_key, None) is not None
        elif wanted and wanted != query.get(binding.param_key):
            query[binding.param_key], corrected = wanted, True
    if corrected:
        request.query_string = urlencode(query, doseq=True)


def value_of(widget: WidgetState, metadata: WidgetMetadata[Any]) -> Any:
    """Return what a control says in a request, as a page would get it."""
    sent = getattr(widget, str(widget.WhichOneof("value")))
    return metadata.deserializer(list(sent.data) if hasattr(sent, "data") else sent)


def _in_address(value: Any, metadata: WidgetMetadata[Any]) -> list[str] | None:
    """Return the texts of a value, as Streamlit writes them; None for the one that a control starts with."""
    if value == metadata.deserializer(None):
        return None
    serialized = metadata.serializer(value)
    return [_text(one) for one in (serialized if isinstance(serialized, list | tuple) else [serialized])]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
