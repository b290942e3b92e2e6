"""How components come into the browser: once, below any path, again after a failure, and with a sentence without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core.ui.components.serving import address
from tests.support.serving import running_app

pytestmark = pytest.mark.browser

BASE = "class/room-1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with two components, below a path as behind a proxy."""
    with running_app(tmp_path_factory.mktemp("components"), script="tests/scripts/components.py", base=BASE) as served:
        yield served


def test_below_a_path_every_file_is_fetched_once(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    first = page.locator(".pick").first.get_by_role("button", name="<b>first</b>")
    expect(first).to_be_visible(timeout=30_000)
    expect(page.locator(".pick button")).to_have_count(4)
    second = page.locator(".pick").first.get_by_role("button", name="second")
    assert second.evaluate("button => button.scrollWidth <= button.clientWidth")  # a long name stays in its tile
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("one: 0")).to_be_visible()
    assert first.evaluate("button => getComputedStyle(button).display") == "flex"  # the style is there too
    components = [url for url in asked if "/components/" in url]
    names = ["lib/packing.js", "pick/pick.json"]  # all that it needs, once for all of them
    assert [one for one in sorted(components) if one.startswith("http")] == [f"{site}/{address(one)}" for one in names]


def test_a_failed_fetch_is_tried_again_whatever_has_failed(page: Page, site: str) -> None:
    for attempt, name in enumerate(("lib/packing.js", "pick/pick.json")):
        page.route(f"**/{address(name, attempt)}", lambda route: route.abort())
    page.goto(site)
    expect(page.locator(".pick button")).to_have_count(4, timeout=30_000)


def test_what_stays_away_is_said_and_comes_by_itself(page: Page, site: str) -> None:
    page.route("**/pick/pick.json", lambda route: route.abort())
    page.goto(site)
    expect(page.get_by_text("could not be fetched")).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("could not be fetched").first).to_be_visible()
    page.unroute("**/pick/pick.json")
    expect(page.locator(".pick button")).to_have_count(4)  # nothing on this page changes, so no run would bring it
    expect(page.get_by_text("could not be fetched").first).to_be_hidden()
