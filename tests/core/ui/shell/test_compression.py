"""Streamlit's scripts are sent compressed, and nothing else is touched."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.ui.shell.compression import PackedFiles


async def _passed_on(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})


def answer(
    middleware: PackedFiles, path: str, method: str = "GET", encoding: bytes = b"gzip, br", more: Any = ()
) -> list[Any]:
    """What the middleware sends; in a thread of its own, because the browser tests leave a loop in this one."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", encoding), *more]}

    async def ask() -> None:
        await middleware(scope, lambda: None, send)  # type: ignore[arg-type, return-value]

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, ask()).result()
    return sent


def test_a_script_is_sent_compressed_and_may_be_kept() -> None:
    middleware = PackedFiles(_passed_on)
    scripts = [path for path in middleware.files if path.endswith(".js")]
    assert len(scripts) > 100
    for path in (scripts[0], scripts[0], next(path for path in middleware.files if path.endswith(".css"))):
        start, body = answer(middleware, path)
        headers = dict(start["headers"])
        assert start["status"] == 200
        assert gzip.decompress(body["body"]) == middleware.files[path].read_bytes()
        assert int(headers[b"content-length"]) == len(body["body"])
        assert headers[b"content-type"].split(b"/")[1].split(b";")[0] in {b"javascript", b"css"}
        assert b"immutable" in headers[b"cache-control"]
    assert len(middleware.packed) == 2


@pytest.mark.parametrize(
    ("path", "method", "encoding"),
    [
        ("/", "GET", b"gzip"),
        ("/static/../../../../etc/passwd", "GET", b"gzip"),
        ("/static/js/none.js", "GET", b"gzip"),
        (None, "GET", b"identity"),
        (None, "HEAD", b"gzip"),
    ],
)
def test_all_else_is_passed_on(path: str | None, method: str, encoding: bytes) -> None:
    middleware = PackedFiles(_passed_on)
    [start] = answer(middleware, path or next(iter(middleware.files)), method, encoding)
    assert start["status"] == 299


def test_the_font_of_icons_is_our_own_and_asked_for_again() -> None:
    middleware = PackedFiles(_passed_on)
    (path,) = middleware.icons
    start, body = answer(middleware, path)
    headers = dict(start["headers"])
    assert start["status"] == 200
    assert body["body"][:4] == b"wOF2"
    assert headers[b"cache-control"] == b"no-cache"
    start, *_ = answer(middleware, path, more=[(b"if-none-match", headers[b"etag"])])
    assert start["status"] == 304
