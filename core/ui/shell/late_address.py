"""An address that is on its way to a browser counts already in what that browser asks meanwhile.

Streamlit sends the browser's address along with every click, and the server's changes of it back. On a slow connection
a click that follows another still brings the address from before, and a page that follows its address would take its
own last setting back. Both ways things come in the order in which they were sent, so it is known here which values a
name in the address had, and which it is about to have. Streamlit has no setting for that, so its private functions are
wrapped.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.query_params import QueryParams

from core.ui.shell.joined_requests import is_trigger
from core.ui.shell.late_controls import take_in_controls
from core.ui.shell.wrapping import wrap_once

Query = dict[str, list[str]]
"""What stands in an address: by name, the values in their order."""


class Address:
    """The address of one session, as its browser has it and as the server has it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here: Query = {}
        self._coming: dict[str, list[list[str] | None]] = {}  # values of a name, from the one that the browser has
        self._said = (b"", "")
        self._late = False

    def asked(self, request: ClientState, page: str) -> bool:
        """Note what a browser has, by its request; return whether it leads elsewhere.

        Args:
            request: what it asks.
            page: that the server shows it.
        """
        query = _read(request.query_string)
        with self._lock:
            leads_elsewhere = self._leads_elsewhere(request, page)
            if leads_elsewhere:
                self._coming.clear()
            for name, values in list(self._coming.items()):
                left = values[values.index(query.get(name)) :] if query.get(name) in values else []
                self._coming[name] = left
                if len(left) < 2:
                    del self._coming[name]
        return leads_elsewhere

    def begun(self, address: str) -> str:
        """Return the address with which a run begins, for the one that came with its request."""
        query = _read(address)
        with self._lock:
            late = {name: values[-1] for name, values in self._coming.items() if query.get(name) in values[:-1]}
            late = {name: value for name, value in late.items() if query.get(name) != value}
            self._here = {name: value for name, value in {**query, **late}.items() if value is not None}
            self._late = bool(late)
        return urlencode(self._here, doseq=True) if late else address

    def written(self, query: Mapping[str, str | list[str]], bound: Callable[[str], bool]) -> None:
        """Note what the server has written.

        Args:
            query: the whole address.
            bound: whether a name is that of a control, which the browser writes itself.
        """
        wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in query.items()}
        with self._lock:
            for name in {*self._here, *wanted}:
                before, now = self._here.get(name), wanted.get(name)
                if before != now and not bound(name):
                    self._coming.setdefault(name, [before]).append(now)
            self._here, self._late = wanted, False

    def take_late(self) -> bool:
        """Return, once a run, whether its request came with an address of before.

        What the browser has written into that one will be overwritten by what is on its way.
        """
        with self._lock:
            late, self._late = self._late, False
        return late

    def _leads_elsewhere(self, request: ClientState, page: str) -> bool:
        """Whether a request is no click on what is shown but another page, a link, Back: its address is meant so."""
        (controls, address), self._said = self._said, (request.widget_states.SerializeToString(), request.query_string)
        if request.page_script_hash != page or request.is_history_navigation:
            return True
        clicked = controls != self._said[0] or any(is_trigger(state) for state in request.widget_states.widgets)
        return address != self._said[1] and not (clicked or request.fragment_id or request.is_auto_rerun)


def expect_late_addresses() -> None:
    """Have what browsers ask go with the address that they are about to have; once in a process is enough."""
    wrap_once(AppSession, "request_rerun", _noting_requests)
    wrap_once(ScriptRunContext, "reset", _correcting)
    wrap_once(ScriptRunContext, "on_script_start", _repeating)
    wrap_once(QueryParams, "_send_query_param_msg", _noting_answers)


def _noting_requests(handle: Callable[..., None]) -> Callable[..., None]:
    def handle_and_note(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None:
            state = session.session_state
            if not _address_of(state.query_params).asked(client_state, session.page_script_hash):
                take_in_controls(client_state, state)
        handle(session, client_state)

    return handle_and_note


def _correcting(reset: Callable[..., None]) -> Callable[..., None]:
    def reset_and_correct(context: ScriptRunContext, query_string: str = "", *given: Any, **named: Any) -> None:
        with context.session_state.query_params() as query:
            address = _address_of(query)
        reset(context, address.begun(query_string), *given, **named)

    return reset_and_correct


def _repeating(start: Callable[..., None]) -> Callable[..., None]:
    def start_and_repeat(context: ScriptRunContext) -> None:
        start(context)
        with context.session_state.query_params() as query:
            if _address_of(query).take_late():
                query._send_query_param_msg()

    return start_and_repeat


def _noting_answers(send: Callable[..., None]) -> Callable[..., None]:
    def note_and_send(query: QueryParams) -> None:
        _address_of(query).written(query._query_params, query.is_bound)
        send(query)

    return note_and_send


def _address_of(query: QueryParams) -> Address:
    """Return the address of the session that a Streamlit object belongs to; it is kept with that."""
    kept: Address = query.__dict__.setdefault("_address_of_the_house", Address())
    return kept


def _read(address: str) -> Query:
    return parse_qs(address, keep_blank_values=True)
