"""Streamlit's own scripts and icons, sent small: a first visit fetches a hundred files, and a class does so at once."""

import asyncio
import hashlib
import mimetypes
from pathlib import Path

import streamlit as st
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.paths import ASSETS
from core.ui.components.serving import answer, packed, prefix

_FOLDER = Path(st.__file__).parent / "static" / "static"
_SHRINK = {".js", ".css"}
_ICONS = ASSETS / "icons" / "material-symbols-rounded.woff2"


class PackedFiles:
    """ASGI middleware that answers for Streamlit's scripts and styles from memory, compressed once.

    Streamlit sends them as they are, 4.6 MB for a first visit. Their names hold a
    checksum of their content, so browsers keep them for good. Whatever is not
    one of these files, or is asked for by a browser that does not take gzip, is
    passed on. The font of icons is our own, which holds only those that are used (`core.shipping.icons`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.files = {
            f"{prefix()}/static/{path.relative_to(_FOLDER).as_posix()}": path
            for path in _FOLDER.rglob("*")
            if path.suffix in _SHRINK
        }
        self.packed: dict[str, bytes] = {}
        self.icons = {
            f"{prefix()}/static/{path.relative_to(_FOLDER).as_posix()}"
            for path in (_FOLDER / "media").glob("MaterialSymbols-Rounded.*.woff2")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and scope["method"] == "GET" and path in self.icons:
            await _icons(scope)(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] != "GET" or path not in self.files or not _takes_gzip(scope):
            await self.app(scope, receive, send)
            return
        if path not in self.packed:
            self.packed[path] = await asyncio.to_thread(_pack, self.files[path])
        response = answer(self.packed[path], mimetypes.guess_type(path)[0] or "text/plain")
        response.headers["Vary"] = "Accept-Encoding"  # whoever does not take gzip gets another answer
        await response(scope, receive, send)


def _icons(scope: Scope) -> Response:
    """Return our font of icons. Its address is Streamlit's and stays when icons change: a browser asks each time."""
    font = _ICONS.read_bytes()
    tag = f'"{hashlib.sha256(font).hexdigest()[:20]}"'
    known = any(name == b"if-none-match" and tag.encode() in value for name, value in scope.get("headers", ()))
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    return Response(status_code=304, headers=headers) if known else Response(font, 200, headers, "font/woff2")


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope.get("headers", ()))


def _pack(path: Path) -> bytes:
    return packed(path.read_bytes())
