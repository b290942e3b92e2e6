"""A cookie for every browser, so that a run finds its owner again after a reload."""

import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from core.ui.state.person import COOKIE

_YEAR = 365 * 24 * 3600

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class RememberBrowser:
    """ASGI middleware that gives every browser a random number of its own, with the first page that it gets."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the cookie to a page where the browser has none yet."""
        known = any(name == b"cookie" and COOKIE.encode() in value for name, value in scope.get("headers", ()))
        if scope["type"] != "http" or known:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: MutableMapping[str, Any]) -> None:
            headers = list(message.get("headers", ()))
            is_page = any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)
            if message["type"] == "http.response.start" and is_page:
                cookie = f"{COOKIE}={uuid.uuid4().hex}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"
                message = {**message, "headers": [*headers, (b"set-cookie", cookie.encode())]}
            await send(message)

        await self.app(scope, receive, send_with_cookie)
