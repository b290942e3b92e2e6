"""Charts with a palette in both themes: nothing is as pale, or as dark, as the page."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser

VIEWS = {
    "translate": "paper-palette-alignment",
    "cnn-inside?inside=Shift+and+turn": "shares-palette-inside",
}
_BRIGHTNESS = """async canvas => {
  const shown = new OffscreenCanvas(canvas.width, canvas.height)
  const pen = shown.getContext("2d")
  pen.fillStyle = getComputedStyle(document.querySelector(".stApp")).backgroundColor
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.filter = getComputedStyle(canvas).filter
  pen.drawImage(canvas, 0, 0)
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
  let sum = 0
  for (let i = 0; i < data.length; i += 4) sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]
  return sum / (data.length / 4)
}"""


def _is_dark_on_white(page: Page) -> bool:
    """Whether letters are dark on white paper; the button that says which theme is shown may come after the chart."""
    printed = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    return bool(printed[:, :20].min() > 240 and printed.min() < 60)


@pytest.mark.chromium
@pytest.mark.parametrize(("view", "key"), VIEWS.items())
def test_a_chart_is_dark_in_the_dark_theme_and_light_in_the_light_one(
    page: Page, server: str, view: str, key: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server}/{view}")
    canvas = page.locator(f"[class*='st-key-{key}'] canvas").first
    expect(canvas).to_be_visible(timeout=60_000)
    dark = canvas.evaluate(_BRIGHTNESS)
    assert dark < (60 if key.startswith("paper") else 100)
    page.emulate_media(media="print")
    wait_until(lambda: _is_dark_on_white(page))
    page.emulate_media(media="null", color_scheme="light")
    wait_until(lambda: canvas.evaluate(_BRIGHTNESS) > dark + 20)
