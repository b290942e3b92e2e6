"""What one browser's WebSocket sends and is sent, looked at on its way."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Asked = Callable[[bytes], bytes | None]
"""Takes a request; returns what the server is to see instead, or None for nothing."""
Told = Callable[[bytes], None]
"""Takes what the server says."""


class SocketFilter:
    """ASGI middleware that decides which requests of a browser pass, and how. All else is passed on as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def watch(self) -> tuple[Asked, Told]:
        """Return who looks at the requests and at the answers of one new connection."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no WebSocket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        asked, told = self.watch()

        async def receive_and_decide() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or not (data := message.get("bytes")):
                    return message
                if (passes := asked(data)) is not None:
                    message["bytes"] = passes
                    return message

        async def look_and_send(message: Message) -> None:
            if message["type"] == "websocket.send" and (data := message.get("bytes")):
                told(data)
            await send(message)

        await self.app(scope, receive_and_decide, look_and_send)
