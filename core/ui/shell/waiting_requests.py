"""What a browser has said before a click on a link is not lost, when the server has not come to it yet.

A link makes a request for the whole of another page, in which the browser says nothing of the page before. Streamlit
ends what runs for that, and throws away what waits: on a busy server a stroke, or a run that was started, half a second
before the link was as if it had never been. What waits is taken along instead: values arrive, and callbacks are called.
Streamlit has no setting for that, so its private functions are wrapped.
"""

from collections.abc import Callable

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequestType

from core.ui.shell.joined_requests import is_trigger
from core.ui.shell.wrapping import wrap_once


def keep_waiting_requests() -> None:
    """Have requests for a whole page take along what waits; once in a process is enough."""
    wrap_once(AppSession, "request_rerun", _taking_along)


def take_along(request: ClientState, earlier: RerunData, waits: bool) -> None:
    """Add to a request for a whole page what was said in one that will not be run, or not to its end.

    The request has all values of its page, so where that is the same as before only clicks are added. Values may be
    added twice: they are no news then, and no callback is called.

    Args:
        request: what a browser asks now.
        earlier: what it asked before.
        waits: whether that has not begun yet; where it has, its clicks have been answered.
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
            requests = runner._requests
            with requests._lock:  # or it would begin between this and the end that Streamlit is about to make of it
                state, requests._state = requests._state, ScriptRequestType.STOP
            if state != ScriptRequestType.STOP:
                take_along(client_state, requests._rerun_data, state == ScriptRequestType.RERUN)
        handle(session, client_state)

    return take_along_and_handle
