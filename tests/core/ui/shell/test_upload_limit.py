"""Files that are sent to Streamlit's own address, by whoever and whether or not a page asks for them."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from core.classroom.admission import forget_who_is_in
from core.classroom.badge import COOKIE, sign
from core.classroom.rooms import rooms
from core.rate_limit import RateLimit, per_minute
from core.ui.shell.upload_limit import LimitUploads

FILE = "/_stcore/upload_file/any-session/any-file"


async def _take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_UPLOADS_PER_MINUTE", "2")
    monkeypatch.setenv("PLAYGROUND_UPLOAD_MEGABYTES_PER_MINUTE", "1")
    forget_who_is_in()
    per_minute.cache_clear()
    paths = [Route(path, _take, methods=["GET", "PUT", "DELETE"]) for path in (FILE, "/")]
    return Starlette(routes=paths, middleware=[Middleware(LimitUploads)])


def test_a_member_sends_so_many_files_and_the_others_are_not_kept_waiting(app: Starlette) -> None:
    rooms().open_room()
    code = rooms().open_rooms()[0].code
    first, second = (TestClient(app, cookies={COOKIE: sign(rooms().join(code))}) for _ in range(2))
    answers = [first.put(FILE, content=b"x") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert "Wait a moment" in answers[-1].text
    assert second.put(FILE, content=b"x").text == "1 bytes"
    assert first.delete(FILE).status_code == 200
    assert first.put("/", content=b"x").status_code == 200


def test_a_member_sends_so_much(app: Starlette) -> None:
    rooms().open_room()
    member = TestClient(app, cookies={COOKIE: sign(rooms().join(rooms().open_rooms()[0].code))})
    assert member.put(FILE, content=b"x" * 2**19).status_code == 200
    assert member.put(FILE, content=b"x" * (2**19 + 1)).status_code == 429
    assert member.put(FILE, content=b"x" * 2**19).status_code == 200


def test_outside_of_rooms_and_with_forged_badges_the_address_counts(app: Starlette) -> None:
    browsers = (TestClient(app, client=("10.0.0.9", 1), cookies={COOKIE: f"forged {number}"}) for number in range(45))
    answers = [browser.put(FILE, content=b"x").status_code for browser in browsers]
    assert answers == [200] * 40 + [429] * 5
    assert TestClient(app, client=("10.0.0.8", 1)).put(FILE, content=b"x").status_code == 200


def test_a_file_says_how_long_it_is(app: Starlette) -> None:
    assert TestClient(app).put(FILE, content=iter([b"x"])).status_code == 411


def test_amounts_are_added_up_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("core.rate_limit.time.monotonic", lambda: now)
    limit = RateLimit(10, 60.0)
    assert limit.take("a", 7)
    assert not limit.take("a", 4)
    assert limit.take("a", 3)
    assert limit.full("a")
    assert not limit.full("b")
    now = 160.0
    assert limit.take("a", 10)


def test_a_file_that_is_cut_off_on_its_way_is_no_error_of_the_server() -> None:
    async def cut_off(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ClientDisconnect

    with pytest.raises(AssertionError, match="response"):  # so the test's browser says that nobody was answered
        TestClient(LimitUploads(cut_off)).put("/", content=b"x")
