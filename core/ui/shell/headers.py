"""Headers of every answer that tell a browser what a page of ours may load, and who may frame it."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.settings import settings

_PAGE = Path(st.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(frame_ancestors: str) -> str:
    """Return the content security policy of all answers.

    Everything comes from this server. Streamlit writes styles into its elements, and makes modules of components and
    pictures of what it draws as ``blob:`` and ``data:``; the playground of "Neurons" computes in WebAssembly.

    Args:
        frame_ancestors: addresses of pages that may show ours in a frame, as CSP writes them.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", "'wasm-unsafe-eval'", "blob:", *_inline_scripts())),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _inline_scripts() -> list[str]:
    """Return the hashes of the scripts that stand in Streamlit's page itself."""
    scripts = _INLINE.findall(_PAGE.read_text("utf-8"))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts]


class SafeHeaders:
    """ASGI middleware that adds these headers to every answer that does not have them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            b"content-security-policy": policy(settings().frame_ancestors).encode(),
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = list(message.get("headers", ()))
                names = {name.lower() for name, _ in there}
                there += [one for one in self.headers.items() if one[0] not in names]
                message = {**message, "headers": there}
            await send(message)

        await self.app(scope, receive, send_with_headers)
