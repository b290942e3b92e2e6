"""An address that is on its way to a browser counts in what it asks meanwhile, and a link leads where it leads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.query_params import QueryParams

from core.ui.shell import late_address
from core.ui.shell.late_address import Address, expect_late_addresses


def asking(address: str, setting: int = 0, page: str = "train", **more: Any) -> ClientState:
    request = ClientState(query_string=address, page_script_hash=page, **more)
    request.widget_states.widgets.add(id="setting", int_value=setting)
    return request


class Server:
    """One session: a browser asks, a run begins with an address, and writes its own."""

    def __init__(self) -> None:
        self.address, self.settings = Address(), 0

    def run(self, came_with: str, wanted: str | None = None, **request: Any) -> str:
        """Answer a click that came with an address, write the wanted one; return the one that the run was given."""
        self.settings += request.pop("clicks", 1)
        self.address.asked(asking(came_with, self.settings, **request), "train")
        given = self.address.begun(came_with)
        if wanted is not None and wanted != given:
            self.address.written(dict(parse_qsl(wanted)), lambda name: name == "bound")
        return given


def test_a_click_that_still_has_the_address_of_before_gets_the_one_that_is_on_its_way():
    server = Server()
    assert server.run("epochs=7", "epochs=7&rate=0.02") == "epochs=7"
    assert server.run("epochs=7", "epochs=9&rate=0.02") == "epochs=7&rate=0.02"
    assert server.address.take_late() is False, "that run has written the whole address itself"
    assert server.run("epochs=7", "epochs=9&rate=0.02") == "epochs=9&rate=0.02"
    assert server.address.take_late() is True and server.address.take_late() is False
    assert server.run("epochs=7&rate=0.02") == "epochs=9&rate=0.02", "the first has arrived, the second not"
    assert server.run("epochs=9&rate=0.02") == "epochs=9&rate=0.02"
    assert server.address.take_late() is False
    assert server.run("epochs=7") == "epochs=7", "all have arrived: whoever asks for this now means it"


def test_what_was_taken_back_at_once_is_not_followed_when_it_arrives():
    server = Server()
    server.run("kernel=a", "kernel=b")
    assert server.run("kernel=a", "kernel=a") == "kernel=b", "so that the page writes what it has"
    assert server.run("kernel=a") == "kernel=a"
    assert server.run("kernel=b") == "kernel=a"
    assert server.run("kernel=a") == "kernel=a"


def test_what_goes_from_the_address_and_what_a_control_writes_there_itself():
    server = Server()
    server.run("kernel=a", "kernel=a&bound=1")
    assert server.run("kernel=a&bound=3", "bound=3") == "kernel=a&bound=3", "its own control's value is the browser's"
    assert server.run("kernel=a&bound=4") == "bound=4"
    assert server.run("bound=4&kernel=c") == "bound=4&kernel=c", "nobody wrote that here"


@pytest.mark.parametrize(
    ("address", "request_of_a_link"),
    [
        ("run=a", {"clicks": 0}),
        ("run=b", {"is_history_navigation": True}),
        ("run=b", {"page": "runs"}),
        ("run=b", {"page": ""}),
    ],
    ids=["link", "Back", "another page", "typed address"],
)
def test_a_link_counts_though_an_address_is_on_its_way(address, request_of_a_link):
    server = Server()
    server.run("run=b", "run=a")
    server.run("run=b", "run=c")
    assert server.run("run=b") == "run=c"
    assert server.run(address, **request_of_a_link) == address


def test_what_asks_by_itself_is_late_too_and_so_is_a_page_that_comes_back_after_its_connection_was_lost():
    server = Server()
    server.run("run=a", "run=b")
    assert server.run("run=a", clicks=0, is_auto_rerun=True) == "run=b"
    assert server.run("run=a", clicks=0, fragment_id="curves") == "run=b"
    assert server.run("run=a", clicks=0) == "run=b", "the same request once more is no link"


def test_streamlit_is_told_the_address_that_is_on_its_way(monkeypatch):
    """If this fails with a new Streamlit, see whether a click still comes with the browser's own address of before."""
    for owner, name in (
        (AppSession, "request_rerun"),
        (ScriptRunContext, "reset"),
        (ScriptRunContext, "on_script_start"),
        (QueryParams, "_send_query_param_msg"),
    ):
        function = getattr(owner, name)
        monkeypatch.setattr(owner, name, getattr(function, "__wrapped__", function))
    query, sent = QueryParams(), list[dict[str, str]]()
    monkeypatch.setattr(QueryParams, "_send_query_param_msg", lambda query: sent.append(query.to_dict()))
    monkeypatch.setattr(ScriptRunContext, "on_script_start", lambda context: None)
    monkeypatch.setattr(
        ScriptRunContext, "reset", lambda _, query_string: query.populate_from_query_string(query_string)
    )
    monkeypatch.setattr(AppSession, "request_rerun", lambda session, client_state: None)
    expect_late_addresses()

    class Session:
        page_script_hash = "train"

        class session_state:  # noqa: N801
            query_params = query

    class Context:
        @property
        def session_state(self) -> "Context":
            return self

        @contextmanager
        def query_params(self) -> Iterator[QueryParams]:
            yield query

    def click(address: str, setting: int) -> None:
        AppSession.request_rerun(Session(), asking(address, setting))  # type: ignore[arg-type]
        ScriptRunContext.reset(Context(), query_string=address)  # type: ignore[arg-type]
        ScriptRunContext.on_script_start(Context())  # type: ignore[arg-type]

    AppSession.request_rerun(Session(), None)  # type: ignore[arg-type]
    click("size=4", 1)
    query["size"] = "5"
    click("size=4&bound=2", 2)
    assert query.to_dict() == {"size": "5", "bound": "2"}
    assert sent == [{"size": "5"}, {"size": "5", "bound": "2"}], "or the first would take the second out"
    assert late_address._address_of(query) is late_address._address_of(query)
