"""Every page in WebKit, as Safari shows it: it opens, fits, says no error, and answers a hand and the keys.

Needs `WebKitWebDriver` and `Xvfb` (on Debian: webkit2gtk-driver, xvfb); skipped where they are missing.
"""

import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
from selenium.webdriver import ActionChains, WebKitGTK
from selenium.webdriver.common.by import By

from core.ui.page_registry import PAGES
from tests.support.drawing import ANSWER
from tests.support.handwriting import EUROPEAN, place
from tests.support.waiting import wait_until
from tests.support.webkit import BROWSER, DRIVER, SCREEN, find, webkit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.timeout(400),
    # Selenium's own class for this browser still asks for what it advises against.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
    pytest.mark.skipif(not (BROWSER and DRIVER and SCREEN), reason="there is no WebKitWebDriver or no Xvfb here"),
]

VERDICT = ".st-key-prediction"
LISTEN = """
window.wrong = [];
addEventListener("error", (event) => wrong.push(event.message));
addEventListener("unhandledrejection", (event) => wrong.push(String(event.reason)));
"""
OVERFLOW = """
const { scrollWidth, clientWidth } = document.querySelector(".stMain");
return scrollWidth - clientWidth;
"""


@pytest.fixture(scope="module")
def safari() -> Iterator[WebKitGTK]:
    with webkit() as driver:
        yield driver


def open_page(safari: WebKitGTK, address: str) -> None:
    """Open a page, and wait until its script has ended."""
    safari.get(address)
    safari.execute_script(LISTEN)
    wait_until(lambda: safari.find_elements(By.CSS_SELECTOR, "h1"))
    wait_until(lambda: safari.find_elements(By.CSS_SELECTOR, "[data-test-script-state=notRunning]"))


def text(safari: WebKitGTK, selector: str) -> str:
    """Return what stands in an element; nothing where there is none."""
    return str(safari.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector))


@pytest.mark.parametrize("width", [1366, 500])  # the window does not become narrower
def test_every_page_opens_and_fits(safari: WebKitGTK, server: str, width: int) -> None:
    safari.set_window_size(width, 850)
    wrong = []
    for entry in PAGES.values():
        open_page(safari, f"{server}/{entry.url_path}")
        wait_until(lambda heading=entry.heading or entry.title: text(safari, "h1").strip() == heading)
        if (over := safari.execute_script(OVERFLOW)) > 0:
            wrong.append(f"{entry.name}: {over} px too wide")
        told = safari.execute_script("return window.wrong")
        shown = [one.text for one in safari.find_elements(By.CSS_SELECTOR, "[data-testid=stException]")]
        wrong += [f"{entry.name}: {problem}" for problem in [*told, *shown]]
    assert not wrong


def test_a_digit_that_is_drawn_is_read(safari: WebKitGTK, server: str) -> None:
    safari.set_window_size(1366, 850)
    open_page(safari, f"{server}/draw-digit")
    wait_until(lambda: text(safari, ANSWER))
    canvas = wait_until(lambda: find(safari, ".st-key-canvas", "canvas.upper-canvas"))
    assert canvas
    middle_x, middle_y = canvas.size["width"] / 2, canvas.size["height"] / 2  # from where Selenium counts
    hand = ActionChains(safari, duration=10)
    for stroke in place(EUROPEAN[4], 70 - middle_x, 40 - middle_y, 140, 200):
        hand.move_to_element_with_offset(canvas, *map(round, stroke[0])).click_and_hold()
        for before, after in itertools.pairwise(stroke):
            steps = math.ceil(math.dist(before, after) / 10)
            for x, y in np.linspace(before, after, steps + 1)[1:]:
                hand.move_to_element_with_offset(canvas, round(x), round(y))
        hand.release()
    hand.perform()
    wait_until(lambda: text(safari, ANSWER) == "4")


def test_a_sentence_is_read_while_it_is_typed(safari: WebKitGTK, server: str) -> None:
    safari.set_window_size(1366, 850)
    open_page(safari, f"{server}/sentence")
    field = wait_until(lambda: find(safari, ".stMain", "[aria-label='Your sentence']"))
    assert field
    before = wait_until(lambda: text(safari, VERDICT))
    field.send_keys(" This was awful and boring.")
    wait_until(lambda: text(safari, VERDICT) != before)
