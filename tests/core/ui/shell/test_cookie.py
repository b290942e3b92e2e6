import contextlib
from collections.abc import MutableMapping
from typing import Any

import pytest

from core.ui.shell.cookie import COOKIE, RememberBrowser

Headers = list[tuple[bytes, bytes]]


def answered(request: Headers, response: Headers, kind: str = "http") -> Headers:
    """What a browser gets back through the middleware."""
    sent: list[MutableMapping[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": f"{kind}.response.start", "headers": response})
        await send({"type": f"{kind}.response.body"})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    passing = RememberBrowser(app)({"type": kind, "headers": request}, None, send)  # type: ignore[arg-type]
    with contextlib.suppress(StopIteration):  # nothing waits for anything, so no loop is needed
        passing.__await__().send(None)
    assert len(sent) == 2
    return list(sent[0]["headers"])


def test_a_new_browser_gets_a_number_with_its_first_page() -> None:
    page = (b"content-type", b"text/html; charset=utf-8")
    first, second = (answered([], [page])[-1] for _ in range(2))
    assert first[0] == b"set-cookie"
    assert first[1].startswith(COOKIE.encode() + b"=")
    assert b"HttpOnly" in first[1]
    assert b"SameSite=Lax" in first[1]
    assert first != second


@pytest.mark.parametrize(
    ("request_headers", "response_headers", "kind"),
    [
        ([(b"cookie", b"a=1; playground_person=abc")], [(b"content-type", b"text/html")], "http"),
        ([], [(b"content-type", b"text/javascript")], "http"),
        ([], [(b"content-type", b"text/html")], "websocket"),
    ],
)
def test_nothing_else_is_touched(request_headers: Headers, response_headers: Headers, kind: str) -> None:
    assert answered(request_headers, response_headers, kind) == response_headers
