"""A page that was left is no longer answered: which requests pass, and which do not."""

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

from core.ui.shell.page_switch import LeaveQuietly, PresentPage


def asking(page: str, fragment: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_script_hash = page
    message.rerun_script.fragment_id = fragment
    return message.SerializeToString()


def announcing(page: str) -> bytes:
    message = ForwardMsg(hash="0" * 64)
    message.new_session.page_script_hash = page
    message.new_session.main_script_path = "x" * 300  # it is a long message
    return message.SerializeToString()


def navigating(page: str) -> bytes:
    message = ForwardMsg(hash="0" * 64)
    message.navigation.page_script_hash = page
    message.navigation.sections.extend(["x" * 100] * 3)
    return message.SerializeToString()


def finished(status: "ForwardMsg.ScriptFinishedStatus.ValueType") -> bytes:
    return ForwardMsg(hash="0" * 64, script_finished=status).SerializeToString()


def test_the_page_that_is_shown_is_answered() -> None:
    present = PresentPage()
    assert present.asked(asking(""))
    present.told(announcing("start"))
    assert present.asked(asking("start", "canvas"))
    assert present.asked(asking("draw"))
    assert present.asked(asking("draw", "pad"))


def test_a_page_that_is_opened_by_its_address_is_answered() -> None:
    present = PresentPage()
    assert present.asked(asking(""))
    present.told(announcing("start"))  # by the address alone, the run begins as that of the first page
    present.told(navigating("class"))
    assert present.asked(asking("class", "wall"))
    assert not present.asked(asking("start", "canvas"))
    present.asked(asking("draw"))
    present.told(navigating("class"))  # of the run that is being broken off
    assert present.asked(asking("draw", "pad"))


@pytest.mark.parametrize("arrived", [False, True], ids=["before the new page arrives", "after it"])
def test_a_fragment_of_the_page_before_is_not(arrived: bool) -> None:
    present = PresentPage()
    present.asked(asking(""))
    present.told(announcing("start"))
    present.asked(asking("draw"))
    if arrived:
        present.told(announcing("draw"))
    assert not present.asked(asking("start", "canvas"))
    assert present.asked(asking("start"))  # back again
    assert present.asked(asking("start", "canvas"))


def test_a_page_to_which_the_server_turned_by_itself_is_answered() -> None:
    present = PresentPage()
    present.asked(asking("runs"))
    present.told(announcing("runs"))
    present.told(finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    present.told(announcing("train"))
    assert present.asked(asking("train", "curves"))
    assert not present.asked(asking("runs", "table"))


def test_what_is_no_request_passes() -> None:
    present = PresentPage()
    present.asked(asking("draw"))
    assert present.asked(BackMsg(stop_script=True).SerializeToString())
    assert present.asked(None)
    assert present.asked(b"\xff\xff")


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_calmly(data: bytes) -> None:
    present = PresentPage()
    present.asked(data)
    present.told(data)


def test_the_server_never_sees_what_a_page_that_was_left_asks() -> None:
    seen: list[bytes] = []

    async def listen(socket: WebSocket) -> None:
        await socket.accept()
        for _ in range(3):
            seen.append(await socket.receive_bytes())
        await socket.close()

    app = Starlette(routes=[WebSocketRoute("/", listen)], middleware=[Middleware(LeaveQuietly)])
    sent = [asking("start"), asking("draw"), asking("start", "canvas"), asking("draw", "pad")]
    with TestClient(app).websocket_connect("/") as socket:
        for message in sent:
            socket.send_bytes(message)
        assert socket.receive()["type"] == "websocket.close"
    assert seen == [sent[0], sent[1], sent[3]]
