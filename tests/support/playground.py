"""The playground of the page "Neurons" in a browser, and what a person does there."""

import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.support.waiting import wait_for_script


def open_section(page: Page, server: str, section: str, **query: object) -> None:
    """Open a section of the page with settings in its address."""
    page.goto(f"{server}/neurons?{urlencode({'neurons-section': section, **query})}")


def open_playground(page: Page, server: str, **query: object) -> None:
    """Open the playground; it has drawn its first frame then."""
    open_section(page, server, "A network learns", **query)
    expect(page.locator(".neurons .standing")).to_contain_text(re.compile("Right|Explained"), timeout=60_000)


def epochs(page: Page) -> int:
    """Return how many epochs the playground says it has learnt."""
    said = page.locator(".neurons .count").text_content() or ""
    return int(re.match(r"Epoch ([\d,]+)", said).group(1).replace(",", ""))


_COUNT = """(() => {
  const find = node => node.querySelector('.neurons .count') ??
    [...node.querySelectorAll('*')].map(one => one.shadowRoot && find(one.shadowRoot)).find(Boolean)
  return find(document).textContent
})()"""
_STANDS = f"""new Promise(resolve => {{
  let [count, frames] = ['', 0]
  const look = () => {{
    const now = {_COUNT}
    ;[count, frames] = [now, now === count ? frames + 1 : 0]
    frames > 20 ? resolve() : requestAnimationFrame(look)
  }}
  look()
}})"""


def train(page: Page, at_least: int) -> None:
    """Start, wait for so many epochs, and pause; what was computed until then is shown at the end."""
    page.get_by_role("button", name="Start", exact=False).first.click()
    epochs = f"least => Number({_COUNT}.match(/Epoch ([\\d,]+)/)[1].replaceAll(',', '')) >= least"
    wait_for_script(page, epochs, arg=at_least, seconds=60)
    page.get_by_role("button", name="Pause").click()
    page.evaluate(_STANDS)


def plane(page: Page) -> Locator:
    """Return the canvas of the plane that takes the pointer."""
    return page.locator(".neurons .plane .dots")


def place_of(page: Page, x1: float, x2: float) -> tuple[float, float]:
    """Return where a place of the plane is on the screen."""
    plane(page).scroll_into_view_if_needed()
    box = plane(page).bounding_box()
    assert box
    return box["x"] + (x1 + 6) / 12 * box["width"], box["y"] + (6 - x2) / 12 * box["height"]


def draw_line(page: Page, places: Sequence[tuple[float, float]]) -> None:
    """Draw with the mouse through places of the plane."""
    first, *others = [place_of(page, *one) for one in places]
    page.mouse.move(*first)
    page.mouse.down()
    for one in others:
        page.mouse.move(*one, steps=12)
    page.mouse.up()


def swipe(page: Page, places: Sequence[tuple[float, float]]) -> None:
    """Draw with a finger through places of the plane."""
    session = page.context.new_cdp_session(page)
    points = [place_of(page, *one) for one in places]
    for kind, at in [("touchStart", points[0]), *(("touchMove", one) for one in _between(points)), ("touchEnd", None)]:
        touches = [] if at is None else [{"x": at[0], "y": at[1]}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    session.detach()


def _between(points: Sequence[tuple[float, float]], steps: int = 8) -> list[tuple[float, float]]:
    return [
        (x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps)
        for (x0, y0), (x1, y1) in pairwise(points)
        for step in range(1, steps + 1)
    ]


def asked(page: Page) -> dict[str, str]:
    """Return what stands in the address of the page."""
    address = page.evaluate("location.href")  # `page.url` knows only what the driver has heard
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
