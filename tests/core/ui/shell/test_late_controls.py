"""What a control says counts in the address that comes with it, whatever stands there still."""

from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.state.session_state import SessionState

from core.ui.shell.late_controls import take_in_controls
from tests.support.session_controls import control


@pytest.fixture
def state() -> SessionState:
    """A page with a slider, a number, a list and a switch that stand in its address."""
    session = SessionState()
    control(session, "stride", "double_array_value", 1, bind="query-params")
    control(session, "bias", "double_value", 0.0, bind="query-params")
    control(session, "activation", "string_value", "none", bind="query-params")
    control(session, "switch", "bool_value", False, bind="query-params")
    return session


def asking(address: str, **values: Any) -> ClientState:
    request = ClientState(query_string=address)
    for name, value in {"stride": 1, "bias": 0.0, "activation": "none", "switch": False, **values}.items():
        widget = request.widget_states.widgets.add(id=f"$$ID-{name}")
        match value:
            case bool():
                widget.bool_value = value
            case int():
                widget.double_array_value.data.append(value)
            case float():
                widget.double_value = value
            case _:
                widget.string_value = value
    return request


@pytest.mark.parametrize(
    ("address", "changed", "counts"),
    [
        ("kernel=a&stride=2", {"stride": 3}, "kernel=a&stride=3"),
        ("kernel=a&stride=2", {"stride": 1}, "kernel=a"),
        ("kernel=a", {"activation": "Leaky ReLU"}, "kernel=a&activation=Leaky+ReLU"),
        ("kernel=a", {"switch": True, "bias": 3.0}, "kernel=a&bias=3&switch=true"),
        ("kernel=1%2C2&stride=3", {"stride": 3}, "kernel=1%2C2&stride=3"),
        ("kernel=a b&stride=2", {"stride": 2}, "kernel=a b&stride=2"),
        ("kernel=a&stride=4", {"stride": 2}, "kernel=a&stride=2"),
    ],
    ids=["changed", "as at the start", "a list", "others", "there already", "unchanged", "an older answer came late"],
)
def test_what_controls_say_stands_in_the_address_that_comes_with_it(state, address, changed, counts):
    request = asking(address, **changed)
    take_in_controls(request, state)
    assert request.query_string == counts


def test_what_no_control_sends_is_left_to_the_run(state):
    request = asking("stride=2")
    request.widget_states.widgets[0].string_value = ""
    request.widget_states.widgets.add(id="$$ID-elsewhere", int_value=3)
    take_in_controls(request, state)
    assert request.query_string == "stride=2"
