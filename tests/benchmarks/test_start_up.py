"""From `streamlit run` to a page that answers."""

import time
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, expect

from tests.support.drawing import ANSWER
from tests.support.serving import running_app, slowness

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]


def test_the_frame_shows_while_torch_loads(browser: Browser, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second", "third")]
    for folder in folders:
        folder.mkdir()
    servers, frames, answers = zip(*(start(browser, folder) for folder in folders), strict=True)
    print(
        f"\nmedian of 3 starts: server after {median(servers):.1f} s; from the visit on: frame {median(frames):.1f} s, "
        f"first answer {median(answers):.1f} s"
    )
    assert median(frames) < 2 * slowness()
    assert median(answers) < 5 * slowness()


def start(browser: Browser, home: Path) -> tuple[float, float, float]:
    """Return the seconds to a server, and from the visit to the frame and to the first answer."""
    started = time.monotonic()
    with running_app(home) as address:
        serving = time.monotonic()
        page = browser.new_page()
        page.goto(f"{address}/draw-digit")
        expect(page.locator("h1")).to_have_text("Draw a digit", timeout=20_000)
        frame = time.monotonic()
        expect(page.locator(ANSWER)).to_have_text("7", timeout=20_000)
        answer = time.monotonic()
        page.close()
    return serving - started, frame - serving, answer - serving
