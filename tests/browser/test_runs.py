"""The page "Runs" in a real Chromium: what only a browser shows."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.inspection.images.shared_evaluation import evaluate
from core.inspection.networks import shipped
from tests.support.serving import fresh_tab
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

NETWORK = "digit-mlp"


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """The page with a shipped network examined, opened once."""
    with fresh_tab(browser) as page:
        page.goto(f"{server}/runs?run={NETWORK}")
        yield page


@pytest.fixture
def examined(opened: Page, server: str) -> Page:
    """That page of a laptop in the light, with no cell opened."""
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.emulate_media(color_scheme="light")
    if opened.url != f"{server}/runs?run={NETWORK}":
        opened.goto(f"{server}/runs?run={NETWORK}")
    return opened


def click_cell(page: Page, matrix: Locator, true: int, answer: int) -> None:
    matrix.scroll_into_view_if_needed()
    box = matrix.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * (answer + 0.5) / 10, box["y"] + box["height"] * (true + 0.5) / 10)


def test_a_phone_needs_no_sideways_scrolling(examined: Page) -> None:
    examined.set_viewport_size({"width": 390, "height": 844})
    examined.emulate_media(color_scheme="dark")
    for section in ("Sweep", "Compare", "All runs", "Examine"):
        examined.get_by_role("radio", name=section).click(timeout=60_000)
        settle(examined)
        assert examined.evaluate("document.querySelector('.stMain').scrollWidth") <= 390


def test_a_click_on_a_cell_shows_its_pictures_and_one_of_them_is_opened(server: str, examined: Page) -> None:
    page = examined
    choice = shipped(NETWORK)
    found = evaluate(choice, choice.held_out)
    wrong = found.confusion - np.diag(np.diag(found.confusion))
    true, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    expect(page.get_by_text("The surest mistakes", exact=True)).to_be_visible(timeout=60_000)
    matrix = page.locator(".st-key-figure-confusion .nsewdrag").first
    expect(matrix).to_be_visible()
    settle(page)  # the chart listens once it is drawn
    expect(page.locator(".modebar-btn[data-title^=Download]").first).to_be_hidden()  # there are buttons below
    expect(page.get_by_role("button", name="PNG", exact=True)).to_be_visible()
    letters = page.locator(".st-key-figure-confusion .xtitle").last  # two for a moment, while it is drawn anew
    light = letters.evaluate("one => getComputedStyle(one).fill")
    page.get_by_role("button", name="Light or dark").click()
    expect(letters).not_to_have_css("fill", light, timeout=30_000)
    settle(page)
    click_cell(page, matrix, int(true), int(answer))
    count = int(wrong[true, answer])
    expect(page.get_by_text(f"{count} pictures of {true}, read as {answer}", exact=True)).to_be_visible()
    pictures = page.locator(".st-key-runs-cell .pick button")
    expect(pictures).to_have_count(min(count, 24))
    expect(pictures.first).to_contain_text(f"true: {true}")
    expect(page).to_have_url(f"{server}/runs?run={NETWORK}&cell={true}%2C{answer}")

    pictures.first.click()
    page.locator(".st-key-runs-opened").get_by_role("link", name="Draw a digit").click()
    index = int(choice.held_out.indices[found.in_cell(int(true), int(answer))[0]])
    expect(page.get_by_text(f"test digit no. {index:,}").first).to_be_visible(timeout=60_000)
