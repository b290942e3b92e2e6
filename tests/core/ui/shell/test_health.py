"""The server's health: what counts as an answer, how long answers took, and who is told."""

from collections.abc import Iterator
from pathlib import Path

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

from core.classroom.admission import forget_who_is_in
from core.classroom.badge import COOKIE, sign
from core.classroom.rooms import rooms
from core.ui.shell import health
from core.ui.shell.health import AnswerTimes, MeasureAnswers, asks, completes, health_routes, quantile_ms


def click(*, automatic: bool = False) -> bytes:
    message = BackMsg()
    message.rerun_script.is_auto_rerun = automatic
    return message.SerializeToString()


def finished(status: "ForwardMsg.ScriptFinishedStatus.ValueType") -> bytes:
    return ForwardMsg(hash="0" * 64, script_finished=status).SerializeToString()


def test_what_a_person_does_is_a_question_and_what_a_page_asks_by_itself_is_not() -> None:
    assert asks(click())
    assert not asks(click(automatic=True))
    assert not asks(BackMsg(stop_script=True).SerializeToString())
    assert not asks(None)


def test_an_answer_is_complete_when_the_last_run_is() -> None:
    assert completes(finished(ForwardMsg.FINISHED_SUCCESSFULLY))
    assert completes(finished(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    assert not completes(finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    assert not completes(ForwardMsg(hash="0" * 64).SerializeToString())
    assert not completes(None)


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_calmly(data: bytes) -> None:
    asks(data)
    completes(data)


def test_quantiles_are_times_that_were_measured() -> None:
    seconds = [number / 100 for number in range(1, 101)]
    assert quantile_ms(seconds, 0.5) == 500
    assert quantile_ms(seconds, 0.95) == 950
    assert quantile_ms([0.2], 0.95) == 200
    assert quantile_ms([], 0.95) is None


async def _answer(socket: WebSocket) -> None:
    await socket.accept()
    for status in (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY):
        await socket.receive_bytes()
        await socket.send_bytes(finished(status))
    await socket.close()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starlette]:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr(health, "answer_times", AnswerTimes())
    forget_who_is_in()
    routes = [*health_routes(), WebSocketRoute("/_stcore/stream", _answer)]
    yield Starlette(routes=routes, middleware=[Middleware(MeasureAnswers)])


def test_clicks_that_are_answered_together_are_one_answer(app: Starlette) -> None:
    times = health.answer_times
    with TestClient(app).websocket_connect("/_stcore/stream") as socket:
        assert times.people == 1
        for _ in range(2):
            socket.send_bytes(click())
            socket.receive_bytes()
    assert len(times.recent()) == 1
    assert times.people == 0


def test_the_owner_and_teachers_are_told_and_others_are_not(app: Starlette) -> None:
    health.answer_times.note(0.25)
    here = TestClient(app, client=("127.0.0.1", 1)).get("/health").json()
    assert here["median_ms"] == here["p95_ms"] == 250
    assert here["server_mb"] > 10
    assert (here["training"], here["waiting"], here["people"]) == (0, 0, 0)
    elsewhere = TestClient(app, client=("192.168.1.9", 1))
    assert elsewhere.get("/health").status_code == 403
    assert elsewhere.get("/health", headers={"cookie": f"{COOKIE}=forged"}).status_code == 403
    student = rooms().join(rooms().open_room().room and rooms().open_rooms()[0].code, "Ada", "")
    assert elsewhere.get("/health", headers={"cookie": f"{COOKIE}={sign(student)}"}).status_code == 403
    teacher = rooms().open_room()
    assert elsewhere.get("/health", headers={"cookie": f"{COOKIE}={sign(teacher)}"}).status_code == 200
