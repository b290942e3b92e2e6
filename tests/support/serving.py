"""Starts the app as a person would, in a process of its own, and a Chromium to look at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.support.waiting import COUNT_REQUESTS, wait_until

ROOT = Path(__file__).parents[2]
# The first has no windows to draw: a page costs it little more than half of what it costs the others.
_CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A name for this machine to which no browser gives a camera, as to any address of a classroom's network.
CHROMIUM_FLAGS += ["--host-resolver-rules=MAP classroom.test localhost"]
# A camera that shows a moving pattern, and is allowed without a question.
CHROMIUM_FLAGS += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
FIREFOX_SETTINGS: dict[str, str | float | bool] = {
    "network.dns.localDomains": "classroom.test",
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running_app(
    home: Path, data: Path | None = None, script: str = "app.py", base: str = "", root: Path = ROOT, port: int = 0
) -> Iterator[str]:
    """Serve the app, or a script of the tests, and yield its address; its log is `home / "server.log"`.

    With a `base`, "class" for example, the app lives below that path. Another checkout of the app has another `root`.
    A server that is started again gets the `port` of before.
    """
    port = port or free_port()
    environment = {**os.environ, "PLAYGROUND_HOME": str(home)}
    if data:
        environment["PLAYGROUND_DATA"] = str(data)
    if script != "app.py":
        environment["PYTHONPATH"] = str(ROOT)  # Streamlit itself finds modules beside the script only
        environment["PLAYGROUND_TEST_SCRIPT"] = str(ROOT / script)
        script = "tests/scripts/served.py"  # with the routes from which components fetch their scripts
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.headless=true"]
    command += [f"--server.baseUrlPath={base}"] if base else []
    address = f"http://localhost:{port}/{base}".rstrip("/")
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def launch(playwright: Playwright, name: str) -> Browser:
    """Start the machine's own Chromium, or its own Firefox, which is driven by WebDriver BiDi."""
    if name == "firefox":
        browser = playwright.firefox.launch(
            channel="moz-firefox", executable_path=FIREFOX, firefox_user_prefs=FIREFOX_SETTINGS, timeout=60_000
        )
    else:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    _count_requests(browser)
    return browser


def _count_requests(browser: Browser) -> None:
    """Let every page of a browser know whether its server owes it an answer, for `settle`."""
    new_context, new_page = browser.new_context, browser.new_page

    def counting_context(**settings: Any) -> BrowserContext:
        context = new_context(**settings)
        context.add_init_script(COUNT_REQUESTS)
        return context

    def counting_page(**settings: Any) -> Page:
        page = new_page(**settings)
        page.add_init_script(COUNT_REQUESTS)
        return page

    vars(browser).update(new_context=counting_context, new_page=counting_page)


@contextlib.contextmanager
def fresh_tab(browser: Browser) -> Iterator[Page]:
    """Yield a tab of the size of a classroom projector, and see in the end that nothing was done that we forbid."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    forbidden: list[str] = []
    context.on("console", lambda said: "Content Security Policy" in said.text and forbidden.append(said.text))
    yield context.new_page()
    context.close()
    assert not forbidden


def server_at(address: str) -> psutil.Process:
    """Return the process that `running_app` started at an address."""
    port = f"--server.port={address.rpartition(':')[2]}"
    return next(one for one in psutil.Process().children() if port in one.cmdline())


def private_memory(address: str) -> float:
    """Return the MB that the server at an address and the processes it has started share with no other process."""
    total = 0
    for one in (server := server_at(address), *server.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):  # a training has just ended
            total += one.memory_full_info().uss
    return total / 2**20


def wait_for(address: str, process: subprocess.Popen[bytes], path: str = "/_stcore/health") -> None:
    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(address + path, timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    wait_until(answers, 60)
