"""Waiting for something to come true, instead of sleeping."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

T = TypeVar("T")


def wait_until(condition: Callable[[], T], seconds: float = 30, every: float = 0.02) -> T:
    """Return what `condition` gives as soon as that is true; fail after some seconds, saying what it gave last."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"still {found!r} after {seconds:g} s"
        time.sleep(every)
    return found


def wait_for_script(page: Page, script: str, arg: object = None, seconds: float = 30) -> None:
    """Wait until a script returns something true.

    Playwright's own `wait_for_function` has the page evaluate text again and again, which our pages forbid
    (`core/ui/shell/headers.py`); what a test evaluates itself is let through.
    """
    wait_until(lambda: page.evaluate(script, arg), seconds)


def settle(page: Page, quiet: int = 300, within: str = "body", patience: float = 30) -> None:
    """Wait until no script of the page runs, and nothing in an element of it has changed for some milliseconds.

    A canvas sends what it starts with after 200 ms, so that is within the time. A page that looks at something every
    second never comes to rest for as long, but an element on it does. After `patience` seconds it fails.
    """
    page.evaluate(
        """([quiet, within, patience]) => new Promise((resolve, reject) => {
          const began = performance.now()
          let last = began
          const changed = () => { last = performance.now() }
          const observer = new MutationObserver(changed)
          const watched = { subtree: true, childList: true, attributes: true, characterData: true }
          observer.observe(document.querySelector(within), watched)
          const look = () => {
            const running = !document.querySelector('[data-test-script-state=notRunning]')
            if (running && within === 'body') changed()
            const now = performance.now()
            if (now - last >= quiet) resolve()
            else if (now - began > 1000 * patience) reject(new Error('the page does not settle'))
            else return requestAnimationFrame(look)
            observer.disconnect()
          }
          look()
        })""",
        [quiet, within, patience],
    )
