"""A click outside a fragment that comes in the fragment's request is answered by the whole page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.ui.shell.joined_requests import AnswerEveryClick, Widgets

CANVAS, SLIDER, BUTTON, INSIDE, OTHER = (f"$$ID-{name}" for name in ("canvas", "slider", "button", "inside", "other"))
PAD, LIST = "pad", "list"


def showing(kind: str, widget: str, fragment: str = "", **values: object) -> bytes:
    message = ForwardMsg()
    getattr(message.delta.new_element, kind).id = widget
    for name, value in values.items():
        setattr(getattr(message.delta.new_element, kind), name, value)
    message.delta.fragment_id = fragment
    return message.SerializeToString()


def asking(fragment: str = "", by_itself: bool = False, **values: object) -> bytes:
    message = BackMsg()
    message.rerun_script.page_script_hash = "draw"
    message.rerun_script.fragment_id = fragment
    message.rerun_script.is_auto_rerun = by_itself
    for name, value in values.items():
        state = message.rerun_script.widget_states.widgets.add(id=f"$$ID-{name}")
        if value is True:
            state.trigger_value = True
        elif isinstance(value, str):
            state.json_value = value
        else:
            state.int_array_value.data.append(value)
    return message.SerializeToString()


def read(data: bytes) -> BackMsg:
    message = BackMsg()
    message.ParseFromString(data)
    return message


@pytest.fixture
def widgets() -> Widgets:
    """A page with a button, a slider, and two fragments: a canvas with a button of its own, and a list."""
    page = Widgets()
    page.told(showing("button", BUTTON))
    page.told(showing("slider", SLIDER))
    page.told(showing("bidi_component", CANVAS, PAD))
    page.told(showing("button", INSIDE, PAD))
    page.told(showing("button", OTHER, LIST))
    page.asked(asking(slider=1, canvas="empty"))
    return page


def test_a_fragment_that_reports_alone_runs_alone(widgets: Widgets) -> None:
    for alone in (asking(PAD, slider=1, canvas="a stroke"), asking(PAD, slider=1, canvas="a stroke", inside=True)):
        assert widgets.asked(alone) == alone


def test_a_click_on_the_page_that_comes_with_it_runs_the_page(widgets: Widgets) -> None:
    joined = read(widgets.asked(asking(PAD, slider=1, canvas="a stroke", button=True)))
    assert joined == read(asking("", slider=1, canvas="a stroke", button=True))


def test_so_does_one_in_another_fragment(widgets: Widgets) -> None:
    assert read(widgets.asked(asking(PAD, canvas="a stroke", other=True))).rerun_script.fragment_id == ""


def test_so_does_a_slider_that_moved(widgets: Widgets) -> None:
    assert read(widgets.asked(asking(PAD, slider=2, canvas="a stroke"))).rerun_script.fragment_id == ""
    assert read(widgets.asked(asking(PAD, slider=2, canvas="two"))).rerun_script.fragment_id == PAD


def test_a_slider_that_the_server_moved_is_no_click(widgets: Widgets) -> None:
    widgets.told(showing("slider", SLIDER, set_value=True))
    assert read(widgets.asked(asking(PAD, slider=3, canvas="a stroke"))).rerun_script.fragment_id == PAD


@pytest.mark.parametrize("where", ["", LIST])
def test_a_component_outside_that_is_clicked_runs_the_page(widgets: Widgets, where: str) -> None:
    strips = "$$ID-strips"
    widgets.told(showing("bidi_component", strips, where))
    message = read(asking(PAD, canvas="a stroke"))
    message.rerun_script.widget_states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{strips}__events", json_trigger_value='[{"event": "picked", "value": 3}]'
    )
    assert read(widgets.asked(message.SerializeToString())).rerun_script.fragment_id == ""
    message.rerun_script.fragment_id = where
    assert read(widgets.asked(message.SerializeToString())).rerun_script.fragment_id == where


def test_what_asks_by_itself_takes_no_click_along(widgets: Widgets) -> None:
    beat = read(widgets.asked(asking(LIST, by_itself=True, slider=2, button=True)))
    assert beat == read(asking(LIST, by_itself=True, slider=2))
    assert read(widgets.asked(asking(PAD, slider=2, canvas="a stroke"))).rerun_script.fragment_id == ""


def test_what_is_no_request_passes(widgets: Widgets) -> None:
    stop = BackMsg(stop_script=True).SerializeToString()
    assert widgets.asked(stop) == stop
    assert widgets.asked(b"\xff\xff") == b"\xff\xff"


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_calmly(data: bytes) -> None:
    widgets = Widgets()
    widgets.asked(data)
    widgets.told(b"$$ID-" + data)


def test_the_server_sees_the_request_of_a_whole_page() -> None:
    seen: list[bytes] = []

    async def listen(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_bytes(showing("button", BUTTON))
        seen.append(await socket.receive_bytes())
        await socket.close()

    app = Starlette(routes=[WebSocketRoute("/", listen)], middleware=[Middleware(AnswerEveryClick)])
    with TestClient(app).websocket_connect("/") as socket:
        socket.receive_bytes()
        socket.send_bytes(asking(PAD, canvas="a stroke", button=True))
        assert socket.receive()["type"] == "websocket.close"
    assert [read(data).rerun_script.fragment_id for data in seen] == [""]
