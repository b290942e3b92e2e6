"""Controls in Streamlit's state of a session, without a page."""

from typing import Any, Literal

from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState


def control(
    session: SessionState, name: str, kind: str, begins: Any, bind: Literal["query-params"] | None = None
) -> None:
    """Have a control on the page; it says an array of one where its kind is such.

    Args:
        session: the state.
        name: of the control.
        kind: the field of `WidgetState` in which it says its value.
        begins: its value before anybody has touched it.
        bind: whether it stands in the address.
    """
    array = kind.endswith("array_value")
    session.register_widget(
        WidgetMetadata(
            id=f"$$ID-{name}",
            deserializer=lambda sent: begins if sent is None else sent[0] if array else sent,
            serializer=lambda value: [value] if array else value,
            value_type=kind,  # type: ignore[arg-type]
            bind=bind,
        ),
        user_key=name,
    )
