"""The way into a room and out of it, and the gate that keeps others out."""

import re
import uuid
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
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from core.classroom.admission import forget_who_is_in
from core.classroom.badge import COOKIE, invitation_key, read_badge
from core.classroom.rooms import Rooms, rooms
from core.settings import settings
from core.ui.shell.gate import Gate
from core.ui.shell.room_routes import room_routes
from core.ui.state import person

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
    forget_who_is_in()
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
            proxies = Middleware(ProxyHeadersMiddleware, trusted_hosts=settings().trusted_proxies)
            made.append(Starlette(routes=routes, middleware=[proxies, Middleware(Gate)]))
        one = TestClient(made[0], client=at, follow_redirects=False)
        one.cookies.set(person.COOKIE, uuid.uuid4().hex)  # which every page gives to a browser that has none
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
    assert "Keep this one" in form
    assert "Keep this one" not in browser.get("/room/join").text  # without a code there is none to keep
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
        forget_who_is_in()
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


def test_whoever_comes_back_in_the_same_browser_is_no_second_person(house: Rooms, client: Client) -> None:
    teacher, browser, there = house.open_room(), client(), code(house)
    wanted = {"code": there, "nickname": "Kim"}
    browser.post("/room/join", data=wanted)
    browser.post("/room/leave")
    assert "same person again" in browser.get(f"/room/join?code={there}").text
    house.set(teacher.person(), shut=True)  # who has been in is nobody new
    assert browser.post("/room/join", data=wanted).status_code == 303
    (member,) = house.members(teacher.room)
    badge = read_badge(browser.cookies[COOKIE])
    assert badge and (badge.member, badge.nickname) == (member.id, "Kim")
    browser.post("/room/leave")
    assert client().post("/room/join", data=wanted).status_code == 403
    house.set(teacher.person(), shut=False)
    assert browser.post("/room/join", data=wanted | {"nickname": ""}).status_code == 303  # somebody else sits there now
    assert len(house.members(teacher.room)) == 2


def test_another_name_is_another_person_unless_somebody_says_that_they_are_the_same(
    house: Rooms, client: Client
) -> None:
    teacher, browser, there = house.open_room(), client(), code(house)
    browser.post("/room/join", data={"code": there, "nickname": "Kim"})
    browser.post("/room/leave")
    assert "I am Kim and" in browser.get(f"/room/join?code={there}").text
    client().post("/room/join", data={"code": there, "nickname": "Lee"})
    for named, shown in (("lee", "lee 2"), ("<i>Max</i>", "<i>Max</i>"), ("Teacher", "Teacher 2")):
        browser.post("/room/join", data={"code": there, "nickname": named, "renamed": "yes"})
        assert [one.nickname for one in house.members(teacher.room)] == [shown, "Lee"]
        badge = read_badge(browser.cookies[COOKIE])
        assert badge and badge.nickname == shown
    stranger = client()  # has been in no room: there is nobody to be called otherwise
    stranger.post("/room/join", data={"code": there, "nickname": "Pat", "renamed": "yes"})
    browser.post("/room/join", data={"code": there, "nickname": "Ann"})  # the next one at a shared computer
    assert [one.nickname for one in house.members(teacher.room)] == ["Teacher 2", "Lee", "Pat", "Ann"]


def test_whoever_was_taken_out_is_not_let_in_by_their_browser(house: Rooms, client: Client) -> None:
    teacher, browser, there = house.open_room(), client(), code(house)
    browser.post("/room/join", data={"code": there, "nickname": "Kim"})
    browser.post("/room/leave")
    house.take_out(teacher.person(), [house.members(teacher.room)[0].id])
    for more in ({}, {"renamed": "yes"}):
        assert browser.post("/room/join", data={"code": there, "nickname": "Kim"} | more).status_code == 403
    assert house.members(teacher.room) == []


def guess(browser: TestClient, times: int) -> list[int]:
    return [browser.post("/room/join", data={"code": f"BBB{n:03d}"}).status_code for n in range(times)]


def test_a_code_cannot_be_guessed_and_nobody_inside_is_locked_out(house: Rooms, client: Client) -> None:
    house.open_room()
    member, there = client(), code(house)
    member.post("/room/join", data={"code": there, "nickname": "Kim"})
    answers = guess(client(), 300)
    assert answers[:100] == [403] * 100
    assert set(answers[100:]) == {429}
    right = client().post("/room/join", data={"code": there})  # a right one does not differ, or it could be told
    assert (right.status_code, "set-cookie" in right.headers) == (429, False)
    assert "Scan the QR code, which always works" in right.text
    assert member.post("/room/join", data={"code": there, "nickname": "Kim"}).status_code == 303
    assert member.get("/media/a.png").text == "inside"
    assert client(("192.168.1.10", 1)).post("/room/join", data={"code": there}).status_code == 303


def test_whoever_scans_the_code_gets_in_whatever_others_type(house: Rooms, client: Client) -> None:
    house.open_room()
    there = code(house)
    guess(client(), 101)
    browser, link = client(), f"/room/join?code={there}&key={invitation_key(there)}"
    form = browser.get(link).text
    key = re.search(r'name="key" type="hidden" value="([^"]+)"', form)
    assert key
    for wrong in ("", key[1][:-1], invitation_key("BBBBBB"), "é"):
        assert browser.post("/room/join", data={"code": there, "key": wrong}).status_code == 429
    assert browser.post("/room/join", data={"code": "BBBBBB", "key": key[1]}).status_code == 429
    assert browser.post("/room/join", data={"code": there.lower(), "key": key[1]}).status_code == 303


def test_codes_passwords_and_return_words_are_counted_each_by_itself(
    house: Rooms, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TEACHER_PASSWORD", "open sesame")
    house.open_room()
    there, browser = code(house), client()
    browser.post("/room/join", data={"code": there, "nickname": "Kim"})
    browser.post("/room/join", data={"code": there, "nickname": "Lee"})
    words = {one.nickname: one.word for one in house.members(house.open_rooms()[0].id)}
    guess(browser, 101)
    assert browser.post("/room/open", data={"password": "open sesame"}).status_code == 303
    assert {browser.post("/room/open", data={"password": "x"}).status_code for _ in range(20)} == {403}
    assert browser.post("/room/open", data={"password": "open sesame"}).status_code == 429
    other = client(("192.168.1.10", 1))
    answers = [other.post("/room/join", data={"code": there, "nickname": "Kim", "word": "X"}) for _ in range(21)]
    assert [one.status_code for one in answers] == [403] * 20 + [429]
    assert "return words came for this name" in answers[-1].text
    back = other.post("/room/join", data={"code": there, "nickname": "Lee", "word": words["Lee"]})
    assert back.status_code == 303


def test_behind_a_proxy_everybody_has_an_address_of_their_own_where_the_settings_name_it(
    house: Rooms, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", "10.0.0.0/24, fd00::1")
    house.open_room()
    guesser, student = (client(("10.0.0.7", 1)) for _ in range(2))
    guesser.headers["X-Forwarded-For"] = "8.8.8.8, 192.168.1.66"  # the first of them is its own invention
    student.headers["X-Forwarded-For"] = "192.168.1.9"
    assert guess(guesser, 101)[-1] == 429
    guesser.headers["X-Forwarded-For"] = "9.9.9.9, 192.168.1.66"
    assert guess(guesser, 1) == [429]
    assert student.post("/room/join", data={"code": code(house)}).status_code == 303
    direct = client(("192.168.1.77", 1))  # no proxy that is named: what it says of itself is not believed
    for number in range(101):
        direct.headers["X-Forwarded-For"] = f"10.1.1.{number}"
        last = guess(direct, 1)
    assert last == [429]


def test_a_network_of_ipv6_is_one_address(house: Rooms, client: Client) -> None:
    house.open_room()
    for number in range(100):
        guess(client((f"2001:db8:1:2::{number:x}", 1)), 1)
    assert guess(client(("2001:db8:1:2:ffff::1", 1)), 1) == [429]
    assert guess(client(("2001:db8:1:3::1", 1)), 1) == [403]


def test_a_script_without_cookies_does_not_fill_a_room(house: Rooms, client: Client) -> None:
    house.open_room()
    there, script = code(house), client()
    script.cookies.clear()
    answer = script.post("/room/join", data={"code": there})
    assert (answer.status_code, "keeps no cookies" in answer.text) == (403, True)
    for _ in range(100):
        script.cookies.clear()
        script.cookies.set(person.COOKIE, uuid.uuid4().hex)
        last = script.post("/room/join", data={"code": there})
    assert (last.status_code, "Many have just joined" in last.text) == (403, True)
    (room,) = house.open_rooms()
    assert len(house.members(room.id)) == settings().joins_per_minute


def test_whoever_was_taken_out_is_told_so_and_comes_back_when_they_are_let_in(house: Rooms, client: Client) -> None:
    teacher = house.open_room()
    there, browser = code(house), client()
    browser.post("/room/join", data={"code": there, "nickname": "Kim"})
    (kim,) = house.members(teacher.room)
    with browser.websocket_connect("/_stcore/stream") as socket:
        house.take_out(teacher.person(), [kim.id])
        forget_who_is_in()
        socket.send_text("a stroke")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 1008
    assert browser.get("/media/a.png").status_code == 403
    for page in (browser.get(f"/room/join?code={there}"), browser.get("/room/join")):
        assert "Your teacher has taken you out of this room" in page.text
    again = browser.post("/room/join", data={"code": there, "nickname": "Lee"})
    assert (again.status_code, "taken you out" in again.text) == (403, True)
    browser.post("/room/leave")  # without the badge, it is still the same browser
    assert browser.post("/room/join", data={"code": there, "nickname": "Lee"}).status_code == 403
    assert client().post("/room/join", data={"code": there, "nickname": "Neighbour"}).status_code == 303
    other = house.open_room()
    elsewhere = next(room.code for room in house.open_rooms() if room.id == other.room)
    assert browser.post("/room/join", data={"code": elsewhere}).status_code == 303  # another room is another matter
    house.let_in(teacher.person(), kim.id)
    assert browser.post("/room/join", data={"code": there, "nickname": "Lee"}).status_code == 303


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
