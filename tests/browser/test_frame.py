import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.ui.page_registry import PAGES
from tests.support.serving import running_app
from tests.support.waiting import settle

pytestmark = pytest.mark.browser


@pytest.mark.long
@pytest.mark.timeout(300)
def test_every_page_opens_by_a_cold_deep_link_in_a_fresh_server(browser: Browser, tmp_path: Path) -> None:
    """The first visit to a server goes straight to the page: the frame is around it all the same."""
    for entry in PAGES.values():
        home = tmp_path / (entry.url_path or "start")
        home.mkdir()
        with running_app(home) as address:
            page = browser.new_page()
            page.goto(f"{address}/{entry.url_path}")
            expect(page.locator("h1")).to_have_text(entry.heading or entry.title, timeout=30_000)
            expect(page.locator(".st-key-machine")).to_contain_text(re.compile("CPU|GPU"), timeout=30_000)
            expect(page.locator("[data-testid=stSidebarNavLink]")).to_have_count(len(PAGES))
            expect(page.get_by_text("Page not found")).to_have_count(0)
            expect(page.locator("[data-testid=stException]")).to_have_count(0)
            page.close()
        assert "Traceback" not in (home / "server.log").read_text()


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [
        (1366, 768, "light"),
        (390, 844, "dark"),
        pytest.param(1366, 768, "dark", marks=pytest.mark.long),
        pytest.param(390, 844, "light", marks=pytest.mark.long),
    ],
)
def test_every_page_fits_the_screen_and_asks_nobody_else(
    browser: Browser, server: str, width: int, height: int, scheme: str
) -> None:
    """A classroom may have no internet, and no page tells anybody that it was opened."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for entry in PAGES.values():
        page.goto(f"{server}/{entry.url_path}")
        expect(page.locator("h1")).to_have_text(entry.heading or entry.title, timeout=30_000)
        expect(page.locator(".st-key-machine [data-testid=stMarkdownContainer]").first).to_be_attached(timeout=30_000)
        settle(page)
        overflow = page.evaluate(
            "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
        )
        assert overflow <= 0, entry.title
    context.close()
    host = server.removeprefix("http://")
    foreign = [url for url in asked if host not in url and not url.startswith(("data:", "blob:"))]
    assert not foreign
    assert not [text for text in said if "Content Security Policy" in text]


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=[pytest.mark.long, pytest.mark.timeout(300)])])
def test_the_links_on_the_first_page_open(page: Page, server: str, every: int) -> None:
    page.goto(server)
    first, *others = PAGES.values()
    for entry in others[::every]:
        page.locator(".st-key-page-cards").get_by_role("link", name=entry.title).click()
        expect(page.locator("h1")).to_have_text(entry.heading or entry.title)
        assert page.url.split("?")[0].endswith("/" + entry.url_path)
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
        settle(page)  # a canvas sends what it began with after 200 ms
        page.go_back()
        expect(page.locator("h1")).to_have_text(first.heading)
