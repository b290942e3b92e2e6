"""What all tests share: a home of their own, MNIST where it is at hand, one server, one browser."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

from tests.support.serving import CHROMIUM, FIREFOX, fresh_tab, launch, running_app

settings.register_profile("playground", deadline=None, max_examples=60, database=None)
settings.load_profile("playground")
expect.set_options(timeout=15_000)  # tests share the machine with the server and the browser they start


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes share the tests: two for the whole suite, none for some of it or for benchmarks.

    Four on two cores take 12 minutes as two do: browsers keep the cores busy, and a hand drawn on one loses points.
    """
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not everything or config.option.markexpr != "not benchmark and not long":
        return 0
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # or each of them, and of their servers, would take all cores
    return min(2, os.cpu_count() or 1)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A PLAYGROUND_HOME for this session of tests, so that nothing of a person's own is touched."""
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("PLAYGROUND_HOME")
    os.environ["PLAYGROUND_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["PLAYGROUND_HOME"]
    else:
        os.environ["PLAYGROUND_HOME"] = before


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Look for components in the installed packages once: every AppTest would, for a quarter of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def scripts_compiled_once() -> Iterator[None]:
    """Compile a page once, and wait for its end: every run of an AppTest compiles, and looks every millisecond."""
    compiled, look = ScriptCache(), local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        if runner._script_thread is not None:
            runner._script_thread.join(timeout)
        look(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: compiled)
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, served once for all browser tests."""
    with running_app(tmp_path_factory.mktemp("server")) as address:
        yield address


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", choices=("chromium", "firefox"), default="chromium", help="for the browser tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pass over what no driver of Firefox can do."""
    if config.getoption("browser") == "firefox":
        for item in items:
            if item.get_closest_marker("chromium"):
                item.add_marker(pytest.mark.skip(reason="the driver can do this in Chromium only"))


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium for all browser tests, or one Firefox."""
    name = request.config.getoption("browser")
    if not {"chromium": CHROMIUM, "firefox": FIREFOX}[name]:
        pytest.skip(f"there is no {name.title()} on this machine")
    with sync_playwright() as playwright:
        launched = launch(playwright, name)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab, in which nothing is done that our headers forbid."""
    with fresh_tab(browser) as tab:
        yield tab
