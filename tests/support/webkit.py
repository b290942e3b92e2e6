"""WebKit, the engine of Safari and of every browser on an iPad: the machine's own, without a screen."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = shutil.which("WebKitWebDriver")
SCREEN = shutil.which("Xvfb")
BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"), None)


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Yield the name of a screen that nobody sees."""
    reading, writing = os.pipe()
    command = [str(SCREEN), "-displayfd", str(writing), "-screen", "0", "1400x900x24"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def webkit() -> Iterator[WebKitGTK]:
    """Yield a browser of WebKit, with a window as large as a laptop's."""
    options = Options()
    options.binary_location = str(BROWSER)
    options.add_argument("--automation")
    with screen() as name:
        driver = WebKitGTK(options=options, service=Service(DRIVER, env={**os.environ, "DISPLAY": name}))
        try:
            driver.set_window_size(1366, 850)
            yield driver
        finally:
            driver.quit()


FIND = """
const [box, selector] = arguments;
const all = [...document.querySelectorAll(`${box}, ${box} *`)];
const parts = all.flatMap((part) => (part.shadowRoot ? [part, part.shadowRoot] : [part]));
return parts.map((part) => part.querySelector(selector)).find(Boolean);
"""


def find(driver: WebKitGTK, box: str, selector: str) -> WebElement | None:
    """Return the first such element in a box, also if it is in the shadow of a component."""
    found = driver.execute_script(FIND, box, selector)
    return found if isinstance(found, WebElement) else None
