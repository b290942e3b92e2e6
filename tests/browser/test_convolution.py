"""What the bench computes in the browser, how fast, and that it asks nobody."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from core.data.images.datasets import sample_digits
from core.inspection.images.convolution import Conv, Pool, convolve
from core.inspection.images.kernels import classic
from tests.support.drawing import take_photo
from tests.support.serving import fresh_tab
from tests.support.waiting import settle, wait_until

pytestmark = pytest.mark.browser

SEVEN = (sample_digits().images[np.flatnonzero(sample_digits().labels == 7)[0]] / 255).round(2)

DEFAULT = Conv(3, 1, 0, 1, 0.0, "none")
"""What the page opens with, on Sobel x and without pooling."""

GRID = [
    ("Laplacian", Conv(5, 2, 3, 1, 0.5, "ReLU"), Pool("max", 2, 2)),
    ("emboss", Conv(3, 1, "same", 3, -0.3, "sigmoid"), Pool("average", 3, 2)),
    ("blur", Conv(7, 4, 2, 2, 0.0, "tanh"), Pool("average", 2, 1)),
    ("identity", Conv(1, 3, 1, 1, 0.0, "none"), Pool("max", 3, 1)),
]


def address(server: str, kernel: str, conv: Conv, pool: Pool) -> str:
    settings = {
        "conv-kernel": kernel,
        "conv-size": conv.kernel_size,
        "conv-stride": conv.stride,
        "conv-padding": conv.padding or "none",
        "conv-dilation": conv.dilation,
        "conv-bias": conv.bias,
        "conv-activation": conv.activation,
        "conv-pooling": pool.kind,
        "conv-pool-size": pool.kernel_size,
        "conv-pool-stride": pool.stride,
    }
    return f"{server}/convolution?{urlencode(settings)}"


def open_bench(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("button", name="Play", exact=False).first).to_be_visible(timeout=30_000)
    expect(page.locator(".panel.output canvas").first).to_be_visible()


def table(page: Page, name: str, folder: Path) -> np.ndarray:
    with page.expect_download() as saved:
        page.get_by_role("button", name=name).click()
    path = folder / "map.csv"
    saved.value.save_as(path)
    return np.atleast_2d(np.loadtxt(path, delimiter=","))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with fresh_tab(browser) as opened:
        yield opened


@pytest.fixture
def page(tab: Page) -> Page:
    """One tab for all tests: each opens its page anew, for half the price, as the browser has the scripts already."""
    return tab


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("kernel", "conv", "pool"), [*GRID[:2], *(pytest.param(*one, marks=pytest.mark.long) for one in GRID[2:])]
)
def test_every_cell_is_torchs(page: Page, server: str, kernel: str, conv: Conv, pool: Pool, tmp_path: Path) -> None:
    open_bench(page, address(server, kernel, conv, pool))
    expected = convolve(SEVEN, classic(kernel, conv.kernel_size), conv, pool)
    assert np.allclose(table(page, "Output CSV", tmp_path), expected.activated, atol=1e-4)
    assert np.allclose(table(page, "Pooled CSV", tmp_path), expected.pooled, atol=1e-4)


@pytest.mark.chromium
def test_stepping_and_hovering_ask_nobody_and_an_edit_counts(page: Page, server: str, tmp_path: Path) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: frames.append("sent")))
    open_bench(page, f"{server}/convolution")
    settle(page)
    before = len(frames)
    assert before
    words = page.locator(".convolution")
    marks = page.locator(".panel.output canvas").last
    box = marks.bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    expect(words).to_contain_text("Output row 1, column 1")
    marks.focus()
    page.keyboard.press("ArrowRight")
    expect(words).to_contain_text("column 2")
    page.keyboard.press("ArrowDown")
    expect(words).to_contain_text("row 2")
    for step in range(30):
        page.mouse.move(box["x"] + 5 + step * 6, box["y"] + 5 + step * 5)

    milliseconds = page.evaluate(
        """async () => {
          const find = node => node.querySelector('.panel.output') ??
            [...node.querySelectorAll('*')].map(e => e.shadowRoot && find(e.shadowRoot)).find(Boolean)
          const canvas = [...find(document).querySelectorAll('canvas')].at(-1)
          const box = canvas.getBoundingClientRect(), taken = []
          for (let step = 0; step < 60; step++) {
            const place = { clientX: box.x + 3 + (step * 37) % (box.width - 6),
                            clientY: box.y + 3 + (step * 53) % (box.height - 6), bubbles: true, pointerType: 'mouse' }
            const begun = performance.now()
            canvas.dispatchEvent(new PointerEvent('pointermove', place))
            taken.push(performance.now() - begun)
            await new Promise(requestAnimationFrame)
          }
          return taken
        }"""
    )
    print(f"\nhovering over 28x28: {statistics.median(milliseconds):.2f} ms of script, {max(milliseconds):.1f} at most")
    assert statistics.median(milliseconds) <= 16
    settle(page)
    assert len(frames) == before

    kernel = classic("Sobel x", 3).copy()
    expected = convolve(SEVEN, kernel, DEFAULT, None)
    assert np.allclose(table(page, "Output CSV", tmp_path), expected.activated, atol=1e-4)

    first = page.get_by_label("Kernel row 1, column 1", exact=False).first
    first.fill("7")
    first.press("Enter")
    page.wait_for_url("**conv-weights**", timeout=10_000)
    kernel[0, 0] = 7
    expected = convolve(SEVEN, kernel, DEFAULT, None)
    assert np.allclose(table(page, "Output CSV", tmp_path), expected.activated, atol=1e-4)

    settle(page)
    asked = len(frames)
    page.get_by_role("slider", name="Kernel size").press("ArrowRight")
    wait_until(lambda: page.evaluate("true") and len(frames) > asked)  # the browser is asked, so frames are told
    first.fill("-8")  # while the kernel of 4 x 4 is on its way, and left open
    page.wait_for_url("**conv-weights=-8%2C0%2C1%2C0%3B**", timeout=10_000)
    expect(page.get_by_label("Kernel row 1, column 4", exact=False)).to_be_visible()
    expect(first).to_be_focused()
    expect(first).to_have_value("-8")


def test_a_weight_that_is_clicked_is_typed_over_where_the_click_puts_the_cursor_late(page: Page, server: str) -> None:
    """Safari does so after the field was entered; another click then puts the cursor where one wants it."""
    open_bench(page, f"{server}/convolution")
    page.evaluate(
        """() => addEventListener("mouseup", (event) => {
          const field = event.composedPath()[0];
          if (field instanceof HTMLInputElement) field.setSelectionRange(1, 1);
        }, true)"""
    )
    field = page.get_by_label("Kernel row 1, column 1")
    expect(field).to_have_value("-1")
    field.click()
    page.keyboard.type("5")
    expect(field).to_have_value("5")
    field.click()
    page.keyboard.type("0")
    expect(field).to_have_value("50")


@pytest.mark.chromium
def test_a_finger_chooses_a_cell(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_bench(page, f"{server}/convolution")
    marks = page.locator(".panel.output canvas").last
    marks.tap(position={"x": 3, "y": 3})
    expect(page.locator(".convolution")).to_contain_text("Output row 1, column 1")
    box = marks.bounding_box()
    assert box
    marks.tap(position={"x": box["width"] - 3, "y": box["height"] - 3})
    expect(page.locator(".convolution")).to_contain_text("Output row 26, column 26")
    context.close()


def test_the_camera_lies_under_the_kernel(page: Page, server: str) -> None:
    page.goto(f"{server}/convolution?conv-input=camera")
    take_photo(page)
    expect(page.locator(".convolution")).to_contain_text("your camera, made grey", timeout=15_000)


def test_the_link_opens_the_same_test_digit(page: Page, server: str) -> None:
    page.goto(f"{server}/draw-digit")
    page.get_by_role("button", name="A random test digit").click(timeout=30_000)
    page.wait_for_url("**test=**")
    page.get_by_role("link", name="Convolution by hand").click()
    page.wait_for_url("**/convolution?*test=**")
    shown = page.locator(".convolution").get_by_text("test digit no.")
    number = shown.inner_text()
    page.goto(page.url)
    expect(shown).to_have_text(number, timeout=30_000)
