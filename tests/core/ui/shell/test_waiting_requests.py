"""What was said before a click on a link arrives, whether the server had come to it or not."""

from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from core.ui.shell.waiting_requests import _answering, _taking_along, answer

STROKE = WidgetState(id="canvas", json_value="a stroke")
SMALLER = WidgetState(id="canvas", json_value="less")
CLICK = WidgetState(id="hand-in", trigger_value=True)


def asking(*widgets: WidgetState, page: str = "draw", fragment: str = "") -> ClientState:
    request = ClientState(page_script_hash=page, fragment_id=fragment)
    request.widget_states.widgets.extend(widgets)
    return request


def waiting(*widgets: WidgetState, begun: bool = False, answered: bool = False) -> ScriptRequests:
    """A script that has still to answer what widgets of "draw" say, or is about to, or has called their callbacks."""
    asked, requests = asking(*widgets), ScriptRequests()
    requests.request_rerun(
        RerunData(widget_states=asked.widget_states, page_script_hash="draw", fragment_id_queue=["pad"])
    )
    if begun or answered:
        requests.on_scriptrunner_ready()
    if answered:
        assert answer(requests)
    return requests


def handled(requests: ScriptRequests | None, request: ClientState) -> list[WidgetState]:
    """Return what Streamlit is asked, after what waits was taken along."""
    runner = None if requests is None else SimpleNamespace(_requests=requests)
    seen: list[ClientState] = []
    _taking_along(lambda _session, asked: seen.append(asked))(SimpleNamespace(_scriptrunner=runner), request)
    return list(seen[0].widget_states.widgets)


def test_a_link_takes_along_what_waits_and_that_is_not_run_by_itself_too() -> None:
    requests = waiting(STROKE, CLICK)
    assert handled(requests, asking(page="inside")) == [STROKE, CLICK]
    assert requests.on_scriptrunner_ready().type == ScriptRequestType.STOP


def test_of_what_has_begun_values_are_taken_along_and_clicks_until_their_callbacks_are_called() -> None:
    requests = waiting(STROKE, CLICK, begun=True)
    assert handled(requests, asking(page="inside")) == [STROKE, CLICK]
    assert not answer(requests), "the next page calls them"
    assert handled(waiting(STROKE, CLICK, answered=True), asking(page="inside")) == [STROKE]
    requests = waiting(STROKE, answered=True)
    requests.request_rerun(RerunData(widget_states=asking(CLICK).widget_states, page_script_hash="draw"))
    assert answer(requests), "st.rerun() in the run that goes on"
    assert handled(requests, asking(page="inside")) == [CLICK], "which waits behind that run"


def test_a_click_elsewhere_on_the_page_takes_along_clicks_and_has_the_newer_values() -> None:
    assert handled(waiting(STROKE, CLICK), asking(SMALLER)) == [SMALLER, CLICK]
    assert handled(waiting(STROKE, CLICK), asking()) == [CLICK], "the canvas is not there any more"


@pytest.mark.parametrize("request_", [asking(STROKE, fragment="pad"), asking(page="inside")], ids=["fragment", "idle"])
def test_else_nothing_changes(request_: ClientState) -> None:
    """A fragment waits its turn behind what waits; and after a run that has ended nothing waits."""
    requests = waiting(CLICK)
    if not request_.fragment_id:
        requests.on_scriptrunner_ready()
        assert requests.on_scriptrunner_ready().type == ScriptRequestType.STOP
    before = list(request_.widget_states.widgets)
    assert handled(requests, request_) == before
    assert handled(None, request_) == before
    if request_.fragment_id:
        assert requests.on_scriptrunner_ready().type == ScriptRequestType.RERUN


class Runner(ScriptRunner):
    """One that has been asked something, and ends at every yield once it is told to."""

    def __init__(self) -> None:
        self._requests = waiting(CLICK, begun=True)

    def may_stop(self) -> None:
        if self._requests._state == ScriptRequestType.STOP:
            raise StopException


def test_callbacks_are_called_to_their_end_or_not_at_all() -> None:
    runner, told = Runner(), list[str]()
    state = SafeSessionState(SessionState(), runner.may_stop)

    def callback(_state: SafeSessionState) -> None:
        state._yield_callback()
        told.append("begins")
        assert handled(runner._requests, asking(page="inside")) == []
        state["a"] = 1  # where Streamlit ends a script
        told.append("ends")

    _answering(callback)(state)
    assert told == ["begins", "ends"]
    with pytest.raises(StopException):
        _answering(callback)(state)
    assert told == ["begins", "ends"]
