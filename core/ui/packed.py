"""Streamlit's own scripts, sent compressed: a first visit fetches a hundred of them, and a class does so at once."""

import asyncio
import gzip
import mimetypes
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_FOLDER = Path(st.__file__).parent / "static" / "static"
_SHRINK = {".js", ".css"}


class PackedFiles:
    """ASGI middleware that answers for Streamlit's scripts and styles from memory, compressed once.

    Streamlit sends them as they are, 4.6 MB for a first visit. Their names hold a
    checksum of their content, so browsers keep them for good. Whatever is not
    one of these files, or is asked for by a browser that does not take gzip, is
    passed on.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        prefix = f"/{base}/static" if base else "/static"
        self.files = {
            f"{prefix}/{path.relative_to(_FOLDER).as_posix()}": path
            for path in _FOLDER.rglob("*")
            if path.suffix in _SHRINK
        }
        self.packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path not in self.files or not _takes_gzip(scope):
            await self.app(scope, receive, send)
            return
        if path not in self.packed:
            self.packed[path] = await asyncio.to_thread(_pack, self.files[path])
        headers = [
            (b"content-type", (mimetypes.guess_type(path)[0] or "text/plain").encode()),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(self.packed[path])).encode()),
            (b"cache-control", b"public, immutable, max-age=31536000"),
            (b"vary", b"accept-encoding"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.packed[path]})


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope.get("headers", ()))


def _pack(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)
