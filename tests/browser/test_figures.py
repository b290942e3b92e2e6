"""A Plotly figure in a real Chromium: it turns, a point opens what it stands for, it is presented and saved."""

import math
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.support.waiting import settle, wait_until

pytestmark = pytest.mark.browser

EMBEDDING = "cnn-inside?inside=Among+others&inside-projection=PCA%2C+in+space&digit=7"
EYE = "JSON.stringify(document.querySelector('.js-plotly-plot')._fullLayout.scene._scene.getCamera().eye)"


def middle(figure: Locator) -> tuple[float, float]:
    box = figure.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point_at_something(page: Page, figure: Locator) -> str:
    """Move over the middle of the figure until a point says what it is."""
    x, y = middle(figure)
    for step in range(64):
        page.mouse.move(x + 25 * (step % 8 - 4), y + 20 * (step // 8 - 4))
        said = page.locator(".js-plotly-plot .hovertext").first
        if said.is_visible():
            return said.text_content() or ""
    raise AssertionError("No point was found in the middle of the figure.")


def turn_until(page: Page, done: Callable[[], bool]) -> None:
    """Move the hand that holds a figure to and fro; it turns from one frame to the next, as the hand goes on."""
    x, y = middle(page.locator(".js-plotly-plot").first)
    places = count()

    def turned() -> bool:
        page.mouse.move(x + 100 * math.sin(next(places) / 10), y)
        return done()

    wait_until(turned, seconds=60)


@pytest.mark.chromium
@pytest.mark.long  # every frame is drawn without a graphics card
@pytest.mark.timeout(600)
def test_an_embedding_is_turned_opened_and_kept(page: Page, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/{EMBEDDING}")
    figure = page.locator(".st-key-figure-embedding .js-plotly-plot")
    expect(figure.locator("canvas").first).to_be_visible(timeout=90_000)
    settle(page, within=".st-key-figure-embedding")
    figure.scroll_into_view_if_needed()

    said_by_page = page.get_by_text("MNIST test digit no. ").first
    at_first = said_by_page.inner_text()
    point_at_something(page, figure)  # a hand that turns it by one of its points does not open it
    before = page.evaluate(EYE)
    page.mouse.down()
    turn_until(page, lambda: page.evaluate(EYE) != before)
    page.mouse.up()
    expect(said_by_page).to_have_text(at_first)

    with page.expect_download(timeout=60_000) as saved:
        page.get_by_role("button", name="PNG", exact=True).click()
    saved.value.save_as(tmp_path / "embedding.png")
    assert saved.value.suggested_filename == "embedding.png"
    with Image.open(tmp_path / "embedding.png") as picture:
        box = figure.bounding_box()
        assert box is not None and picture.width == pytest.approx(2 * box["width"], abs=4)
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20

    said = point_at_something(page, figure)
    page.mouse.down()
    page.mouse.up()
    number = said.rpartition("no. ")[2]
    expect(said_by_page).to_contain_text(f"no. {number}", timeout=60_000)


@pytest.mark.chromium
@pytest.mark.long  # every frame is drawn without a graphics card, and slowly
@pytest.mark.timeout(600)
def test_a_browser_that_turns_slowly_gets_fewer_points_and_a_sentence(page: Page, server: str) -> None:
    page.goto(f"{server}/{EMBEDDING}")
    figure = page.locator(".st-key-figure-embedding .js-plotly-plot")
    expect(figure.locator("canvas").first).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Here are 1,000 held-out digits")).to_be_visible(timeout=90_000)
    settle(page, within=".st-key-figure-embedding")
    figure.scroll_into_view_if_needed()

    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 20})
    page.mouse.move(*middle(figure))
    page.mouse.down()
    frames = count()
    turn_until(page, lambda: next(frames) > 30)
    page.mouse.up()
    expect(page.get_by_text("Your browser turned 1,000 points with ")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Here are 300 held-out digits")).to_be_visible(timeout=90_000)
    expect(page.get_by_role("slider", name="Points")).to_have_attribute("aria-valuetext", "300")


@pytest.mark.long  # a browser without WebGL is rare
def test_where_nothing_is_drawn_in_space_a_sentence_says_what_can_be_done(page: Page, server: str) -> None:
    page.add_init_script(
        "const { getContext } = HTMLCanvasElement.prototype; HTMLCanvasElement.prototype.getContext = function (kind, "
        "...rest) { return /webgl/.test(kind) ? null : getContext.call(this, kind, ...rest); };"
    )
    page.goto(f"{server}/{EMBEDDING}")
    said = page.locator(".st-key-figure-embedding .no-webgl")
    expect(said).to_contain_text("Another browser may", timeout=90_000)
    settle(page, within=".st-key-figure-embedding")
    expect(said).not_to_contain_text("WebGL")
    said.click()
    assert len(page.context.pages) == 1, "a click leads out of the app"
    tools = page.locator(".st-key-figure-embedding")
    expect(tools.get_by_role("button", name="Data (CSV)")).to_be_visible()
    expect(tools.get_by_role("button", name="Present")).to_be_visible()
    for name in ("PNG", "SVG"):  # there is no picture to save
        expect(tools.get_by_role("button", name=name, exact=True)).to_be_hidden()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_presented_figure_stays_above_its_buttons_on_a_screen_that_is_turned(page: Page, server: str) -> None:
    page.goto(f"{server}/cnn-inside?inside=Among+others&digit=7&present=plane")
    figure = page.locator(".st-key-presented-plane .js-plotly-plot")
    button = page.get_by_role("button", name="PNG", exact=True)
    expect(figure.locator(".main-svg").first).to_be_visible(timeout=90_000)
    expect(button).to_be_visible(timeout=30_000)

    def apart() -> bool:
        above, below = figure.bounding_box(), button.bounding_box()
        if above is None or below is None:  # on a low screen it is another figure
            return False
        assert page.viewport_size is not None
        edge = below["y"] + below["height"]
        return above["y"] + above["height"] <= below["y"] and edge <= page.viewport_size["height"]

    for width, height in ((1366, 768), (390, 844), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        wait_until(apart)


@pytest.mark.timeout(180)
def test_back_takes_a_presented_figure_away_and_leaves_the_page_as_it_was(page: Page, server: str) -> None:
    """So does whatever closes it, also that of a link: afterwards Back leads to the page before, once."""
    page.set_viewport_size({"width": 800, "height": 600})
    plain = f"{server}/distance?distance-look=How+far+they+remember"
    shown = page.locator(".st-key-presented-distance-reach-attention .js-plotly-plot .main-svg").first
    page.goto(f"{plain}&present=distance-reach-attention")
    expect(shown).to_be_visible(timeout=60_000)
    settle(page)  # the rule of one entry for a page is made last
    entries = page.evaluate("history.length")
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(page).to_have_url(plain)
    assert page.evaluate("history.length") == entries
    page.go_back()
    expect(page).to_have_url("about:blank")
    page.go_forward()

    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    present = page.get_by_role("button", name="Present", exact=True).last
    expect(page.locator(".st-key-figure-distance-reach-attention .main-svg").first).to_be_visible(timeout=60_000)
    settle(page)
    present.scroll_into_view_if_needed()
    place = page.evaluate(scrolled)
    assert place > 100

    button = page.get_by_role("button", name="Back to the page")
    for show, close in (
        (present.click, page.go_back),
        (page.go_forward, lambda: page.keyboard.press("Escape")),
        (present.click, button.click),
    ):
        show()
        expect(shown).to_be_visible()
        expect(page).to_have_url(f"{plain}&present=distance-reach-attention")
        expect(button).to_be_visible()  # the buttons know that the figure is alone
        expect(button).to_be_focused()
        settle(page)
        close()
        expect(shown).to_have_count(0)
        expect(page).to_have_url(plain)
        expect(present).to_be_focused()
        assert page.evaluate(scrolled) == place
    page.go_forward()
    expect(shown).to_be_visible()
    page.reload()
    expect(button).to_be_visible(timeout=60_000)
    button.click()
    expect(page).to_have_url(plain)
    page.go_back()
    expect(page).to_have_url("about:blank")


@pytest.mark.long  # a network reads all test digits
@pytest.mark.timeout(300)
def test_what_was_clicked_in_a_presented_figure_stays_after_back(page: Page, server: str) -> None:
    page.goto(f"{server}/runs?run=digit-cnn")
    said = page.locator(".st-key-runs-cell h2")

    def click(row: int, column: int) -> None:
        place = page.evaluate(
            """([row, column]) => {
              const figure = document.querySelector(".js-plotly-plot"), box = figure.getBoundingClientRect()
              const { xaxis, yaxis } = figure._fullLayout
              return [box.left + xaxis._offset + xaxis.l2p(column), box.top + yaxis._offset + yaxis.l2p(row)]
            }""",
            [row, column],
        )
        page.mouse.click(*place)
        expect(said).to_contain_text(f"of {row}, read")
        settle(page)

    expect(page.locator(".st-key-figure-confusion .main-svg").first).to_be_attached(timeout=120_000)
    settle(page)
    click(0, 0)
    page.get_by_role("button", name="Present", exact=True).first.click()
    expect(page.locator(".st-key-presented-confusion .main-svg").first).to_be_visible()
    settle(page)
    click(1, 1)
    page.go_back()
    expect(page.locator(".st-key-figure-confusion .main-svg").first).to_be_visible()
    expect(page).to_have_url(f"{server}/runs?run=digit-cnn&cell=1%2C1")
    expect(said).to_contain_text("of 1, read")
