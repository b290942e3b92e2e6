"""From `streamlit run` to a page that answers."""

import os
import time
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, expect

from tests.support.drawing import ANSWER
from tests.support.machine import slowness
from tests.support.serving import ROOT, running_app

pytestmark = [pytest.mark.browser, pytest.mark.benchmark, pytest.mark.long]


def test_the_frame_shows_while_torch_loads(browser: Browser, tmp_path: Path) -> None:
    """`PLAYGROUND_BASELINE` names a checkout of b236d94, which is then started in turn with this build."""
    baseline = os.environ.get("PLAYGROUND_BASELINE")
    builds = {"now": ROOT} | ({"b236d94": Path(baseline)} if baseline else {})
    whole = {}
    for name in builds:
        for turn in range(3):
            (tmp_path / f"{name}{turn}").mkdir()
    starts = [(name, start(browser, tmp_path / f"{name}{turn}", builds[name])) for turn in range(3) for name in builds]
    for name in builds:
        servers, frames, answers = (
            median(times) for times in zip(*(times for one, times in starts if one == name), strict=True)
        )
        whole[name] = servers + answers
        print(
            f"\n{name}, median of 3 starts: server after {servers:.1f} s; from the visit on: frame {frames:.1f} s, "
            f"first answer {answers:.1f} s"
        )
        if name == "now":
            assert frames < 2 * slowness()
            assert answers < 5 * slowness()
    if baseline:
        print(f"from the start to the first answer: ratio {whole['now'] / whole['b236d94']:.2f}")


def start(browser: Browser, home: Path, root: Path) -> tuple[float, float, float]:
    """Return the seconds to a server, and from the visit to the frame and to the first answer."""
    started = time.monotonic()
    with running_app(home, root=root) as address:
        serving = time.monotonic()
        page = browser.new_page()
        page.goto(f"{address}/draw-digit")
        expect(page.locator("h1")).to_have_text("Draw a digit", timeout=20_000)
        frame = time.monotonic()
        expect(page.locator(ANSWER)).to_have_text("7", timeout=20_000)
        answer = time.monotonic()
        page.close()
    return serving - started, frame - serving, answer - serving
