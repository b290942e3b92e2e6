"""What a browser has said before a click on a link is not lost, when the server has not come to it yet.

A link makes a request for the whole of another page, in which the browser says nothing of the page before. Streamlit
ends what runs for that, and throws away what waits: on a busy server a stroke, or a run that was started, half a second
before the link was as if it had never been. What waits is taken along instead: values arrive, and callbacks are called.
Callbacks that have begun are not ended half-way. Streamlit has no setting for that, so private functions are wrapped.
"""

from collections.abc import Callable
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

from core.ui.shell.joined_requests import is_trigger
from core.ui.shell.wrapping import wrap_once

_ANSWERED = "_answered_by_the_house"


def keep_waiting_requests() -> None:
    """Have requests for a whole page take along what waits; once in a process is enough."""
    wrap_once(SafeSessionState, "on_script_will_rerun", _answering)
    wrap_once(AppSession, "request_rerun", _taking_along)


def withdraw(requests: ScriptRequests) -> tuple[RerunData, bool] | None:
    """See to it that nothing more of these requests begins, as Streamlit is about to do.

    Returns:
        What was asked last and whether its callbacks have still to be called; None where all has ended.
    """
    with requests._lock:
        state, requests._state = requests._state, ScriptRequestType.STOP
        if state == ScriptRequestType.STOP:
            return None
        waits = state == ScriptRequestType.RERUN or requests.__dict__.get(_ANSWERED) is not requests._rerun_data
        return requests._rerun_data, waits


def answer(requests: ScriptRequests) -> bool:
    """Note that callbacks are about to be called, for what was asked last; return False where that was withdrawn."""
    with requests._lock:
        if requests._state == ScriptRequestType.CONTINUE:  # else what was asked last waits, and this is an earlier one
            requests.__dict__[_ANSWERED] = requests._rerun_data
        return requests._state != ScriptRequestType.STOP


def take_along(request: ClientState, earlier: RerunData, waits: bool) -> None:
    """Add to a request for a whole page what was said in one that will not be run, or not to its end.

    The request has all values of its page, so where that is the same as before only clicks are added. Values may be
    added twice: they are no news then, and no callback is called.

    Args:
        request: what a browser asks now.
        earlier: what it asked before.
        waits: whether the callbacks of its clicks have still to be called.
    """
    if earlier.widget_states is None:
        return
    elsewhere = request.page_script_hash != earlier.page_script_hash
    said = {widget.id for widget in request.widget_states.widgets}
    for widget in earlier.widget_states.widgets:
        if widget.id not in said and (waits if is_trigger(widget) else elsewhere):
            request.widget_states.widgets.append(widget)


def _taking_along(handle: Callable[..., None]) -> Callable[..., None]:
    def take_along_and_handle(session: AppSession, client_state: ClientState | None) -> None:
        runner: ScriptRunner | None = session._scriptrunner
        if runner is not None and client_state is not None and not client_state.fragment_id:
            earlier = withdraw(runner._requests)
            if earlier is not None:
                take_along(client_state, *earlier)
        handle(session, client_state)

    return take_along_and_handle


def _answering(begin: Callable[..., None]) -> Callable[..., None]:
    def answer_and_begin(state: SafeSessionState, *given: Any, **named: Any) -> None:
        may_stop = state._yield_callback
        runner = getattr(may_stop, "__self__", None)
        if not isinstance(runner, ScriptRunner) or not answer(runner._requests):
            begin(state, *given, **named)
            return
        object.__setattr__(state, "_yield_callback", lambda: None)  # its own `setattr` sets values of the session
        try:
            begin(state, *given, **named)
        finally:
            object.__setattr__(state, "_yield_callback", may_stop)

    return answer_and_begin
