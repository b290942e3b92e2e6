"""Texts that are written in fields as a person writes them."""

from playwright.sync_api import Locator

COPY = """(field, text) => field.addEventListener('copy', event => {
  event.clipboardData.setData('text/plain', text)
  event.preventDefault()
}, { once: true })"""


def write(field: Locator, text: str) -> None:
    """Write a text key by key in place of what stands in a field.

    `fill` of Firefox's driver puts the text there by a script: no change is told, and React takes no notice.
    """
    field.press("ControlOrMeta+a")
    if text:
        field.press_sequentially(text)
    else:
        field.press("Delete")


def paste(field: Locator, text: str) -> None:
    """Paste a text in a field with the keys: what a script puts in a paste of its own is hidden by Firefox."""
    field.evaluate(COPY, text)
    field.press("ControlOrMeta+c")
    field.press("ControlOrMeta+v")
