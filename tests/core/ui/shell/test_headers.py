"""Every answer says what a page may load and who may frame it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import ValidationError

from core.settings import settings
from core.ui.shell.headers import SafeHeaders, policy


def answered(headers: list[tuple[bytes, bytes]], kind: str = "http") -> list[tuple[bytes, bytes]]:
    """What an answer with these headers has after the middleware."""
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": f"{kind}.response.start", "status": 200, "headers": headers})
        await send({"type": f"{kind}.response.body"})

    async def send(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, SafeHeaders(app)({"type": kind}, None, send)).result()  # type: ignore[arg-type]
    assert len(sent) == 2
    return list(sent[0]["headers"])


def test_every_answer_has_them_once() -> None:
    found = answered([(b"content-type", b"text/html"), (b"X-Content-Type-Options", b"nosniff")])
    names = [name.lower() for name, _ in found]
    assert sorted(names) == [
        b"content-security-policy",
        b"content-type",
        b"referrer-policy",
        b"x-content-type-options",
    ]
    assert answered([], "websocket") == []


def test_nothing_comes_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("'self'").split("; "))
    assert rules["frame-ancestors"] == rules["default-src"] == "'self'"
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"].split()
    assert not any("http" in rule or "*" in rule for rule in rules.values())
    assert rules["script-src"].count("sha256-") == 1


def test_a_course_page_may_frame_it_and_no_setting_adds_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_FRAME_ANCESTORS", "'self' https://course.example")
    assert dict(answered([]))[b"content-security-policy"].endswith(b"frame-ancestors 'self' https://course.example")
    monkeypatch.setenv("PLAYGROUND_FRAME_ANCESTORS", "'self'; script-src *")
    with pytest.raises(ValidationError):
        settings()
