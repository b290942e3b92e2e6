"""What the server and its waiting training process take of the memory, and what a session adds."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.ui.page_registry import PAGES
from tests.support.serving import ROOT, private_memory, running_app
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.benchmark, pytest.mark.long]

SESSIONS = 10
MOST = 700
"""MB for server and training process; what b236d94 takes in the same run counts where it is there."""


@contextmanager
def visited(browser: Browser, home: Path, root: Path = ROOT) -> Iterator[str]:
    """Start a server, open every page once, and yield its address when nothing grows any more."""
    home.mkdir()
    with running_app(home, root=root) as address:
        for entry in PAGES.values():
            page = browser.new_page()
            answer = page.goto(f"{address}/{entry.url_path}")
            assert answer
            expect(page.locator("h1").first).to_be_visible(timeout=60_000)
            expect(page.locator(".stApp[data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
            page.close()
        seen = [0.0]

        def rests() -> bool:
            seen.append(private_memory(address))
            return abs(seen[-1] - seen[-2]) < 1

        wait_until(rests, 120, every=5)
        yield address


@pytest.mark.timeout(600)
def test_memory_of_server_and_training_process(browser: Browser, tmp_path: Path) -> None:
    """`PLAYGROUND_BASELINE` names a checkout of b236d94, which is then measured in the same run."""
    with visited(browser, tmp_path / "now") as address:
        now = private_memory(address)
        pages = [browser.new_page() for _ in range(SESSIONS)]
        for page in pages:
            page.goto(f"{address}/draw-digit")
            expect(page.locator(".answer").first).to_be_visible(timeout=60_000)
        more = (private_memory(address) - now) / SESSIONS
        for page in pages:
            page.close()
    print(f"\nserver and training process: {now:.0f} MB of their own after every page; a session more: {more:.1f} MB")
    if baseline := os.environ.get("PLAYGROUND_BASELINE"):
        with visited(browser, tmp_path / "then", Path(baseline)) as address:
            then = private_memory(address)
        print(f"b236d94: {then:.0f} MB; ratio {now / then:.2f}")
        assert now <= 0.65 * then
    assert now <= MOST
    assert more <= 1.5
