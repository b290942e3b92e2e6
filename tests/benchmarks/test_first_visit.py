"""What a browser fetches that has never been here: a class does so all at once."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocket, expect

from tests.support.serving import ROOT, running_app
from tests.support.waiting import settle

pytestmark = [pytest.mark.browser, pytest.mark.benchmark, pytest.mark.long]

MOST = 1_254_000
"""Bytes that b236d94 sends for its first page; what it sends in the same run counts where it is there."""
_FETCHED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map(({ name, transferSize }) => [name, transferSize])"""


def first_visit(browser: Browser, home: Path, root: Path = ROOT) -> int:
    """Return the bytes of the first page with all that it fetches until somebody moves a pointer or presses a key."""
    home.mkdir()
    with running_app(home, root=root) as address:
        for _ in range(2):  # the first visitor waits for the server
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            page = context.new_page()
            told: list[int] = []

            def watch(socket: WebSocket, told: list[int] = told) -> None:
                socket.on("framereceived", lambda data: told.append(len(data)))

            page.on("websocket", watch)
            page.goto(address)
            expect(page.locator("h1").first).to_be_visible(timeout=60_000)
            settle(page, 2000)
            fetched = page.evaluate(_FETCHED)
            context.close()
    return sum(size for _, size in fetched) + sum(told)


@pytest.mark.timeout(300)
def test_a_first_visit_is_no_larger_than_it_was(browser: Browser, tmp_path: Path) -> None:
    """`PLAYGROUND_BASELINE` names a checkout of b236d94, which is then measured in the same run."""
    now = first_visit(browser, tmp_path / "now")
    print(f"\nthe first page: {now / 1000:.0f} kB")
    most = MOST
    if baseline := os.environ.get("PLAYGROUND_BASELINE"):
        most = first_visit(browser, tmp_path / "then", Path(baseline))
        print(f"b236d94: {most / 1000:.0f} kB; ratio {now / most:.2f}")
    assert now <= most
