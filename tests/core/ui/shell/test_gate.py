"""The way into a room and out of it, and the gate that keeps others out."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from core.classroom.admission import room_is_open
from core.classroom.badge import COOKIE, read_badge
from core.classroom.rooms import Rooms, rooms
from core.ui.shell.gate import Gate
from core.ui.shell.room_routes import room_routes

HERE, ELSEWHERE = ("127.0.0.1", 1), ("192.168.1.9", 1)
Client = Callable[..., TestClient]


async def _file(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("inside")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text(await socket.receive_text())
    except WebSocketDisconnect:
        pass


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    room_is_open.cache_clear()  # type: ignore[attr-defined]
    return rooms()


@pytest.fixture
def client(house: Rooms, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Make browsers that all see one server."""
    made: list[Starlette] = []
    entered: list[TestClient] = []

    def browser(at: tuple[str, int] = ELSEWHERE, access: str = "room") -> TestClient:
        monkeypatch.setenv("PLAYGROUND_ACCESS", access)
        if not made:
            inside = [Route(path, _file) for path in ("/", "/media/a.png", "/_stcore/health")]
            routes = [*room_routes(), *inside, WebSocketRoute("/_stcore/stream", _echo)]
            made.append(Starlette(routes=routes, middleware=[Middleware(Gate)]))
        one = TestClient(made[0], client=at, follow_redirects=False)
        entered.append(one)
        return one

    yield browser
    for one in entered:
        one.close()


def code(house: Rooms) -> str:
    return house.open_rooms()[0].code


def test_nothing_but_the_way_in_is_open_to_those_without_a_code(house: Rooms, client: Client) -> None:
    browser = client()
    page = browser.get("/", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/room/join")
    for path in ("/", "/media/a.png", "/room", "/roomy", "/_stcore/health/x"):
        assert browser.get(path).status_code == 403
    browser.cookies.set(COOKIE, "forged.cookie")
    assert browser.get("/media/a.png").status_code == 403
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect("/_stcore/stream"):
        pass
    assert browser.get("/_stcore/health").status_code == browser.get("/room/join").status_code == 200


def test_a_student_gets_in_and_is_out_when_the_room_is_closed(house: Rooms, client: Client) -> None:
    teacher = house.open_room()
    browser = client()
    form = browser.get(f"/room/join?code={code(house).lower()}").text
    nickname = re.search(r'name="nickname" value="([^"]+)"', form)
    assert nickname
    assert len(nickname[1].split()) == 2
    answer = browser.post("/room/join", data={"code": code(house), "nickname": nickname[1]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    badge = read_badge(browser.cookies[COOKIE])
    assert badge
    assert (badge.nickname, badge.teaches) == (nickname[1], False)
    assert browser.get("/media/a.png").text == "inside"
    with browser.websocket_connect("/_stcore/stream") as socket:
        socket.send_text("a stroke")
        assert socket.receive_text() == "a stroke"
        house.close(teacher.person())
        room_is_open.cache_clear()  # type: ignore[attr-defined]
        socket.send_text("another")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 1008
    assert browser.get("/media/a.png").status_code == 403


def test_without_the_setting_everybody_gets_in(house: Rooms, client: Client) -> None:
    assert client(access="open").get("/").text == "inside"


def test_whoever_sits_at_the_server_opens_a_room_and_nobody_else_does(house: Rooms, client: Client) -> None:
    outside, behind_a_proxy, inside = client(), client(HERE), client(HERE)
    behind_a_proxy.headers["X-Forwarded-For"] = "192.168.1.9"
    for browser in (outside, behind_a_proxy):
        assert "can only be opened on the machine itself" in browser.get("/room/open").text
        assert browser.post("/room/open").status_code == 403
    assert house.open_rooms() == []
    answer = inside.post("/room/open", data={"room": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, "/class")
    (room,) = house.open_rooms()
    again = client(HERE)
    assert f"Go to room {room.code}" in again.get("/room/open").text
    again.post("/room/open", data={"room": room.id})
    badges = [read_badge(browser.cookies[COOKIE]) for browser in (inside, again)]
    assert badges[0] == badges[1]
    assert badges[0]
    assert badges[0].teaches
    assert len(house.open_rooms()) == 1


def test_a_password_opens_a_room_from_anywhere(house: Rooms, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_TEACHER_PASSWORD", "open sesame")
    browser = client()
    assert browser.post("/room/open", data={"password": "sesame"}).status_code == 403
    assert "not the teacher" in browser.post("/room/open", data={}).text
    assert browser.post("/room/open", data={"password": "open sesame"}).status_code == 303
    assert len(house.open_rooms()) == 1


def test_a_teacher_goes_on_with_the_room_on_another_device(
    house: Rooms, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TEACHER_PASSWORD", "open sesame")
    house.open_room()
    there, browser = code(house), client()
    assert 'name="code"' in browser.get("/room/open").text
    wrong = browser.post("/room/open", data={"password": "open sesame", "code": "BBBBB"})
    assert (wrong.status_code, "no open room" in wrong.text) == (403, True)
    assert browser.post("/room/open", data={"password": "sesame", "code": there}).status_code == 403
    browser.post("/room/open", data={"password": "open sesame", "code": there.lower()})
    badge = read_badge(browser.cookies[COOKIE])
    assert badge
    assert badge.teaches
    assert [badge.room] == [one.id for one in house.open_rooms()]


def test_whoever_joins_once_more_is_no_second_person(house: Rooms, client: Client) -> None:
    house.open_room()
    browser, there = client(), code(house)
    wanted = {"code": there, "nickname": "Kim"}
    for _ in range(3):
        assert browser.post("/room/join", data=wanted).status_code == 303
    (room,) = house.open_rooms()
    assert [one.nickname for one in house.members(room.id)] == ["Kim"]
    again = browser.get(f"/room/join?code={there}").text
    assert 'value="Kim"' in again
    assert "stay who you are" in again
    browser.post("/room/join", data=wanted | {"nickname": "Lee"})  # the next one at a shared computer
    client().post("/room/join", data=wanted)
    assert [one.nickname for one in house.members(room.id)] == ["Kim", "Lee", "Kim 2"]


def test_a_code_cannot_be_guessed(house: Rooms, client: Client) -> None:
    house.open_room()
    guesser = client()
    answers = [guesser.post("/room/join", data={"code": f"BB{n:03d}"}).status_code for n in range(200)]
    assert answers[:20] == [403] * 20
    assert set(answers[20:]) == {429}
    right = guesser.post("/room/join", data={"code": code(house)})
    assert (right.status_code, "set-cookie" in right.headers) == (429, False)
    other = client(("192.168.1.10", 1))
    assert other.post("/room/join", data={"code": code(house)}).status_code == 303


def test_forms_are_taken_from_our_own_pages_only(house: Rooms, client: Client) -> None:
    house.open_room()
    browser, wanted = client(), {"code": code(house)}
    foreign = {"origin": "https://evil.example"}
    assert browser.post("/room/join", data=wanted, headers=foreign).status_code == 403
    assert browser.post("/room/join", json=wanted).status_code == 403
    assert browser.post("/room/join", data=wanted | {"nickname": "x" * 3000}).status_code == 403
    assert browser.post("/room/join", data=wanted, headers={"origin": "http://testserver"}).status_code == 303


def test_what_people_write_is_shown_as_text(house: Rooms, client: Client) -> None:
    page = client().post("/room/join", data={"code": "<b>", "nickname": '"><script>', "word": "<i>"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<i>" not in page


def test_one_leaves_by_a_button(house: Rooms, client: Client) -> None:
    house.open_room()
    browser = client()
    browser.post("/room/join", data={"code": code(house), "nickname": "Kim"})
    page = browser.get("/room/leave").text
    assert "as Kim" in page
    assert house.members(house.open_rooms()[0].id)[0].word in page
    assert browser.post("/room/leave").status_code == 303
    assert COOKIE not in browser.cookies
