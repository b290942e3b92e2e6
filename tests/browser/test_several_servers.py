"""Two page servers with one PLAYGROUND_HOME behind the proxies of `deploy/`, and one of them stopped in the middle."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from core.classroom.badge import COOKIE
from tests.support.classroom import person
from tests.support.drawing import ANSWER, canvas_of, draw, press
from tests.support.handwriting import HANDS
from tests.support.handwriting import draw as draw_canvas
from tests.support.handwriting import place as placed
from tests.support.postgres import empty_database, running_postgres
from tests.support.proxies import PROXIES, find, make_certificate, running_proxy
from tests.support.serving import free_port, running_app
from tests.support.waiting import settle, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]

CONNECTED = "[data-test-connection-state=CONNECTED]"
TRAINING = "train?network=mlp&hidden=64&images=50000&validation_images=500&epochs=50&batch_size=16"
"""Long enough to be in the middle of it when a server stops."""


@dataclass(frozen=True)
class House:
    """Two page servers and a proxy before them.

    Attributes:
        address: of the proxy.
        pages: the servers by the name in the cookie, each with what stops it.
    """

    address: str
    pages: dict[str, contextlib.ExitStack]


WAYS = [*((proxy, base, "SQLite") for proxy in PROXIES for base in ("", "class")), ("haproxy", "", "PostgreSQL")]
"""A proxy, the path below which the app lives, and where the rows are."""


@pytest.fixture(params=WAYS, ids=" ".join)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    proxy, base, database = request.param
    if not find(proxy):
        pytest.skip(f"{proxy} is not installed")
    ports = free_port(), free_port()
    with contextlib.ExitStack() as everything:
        if database == "PostgreSQL":
            everything.enter_context(empty_database(everything.enter_context(running_postgres()), tmp_path))
        pages = {}
        for name, port in zip(("page1", "page2"), ports, strict=True):
            pages[name] = everything.enter_context(contextlib.ExitStack())
            pages[name].enter_context(running_app(tmp_path, port=port, base=base))
        yield House(everything.enter_context(running_proxy(proxy, tmp_path, ports, base)), pages)
        assert (tmp_path / "runs" / "runs.sqlite").exists() == (database == "SQLite")
    log = (tmp_path / "server.log").read_text()
    assert "Traceback" not in log, log


def test_a_server_stops_in_the_middle(house: House, browser: Browser, tmp_path: Path) -> None:
    with person(browser) as page:
        page.goto(f"{house.address}/draw-digit")
        expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
        _upload(page, tmp_path)
        _draw_three(page)

        page.goto(f"{house.address}/{TRAINING}")
        page.get_by_role("button", name="Train", exact=True).click(timeout=60_000)
        word = page.locator(".run-status .word")
        expect(word).to_have_text("Learning", timeout=60_000)
        expect(page.locator(".run-status .numbers")).to_contain_text("validation", timeout=60_000)

        stopped = _server_of(page)
        house.pages[stopped].close()
        expect(word).to_have_text("Interrupted", timeout=60_000)
        assert _server_of(page) != stopped
        press(page, "train-go-on")
        expect(word).to_have_text("Learning", timeout=60_000)
        press(page, "train-stop")
        expect(word).to_have_text("Stopped", timeout=60_000)

        _download(page, house.address)
        page.goto(f"{house.address}/draw-digit")
        _upload(page, tmp_path)
        _draw_three(page)


@pytest.mark.parametrize("proxy", PROXIES)
def test_over_tls_nobody_is_who_they_say(
    proxy: str, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not find(proxy):
        pytest.skip(f"{proxy} is not installed")
    make_certificate(tmp_path)
    monkeypatch.setenv("PLAYGROUND_TEACHER_PASSWORD", "chalk")
    port = free_port()
    with running_app(tmp_path, port=port), running_proxy(proxy, tmp_path, (port, free_port()), tls=True) as address:
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        wait_until(lambda: _status(page, f"{address}/_stcore/health") == 200)
        page.goto(f"{address}/draw-digit")
        expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
        page.goto(f"{address}/room/open")
        page.get_by_label("password").fill("chalk")
        page.get_by_role("button", name="Open a room").click()
        expect(page.locator(".invitation .code")).to_be_visible(timeout=60_000)
        secure = {one["name"]: one["secure"] for one in context.cookies()}
        assert secure[COOKIE]  # the server knows that it is spoken to over TLS
        assert _status(page, f"{address}/health") == 200
        context.clear_cookies()
        for said in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}):
            assert _status(page, f"{address}/health", said) == 403
        context.close()


def _status(page: Page, address: str, headers: dict[str, str] | None = None) -> int:
    with contextlib.suppress(Error):
        return page.request.get(address, headers=headers or {}).status
    return 0


def _server_of(page: Page) -> str:
    return next(one["value"] for one in page.context.cookies() if one["name"] == "playground_server")


def _upload(page: Page, folder: Path) -> None:
    alpha = draw_canvas(placed(HANDS["european"][4], 60, 50, 140, 180), 14)[..., 3]
    Image.fromarray((225 - alpha * 0.7).astype("uint8")).convert("RGB").resize((800, 800)).save(folder / "four.jpg")
    page.locator(".st-key-own").get_by_text("Upload").click(timeout=60_000)
    page.locator(".st-key-file input[type=file]").set_input_files(folder / "four.jpg")
    expect(page.locator(ANSWER)).to_have_text("4", timeout=30_000)


def _draw_three(page: Page) -> None:
    canvas_of(page)
    settle(page)
    press(page, "clear")
    draw(page, HANDS["round"][3])
    expect(page.locator(ANSWER)).to_have_text("3", timeout=30_000)


def _download(page: Page, address: str) -> None:
    run = re.search(r"run=([0-9a-f]+)", page.url)[1]
    page.goto(f"{address}/runs?run={run}")
    page.locator(".st-key-runs-more").get_by_text("Download").click(timeout=60_000)
    page.get_by_role("button", name=re.compile("^Make ")).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("^Save it")).click(timeout=60_000)
    assert saved.value.path().stat().st_size > 1000
