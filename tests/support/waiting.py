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


COUNT_REQUESTS = """(() => {
  const Real = WebSocket
  const said = window.testSaid = { asked: 0, heard: 0, ran: 1 }
  const rerun = 11 << 3 | 2  // the first byte of a request to run: its field in Streamlit's BackMsg, and its wire type
  window.WebSocket = class extends Real {
    constructor(...all) {
      super(...all)
      this.addEventListener('message', () => { said.heard = performance.now() })
    }
    send(data) {
      if (data[0] === rerun) said.asked = performance.now()
      super.send(data)
    }
  }
  const attributeFilter = ['data-test-script-state']
  const changed = ({ target }) => target.dataset.testScriptState !== 'rerunRequested'
  const observer = new MutationObserver((all) => { if (all.some(changed)) said.ran = performance.now() })
  observer.observe(document, { subtree: true, attributes: true, attributeFilter })
})()"""
"""For `settle`, before a page is opened: when it last asked for a run, heard of its server, and began or ended a run.

Streamlit's own sign that a script runs comes with the first of the answer, which a busy server is long about.
"""
_SETTLED = """([quiet, within, patience]) => new Promise((resolve, reject) => {
  const root = document.querySelector(within)
  const fewest = quiet / 25  // frames: where the browser itself waits for its turn, time alone says nothing
  const began = performance.now()
  let [last, frames] = [began, 0]
  const changed = () => { [last, frames] = [performance.now(), 0] }
  const observer = new MutationObserver(changed)
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true })
  const said = window.testSaid ?? { asked: 0, heard: 0, ran: 1 }
  // ms: what comes from a page that was left has no answer, and a run may be over before the page says that it began
  const longest = () => said.heard > said.asked ? 1000 : 3000
  const asks = () => said.asked > said.ran && performance.now() - said.asked < longest()
  const isLoading = ({ contentDocument }) => contentDocument && contentDocument.readyState !== 'complete'
  const running = () => asks() || !document.querySelector('[data-test-script-state=notRunning]')
  const atWork = () => (within === 'body' && running())
    || root.querySelector('[data-testid=stSkeleton]')  // Streamlit fetches the script of an element
    || [...root.querySelectorAll('iframe')].some(isLoading)
  const look = () => {
    if (atWork()) changed()
    const now = performance.now()
    frames += 1
    if (now - last >= quiet && frames > fewest) resolve()
    else if (now - began > 1000 * patience) reject(new Error('the page does not settle'))
    else return requestAnimationFrame(look)
    observer.disconnect()
  }
  look()
})"""


def settle(page: Page, quiet: int = 300, within: str = "body", patience: float = 30) -> None:
    """Wait until no script of the page runs, and nothing in an element of it has changed for some milliseconds.

    A canvas sends what it starts with after 200 ms, so that is within the time. A page that looks at something every
    second never comes to rest for as long, but an element on it does. After `patience` seconds it fails.
    """
    page.evaluate(_SETTLED, [quiet, within, patience])
