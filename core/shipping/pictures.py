"""Takes the pictures of the app, from its own pages: `python -m core.shipping.pictures`, after their look is new.

The cards of the first page have one each, in both themes; the README has two, and two more lie beside them. Wants
Playwright and a Chromium, as the tests do.
"""

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from core.data.pen.hands import hands_of
from core.paths import ASSETS, ROOT

CARDS, SCREENSHOTS = ASSETS / "cards", ASSETS / "screenshots"
CARD = (480, 200)
"""Width and height of the picture of a card, twice what it takes on the screen."""
_SCREEN: ViewportSize = {"width": 1366, "height": 768}
_PATIENCE = 60_000  # ms
_STILL = 1_500  # ms until charts have been drawn
_WRITER, _DIGIT = 3, "3"  # whose hand draws in the README
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class View:
    """What a card shows: a page, a selector on it, and what of it is seen.

    Attributes:
        address: of the page.
        part: of a container's key.
        left: pixels that are cut off.
        top: pixels that are cut off.
        width: pixels that are seen; the height follows.
        press: the label of a button that is pressed before, or nothing.
    """

    address: str
    part: str
    left: int = 0
    top: int = 0
    width: int = 640
    press: str = ""


CARD_VIEWS = {
    "questions": View("questions", "question", width=660),
    "lessons": View("draw-digit?lesson=reading-a-digit&lesson-step=1", "lesson-bar", width=660),
    "neurons": View("neurons?neurons-section=A+network+learns", "neurons-playground", 190, 130, 720, "Start"),
    "draw_digit": View("draw-digit?digit=4", "canvas", width=700),
    "read_number": View("read-number", "number-table", top=36, width=860),
    "cnn_inside": View("cnn-inside", "inside-stations", width=712),
    "convolution": View("convolution", "convolution-bench", top=44, width=660),
    "teach": View("teach", "teach-drawings-0", press="Take A, B and C by other people"),
    "say_digit": View("say-digit?said=seven&voice=Theo&say-look=Where+the+CNN+looked", "say-cam", top=24, width=620),
    "forecast": View("forecast?series=sine&horizon=36", "forecast-picture", left=392, top=126, width=550),
    "sentence": View("sentence", "hidden-state", top=44),
    "order": View("order", "prediction"),
    "distance": View("distance", "prediction"),
    "both_ways": View("both-ways", "both-ways-tags-0", width=690),
    "translate": View("translate?translate-attention=Transformer", "alignment", width=860),
    "letters": View("letters", "chances"),
    "train": View("train", "live-loss", width=720),
    "runs": View("runs?run=digit-cnn", "runs-confusion", left=24, top=50, width=420),
    "metrics": View("metrics", "measures-one", width=600),
    "classroom": View("draw-digit?draw-look=How+other+people+write", "hands", width=410),
}
"""By the name of a page's script, what its card shows."""


def make() -> None:
    """Take all pictures and write them."""
    for folder in (CARDS, SCREENSHOTS):
        folder.mkdir(exist_ok=True)
    with running_app() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            _take_cards(chromium, server, scheme)
        _take_screenshots(chromium, server)
        chromium.close()


@contextlib.contextmanager
def running_app() -> Iterator[str]:
    """Serve the app in a home of its own and yield its address."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as home:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=1"]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PLAYGROUND_HOME": home}) as process:  # noqa: S603
            address = f"http://localhost:{port}"
            for _ in range(120):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health"):  # noqa: S310
                    break
                time.sleep(0.5)
            try:
                yield address
            finally:
                process.terminate()


def _take_cards(chromium: Browser, server: str, scheme: Scheme) -> None:
    context = chromium.new_context(viewport=_SCREEN, color_scheme=scheme)
    page = context.new_page()
    for name, view in CARD_VIEWS.items():
        part = _open(page, f"{server}/{view.address}", view.part, view.press)
        height = round(view.width * CARD[1] / CARD[0])
        picture = _shoot(page, part, view.left, view.top, view.width, height)
        picture.resize(CARD, Image.Resampling.LANCZOS).save(CARDS / f"{name}-{scheme}.webp", quality=55, method=6)
    context.close()


def _open(page: Page, address: str, key: str, press: str = "") -> Locator:
    page.goto(address)
    if press:
        page.locator(".stMain").get_by_role("button", name=press).click(timeout=_PATIENCE)
        page.wait_for_timeout(3 * _STILL)
    part = page.locator(f".st-key-{key}").first
    part.wait_for(timeout=_PATIENCE)
    page.locator("[data-test-script-state=notRunning]").wait_for(timeout=_PATIENCE)
    page.wait_for_timeout(_STILL)
    part.evaluate("part => part.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(_STILL)
    return part


def _shoot(page: Page, part: Locator, left: int, top: int, width: int, height: int) -> Image.Image:
    box = part.bounding_box()
    assert box is not None
    clip = {"x": box["x"] + left, "y": box["y"] + top, "width": width, "height": height}
    taken = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    assert taken.size == (width, height), f"{part} is not all on the screen"
    return taken


def _take_screenshots(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport=_SCREEN, color_scheme="light")
    page = context.new_page()
    _open(page, f"{server}/sentence", "hidden-state")
    _save_png(page, "sentence")
    _open(page, f"{server}/both-ways", "prediction")
    _save_png(page, "both-ways")
    _open(page, f"{server}/draw-digit?digit=4", "prediction")
    _save_png(page, "draw-digit")
    _save_drawing(page, server)
    context.close()


def _save_png(page: Page, name: str) -> None:
    """Save what the window shows beside the list of pages, in few colours: sharp, and small."""
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    page.wait_for_timeout(_STILL)
    taken = Image.open(io.BytesIO(page.screenshot(clip={"x": 300, "y": 10, "width": 1016, "height": 758})))
    small = taken.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(SCREENSHOTS / f"{name}.png", optimize=True)


def _save_drawing(page: Page, server: str) -> None:
    """Save how canvas, bars and maps follow a person's pen, as an animated picture."""
    canvas = _open(page, f"{server}/draw-digit", "canvas")
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    page.wait_for_timeout(_STILL)
    box = canvas.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    hand = next(one for one in hands_of(_DIGIT) if one.writer == _WRITER)
    clip = {"x": 320, "y": 110, "width": 980, "height": 600}
    frames = []
    for stroke in hand.strokes:
        points = [(box["x"] + 60 + 200 * x, box["y"] + 40 + 200 * y) for x, y in stroke.tolist()]
        page.mouse.move(*points[0])
        page.mouse.down()
        for number, point in enumerate(points):
            page.mouse.move(*point, steps=3)
            if number % max(1, len(points) // 14) == 0:
                page.wait_for_timeout(120)
                frames.append(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB"))  # type: ignore[arg-type]
        page.mouse.up()
    page.wait_for_timeout(_STILL)
    frames += [Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")] * 6  # type: ignore[arg-type]
    first, *rest = [frame.resize((784, 480)).quantize(64, dither=Image.Dither.NONE) for frame in frames]
    first.save(
        SCREENSHOTS / "follows-the-pen.gif", save_all=True, append_images=rest, duration=180, loop=0, optimize=True
    )


if __name__ == "__main__":
    make()
