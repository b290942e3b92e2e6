"""Walks through every page and every section of it, as a person with a mouse would."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Error, Locator, Page, expect

from core.ui.page_registry import PAGES
from tests.support.waiting import settle, wait_for_script

_MADE = """() => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].every(({ shadowRoot }) => {
  const box = shadowRoot?.querySelector("[data-missing]")?.parentElement.querySelector("div")
  return !box || box.childNodes.length
})"""
"""Whether every component that is seen has filled its place."""
_BARS = "[class*=st-key-sections-]"


def walk(page: Page, server: str) -> Iterator[str]:
    """Yield the name of every view that `page` is led to: pages, their sections, and sections of sections."""
    for entry in PAGES.values():
        page.goto(f"{server}/{entry.url_path}")
        expect(page.locator("h1")).to_have_text(entry.heading or entry.title, timeout=30_000)
        _rest(page)
        yield from _sections(page, entry.title, 0)


def _sections(page: Page, name: str, depth: int) -> Iterator[str]:
    bars = page.locator(_BARS)
    if bars.count() <= depth:
        yield name
        return
    key = next(one for one in str(bars.nth(depth).get_attribute("class")).split() if one.startswith("st-key-"))
    bar = page.locator(f".{key}")
    for number, choice in enumerate(_choices(bar).all_inner_texts()):
        if number:  # the first is open already
            inner = bars.nth(depth + 1).element_handle() if bars.count() > depth + 1 else None
            _choices(bar).nth(number).click()
            _rest(page)
            if inner:  # the sections of the section before are gone
                wait_for_script(page, "inner => !inner.isConnected", inner)
        yield from _sections(page, f"{name} > {choice}", depth + 1)


def _rest(page: Page) -> None:
    """Wait until a view stands still; one that computes something in the background may go on moving."""
    with contextlib.suppress(Error):
        page.wait_for_selector("[data-test-script-state=notRunning]", state="attached", timeout=30_000)
        settle(page, patience=10)
    with contextlib.suppress(AssertionError):
        wait_for_script(page, _MADE, seconds=10)


def _choices(bar: Locator) -> Locator:
    return bar.get_by_role("radio")
