"""How the server is doing: people, answers, memory, queue. For its owner at `/health`, for a teacher in the sidebar."""

import math
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass

import psutil
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.classroom.admission import admitted
from core.classroom.badge import COOKIE
from core.runs.store.database import StoreProblem
from core.ui.components.serving import prefix
from core.ui.shell.client_address import at_the_server

WINDOW = 60.0
"""Seconds that count as now."""
_LONGEST_NOTICE = 200
"""Bytes: the message that an answer is complete is shorter, so longer ones need not be read."""


@dataclass(frozen=True)
class Health:
    """The server now.

    Attributes:
        people: open connections, one for every page that is open in a browser.
        answers_per_second: complete answers to what people did, over the last minute.
        median_ms: half of these answers took no longer; None where there was none.
        p95_ms: 95 of 100 took no longer.
        server_mb: memory of the server itself, resident.
        training_mb: memory of its training processes, resident, what they share counted in each.
        training: runs that go on.
        waiting: runs that wait.
    """

    people: int
    answers_per_second: float
    median_ms: float | None
    p95_ms: float | None
    server_mb: float
    training_mb: float
    training: int
    waiting: int


class AnswerTimes:
    """How long the answers of the last minute took, from a click's message to the last message of its answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended: deque[tuple[float, float]] = deque(maxlen=20_000)
        self.people = 0

    def note(self, seconds: float) -> None:
        """Count an answer."""
        with self._lock:
            self._ended.append((time.monotonic(), seconds))

    def recent(self) -> list[float]:
        """Return the seconds of the last minute's answers, the shortest first."""
        since = time.monotonic() - WINDOW
        with self._lock:
            return sorted(seconds for ended, seconds in self._ended if ended >= since)


answer_times = AnswerTimes()


class MeasureAnswers:
    """ASGI middleware that notes when a browser asks for a page to be computed, and when that is done."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        asked: list[float] = []

        async def receive_and_look() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and asks(message.get("bytes")):
                asked.append(time.monotonic())
            return message

        async def send_and_look(message: Message) -> None:
            await send(message)
            if asked and message["type"] == "websocket.send" and completes(message.get("bytes")):
                answer_times.note(time.monotonic() - asked[0])
                asked.clear()  # clicks that came meanwhile are answered together

        answer_times.people += 1
        try:
            await self.app(scope, receive_and_look, send_and_look)
        finally:
            answer_times.people -= 1


def asks(data: bytes | None) -> bool:
    """Whether a message of a browser is about something that a person did; what pages ask by themselves is not."""
    message = BackMsg()
    try:
        message.ParseFromString(data or b"")
    except DecodeError:
        return False
    return message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun


def completes(data: bytes | None) -> bool:
    """Whether a message to a browser says that its page is complete."""
    if not data or len(data) > _LONGEST_NOTICE:
        return False
    message = ForwardMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def health() -> Health:
    """Return how the server is doing now."""
    from core.runs.workers.local import runner

    process = psutil.Process()
    resident = [0]
    for child in process.children(recursive=True):
        try:
            resident.append(child.memory_info().rss)
        except psutil.Error:  # it has just ended
            continue
    try:
        store = runner().store
        waiting, training = len(store.queue()), store.count(statuses=("starting", "running"))
    except StoreProblem:
        waiting, training = 0, 0
    seconds = answer_times.recent()
    return Health(
        people=answer_times.people,
        answers_per_second=round(len(seconds) / WINDOW, 2),
        median_ms=quantile_ms(seconds, 0.5),
        p95_ms=quantile_ms(seconds, 0.95),
        server_mb=round(process.memory_info().rss / 1e6, 1),
        training_mb=round(sum(resident) / 1e6, 1),
        training=training,
        waiting=waiting,
    )


def quantile_ms(seconds: list[float], share: float) -> float | None:
    """Return the smallest of some sorted times that a share of them does not exceed, in milliseconds."""
    return round(1000 * seconds[math.ceil(share * len(seconds)) - 1], 1) if seconds else None


def health_routes() -> list[Route]:
    """Return the route of `/health`, for whoever sits at the server and for teachers."""
    return [Route(f"{prefix()}/health", _answer)]


async def _answer(request: Request) -> Response:
    badge = await run_in_threadpool(admitted, request.cookies.get(COOKIE))
    if not (at_the_server(request) or (badge is not None and badge.teaches)):
        return PlainTextResponse("Only a teacher, or somebody at the server itself, is told how it is doing.", 403)
    return JSONResponse(asdict(await run_in_threadpool(health)), headers={"Cache-Control": "no-store"})
