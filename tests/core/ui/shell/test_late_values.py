"""What Python has set a control to counts until the browser says something else."""

from collections.abc import Callable

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState

from core.ui.shell.late_values import keep_what_was_set, without_older_values
from tests.support.session_controls import control

Values = dict[str, int | bool | str]


@pytest.fixture
def state() -> SessionState:
    """A page with two sliders, a switch and a field, all as they begin."""
    session = SessionState()
    control(session, "horizon", "double_array_value", 12)
    control(session, "known", "double_array_value", 2808)
    control(session, "log", "bool_value", False)
    control(session, "word", "string_value", "sun")
    return session


def asking(values: Values) -> WidgetStates:
    request = WidgetStates()
    for name, value in values.items():
        widget = request.widgets.add(id=f"$$ID-{name}")
        match value:
            case bool():
                widget.bool_value = value
            case int():
                widget.double_array_value.data.append(value)
            case _:
                widget.string_value = value
    return request


def seen(state: SessionState, request: WidgetStates) -> Values:
    """What a run sees of a request."""
    state._compact_state()
    state.set_widgets_from_proto(without_older_values(request, state))
    return {name: state[name] for name in ("horizon", "known", "log", "word")}


BEGIN: Values = {"horizon": 12, "known": 2808, "log": False, "word": "sun"}
MOVED: Values = {**BEGIN, "horizon": 13}


@pytest.fixture
def set_by_python(state: SessionState) -> Callable[[Values], Values]:
    """Horizon was moved, and Python has moved "Known values", the switch and the word for it; then comes a request."""
    assert seen(state, asking(BEGIN)) == BEGIN
    assert seen(state, asking(MOVED)) == MOVED
    state["known"], state["log"], state["word"] = 2807, True, ""
    return lambda values: seen(state, asking(values))


def test_a_click_elsewhere_does_not_take_back_what_python_has_set(set_by_python: Callable[[Values], Values]) -> None:
    assert set_by_python({**MOVED, "horizon": 14}) == {"horizon": 14, "known": 2807, "log": True, "word": "sun"}
    known: Values = {"horizon": 14, "known": 2807, "log": True, "word": ""}
    assert set_by_python(known) == known  # the browser has heard of it
    assert set_by_python({**known, "known": 2808, "horizon": 15}) == {**known, "known": 2808, "horizon": 15}


def test_what_is_moved_back_counts(set_by_python: Callable[[Values], Values]) -> None:
    assert set_by_python(MOVED) == MOVED
    assert set_by_python({**MOVED, "known": 2700}) == {**MOVED, "known": 2700}


def test_a_run_begins_so(state: SessionState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionState, "on_script_will_rerun", SessionState.on_script_will_rerun)
    keep_what_was_set()
    state.on_script_will_rerun(asking(MOVED))
    state["known"] = 2807
    state.on_script_will_rerun(asking({**MOVED, "horizon": 14}))
    assert (state["horizon"], state["known"]) == (14, 2807)
    state.on_script_will_rerun(None)
