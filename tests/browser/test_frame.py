import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, expect

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


LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
FIRST = {
    "": ("canvas", "prediction"),
    "draw-digit": ("canvas", "prediction"),
    "cnn-inside": ("prediction", "inside-stations"),
    "convolution": ("convolution-bench",),
    "sentence": ("prediction",),
    "order": ("prediction",),
    "distance": ("prediction",),
    "both-ways": ("prediction",),
    "letters": ("chances",),
    "letters?letters-section=Autocorrect": ("word-answer",),
    "letters?letters-section=Names": ("names-answer",),
    "neurons": ("neurons-one",),
}
"""The first answer of a page and its first picture."""
SEEN = 150
"""So many pixels of each are seen without scrolling, or all of it; of a canvas and its answer always all of it."""


def what_is_too_low(page: Page, path: str) -> list[str]:
    """Return what of a page should be seen without scrolling, and is not."""
    low = []
    for key in FIRST.get(path, ()):
        part = page.locator(f".st-key-{key}")
        expect(part).to_be_visible(timeout=60_000)
        settle(page, within=f".st-key-{key}")
        box, height = part.bounding_box(), (page.viewport_size or LAPTOP)["height"]
        assert box is not None
        if box["y"] + (box["height"] if "canvas" in FIRST[path] else min(box["height"], SEEN)) > height:
            low.append(f"{path}: {key}")
        if key == "inside-stations" and box["y"] > 0.8 * height:
            low.append(f"{path}: {key} as a whole")
    return low


View = tuple[ViewportSize, Literal["light", "dark"]]


def look(page: Page, touch: CDPSession, view: View) -> None:
    """Make the browser a laptop or a phone in one of the themes, whatever page it shows."""
    size, scheme = view
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": size is PHONE})


def what_is_wrong(page: Page, path: str) -> list[str]:
    """Return what of a page is cut off on this screen, or too low."""
    settle(page)
    overflow = page.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"
                             "(document.querySelector('.stMain'))")  # fmt: skip
    return [*([f"{path}: {overflow} px too wide"] if overflow > 0 else []), *what_is_too_low(page, path)]


@pytest.mark.chromium
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "views",
    [
        pytest.param([(PHONE, "dark"), (LAPTOP, "light")], id="phone-dark-made-laptop-light"),
        *(
            pytest.param([(size, scheme)], id=f"{name}-{scheme}", marks=pytest.mark.long)
            for name, size in (("laptop", LAPTOP), ("phone", PHONE))
            for scheme in ("light", "dark")
        ),
    ],
)
def test_every_page_fits_the_screen_answers_on_it_and_asks_nobody_else(
    page: Page, server: str, views: Sequence[View]
) -> None:
    """A classroom may have no internet, and no page tells anybody that it was opened."""
    touch = page.context.new_cdp_session(page)
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    titles = {entry.url_path: entry.heading or entry.title for entry in PAGES.values()}
    for number, path in enumerate(dict.fromkeys([*titles, *FIRST])):
        first, *others = views
        look(page, touch, first)
        if "?" in path or not number or not others:
            page.goto(f"{server}/{path}")
        else:  # without another load of the whole frame; on a phone the link lies beside the screen
            page.locator(f"[data-testid=stSidebarNavLink][href$='/{path}']").dispatch_event("click")
        expect(page.locator("h1")).to_have_text(titles[path.split("?")[0]], timeout=30_000)
        expect(page.locator(".st-key-machine [data-testid=stMarkdownContainer]").first).to_be_attached(timeout=30_000)
        wrong += what_is_wrong(page, path)
        for view in others if path in FIRST else ():
            look(page, touch, view)
            if view[0] is LAPTOP:
                expect(page.locator("[data-testid=stSidebar]")).to_be_in_viewport()  # a phone has it shut
            wrong += what_is_wrong(page, path)
    assert not wrong
    host = server.removeprefix("http://")
    foreign = [url for url in asked if host not in url and not url.startswith(("data:", "blob:"))]
    assert not foreign


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=[pytest.mark.long, pytest.mark.timeout(300)])])
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


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("train", "train-recipe"),
        pytest.param("metrics", "metrics-section", marks=pytest.mark.long),  # the same rule of the same style sheet
    ],
)
def test_on_a_phone_the_lower_border_of_a_row_that_scrolls_is_not_at_its_edge(
    page: Page, server: str, path: str, row: str
) -> None:
    """Safari cuts a row that scrolls up to a pixel before its edge."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/{path}")
    group = page.locator(f".st-key-{row} [role=radiogroup]")
    expect(group).to_be_visible(timeout=60_000)
    settle(page)
    room = group.evaluate(
        "(row) => { const [outer, inner] = [row, row.firstElementChild].map((one) => one.getBoundingClientRect());"
        " return [inner.top - outer.top, outer.bottom - inner.bottom]; }"
    )
    assert min(room) >= 1
    ground = "button => getComputedStyle(button).backgroundColor"  # what is scrolled passes below it
    assert page.get_by_test_id("stExpandSidebarButton").evaluate(ground) == "rgb(255, 255, 255)"
