"""A class in browsers: a teacher who opens a room, and students who join it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect


@contextmanager
def person(browser: Browser, width: int = 1366, height: int = 768, scheme: str = "light") -> Iterator[Page]:
    """A browser of somebody's own, with its own cookies; at the end nothing was done that our headers forbid."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    forbidden: list[str] = []
    context.on("console", lambda said: "Content Security Policy" in said.text and forbidden.append(said.text))
    yield context.new_page()
    context.close()
    assert not forbidden


def open_room(page: Page, server: str) -> str:
    """Open a room as whoever sits at the server; return its code."""
    page.goto(f"{server}/room/open")
    page.get_by_role("button", name="Open a room").click()
    code = page.locator(".invitation .code")
    expect(code).to_have_text(re.compile("^[A-Z0-9]{6}$"), timeout=60_000)
    return code.inner_text()


def join(page: Page, server: str, code: str, nickname: str = "") -> None:
    """Join a room, under the given nickname or one's own."""
    page.goto(f"{server}/room/join?code={code}")
    if nickname:
        page.get_by_label("Nickname").fill(nickname)
    page.get_by_role("button", name="Join the room").click()
    expect(page.locator("h1")).to_have_text("See deep learning at work", timeout=60_000)


def open_section(page: Page, server: str, section: str) -> None:
    """Open a section of the page "Class"."""
    page.goto(f"{server}/class?class-section={section}")
    expect(page.locator("h1")).to_have_text("A class in one room", timeout=60_000)
