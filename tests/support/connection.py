"""Loses the connection of a page to its server, as a phone does in a pocket."""

from playwright.sync_api import BrowserContext, Page

_WATCH = """(() => {
  const Real = WebSocket
  const sockets = []
  window.testConnection = { away: false, forgotten: false, late: 0,
    lose() { this.away = true; for (const socket of sockets.splice(0)) socket.close() } }
  window.WebSocket = class extends Real {
    constructor(address, protocols) {
      const { away, forgotten } = window.testConnection
      // The third protocol is the number of the session that the page wants back.
      super(away ? 'ws://localhost:9/' : address, forgotten ? protocols.slice(0, 2) : protocols)
      sockets.push(this)
    }
    send(data) {
      if (testConnection.late) setTimeout(() => super.send(data), testConnection.late)
      else super.send(data)
    }
  }
  const fetched = window.fetch
  window.fetch = (address, ...more) =>
    window.testConnection.away ? Promise.reject(new TypeError('no connection')) : fetched(address, ...more)
})()"""


def watch_connection(context: BrowserContext) -> None:
    """Let all pages of a context lose their connection; call it before a page is opened."""
    context.add_init_script(_WATCH)


def lose_connection(page: Page) -> None:
    """Cut the page off from its server until `find_connection`."""
    page.evaluate("testConnection.lose()")
    page.wait_for_selector("[data-test-connection-state]:not([data-test-connection-state=CONNECTED])")


def find_connection(page: Page, forgotten: bool) -> None:
    """Bring the page back to its server, which has `forgotten` its session after two minutes or a restart, or not."""
    page.evaluate("forgotten => Object.assign(testConnection, { away: false, forgotten })", forgotten)
    page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=60_000)


def slow_connection(page: Page, milliseconds: int) -> None:
    """Let everything that a page tells its server arrive so much later; set it back when nothing is under way."""
    page.evaluate("late => Object.assign(testConnection, { late })", milliseconds)
