"""Keeps those out who have not joined a room, where the server is for a class only (``PLAYGROUND_ACCESS=room``)."""

from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.classroom.admission import admitted
from core.classroom.badge import COOKIE
from core.settings import settings
from core.ui.components.serving import prefix
from core.ui.shell.room_routes import PLACE

_REFUSED = 1008
"""The code of WebSockets for what goes against a policy."""


class Gate:
    """ASGI middleware that lets only members of an open room in: pages, files, and every message of a WebSocket.

    The pages by which one joins are open to everybody, and so is the question whether the server is alive.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.closed = settings().access == "room"
        self.open_paths = (f"{prefix()}/{PLACE}/", f"{prefix()}/_stcore/health", f"{prefix()}/favicon.png")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if not self.closed or scope["type"] not in {"http", "websocket"} or self._is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        cookie = _cookie(scope)
        if await run_in_threadpool(admitted, cookie) is None:
            await _refuse(scope, receive, send)
            return
        if scope["type"] == "http":
            await self.app(scope, receive, send)
            return

        async def receive_while_admitted() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or await run_in_threadpool(admitted, cookie) is not None:
                return message
            await send({"type": "websocket.close", "code": _REFUSED})
            return {"type": "websocket.disconnect", "code": _REFUSED}

        await self.app(scope, receive_while_admitted, send)

    def _is_open(self, path: str) -> bool:
        return path.startswith(self.open_paths[0]) or path in self.open_paths


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()  # the question whether it may connect
        await send({"type": "websocket.close", "code": _REFUSED})
    elif "text/html" in Headers(scope=scope).get("accept", ""):
        await RedirectResponse(f"{prefix()}/{PLACE}/join", 303)(scope, receive, send)
    else:
        await PlainTextResponse("This server is for a class: join its room first.", 403)(scope, receive, send)


def _cookie(scope: Scope) -> str | None:
    try:
        found = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
