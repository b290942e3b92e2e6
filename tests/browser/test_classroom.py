"""A lesson: a teacher and two students in real browsers, through the room, the wall, a vote and its end."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import websockets
from itsdangerous import URLSafeSerializer
from playwright.sync_api import Browser, Page, expect

from core.classroom.badge import COOKIE, Badge, sign
from core.classroom.rooms import rooms
from core.runs.store.rights import COMMAND_LINE, session_in
from core.runs.store.store import Store
from tests.support.classroom import join, open_room, open_section, person
from tests.support.drawing import canvas_of, draw
from tests.support.forging import click_whatever
from tests.support.handwriting import ROUND
from tests.support.runs import leave_run
from tests.support.serving import running_app
from tests.support.waiting import settle

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.long
def test_a_lesson(browser: Browser, tmp_path: Path) -> None:
    with (
        running_app(tmp_path) as server,
        person(browser) as teacher,
        person(browser, 390, 844, "dark") as ann,
        person(browser) as bob,
    ):
        code = open_room(teacher, server)
        join(ann, server, code, "Kim <b>")
        join(bob, server, code, "Kim <b>")
        names = teacher.locator(".members")
        expect(names).to_have_text(re.compile("Kim <b>.*Kim <b> 2"))

        _wall(teacher, ann, bob, server)
        _vote(teacher, ann, bob, server)
        _follow(teacher, bob, server)
        _hand_in(teacher, bob, server)

        cookie = next(one["value"] for one in ann.context.cookies() if one["name"] == COOKIE)
        assert not any(one["name"] == COOKIE for one in json.loads(ann.evaluate(_SEEN_BY_SCRIPTS)))
        _forge(server, tmp_path, cookie)
        open_section(teacher, server, "Room")
        teacher.get_by_role("button", name="Close the room").click()
        teacher.get_by_role("button", name="Yes, close it").click()
        expect(teacher.get_by_text("is closed")).to_be_visible()
        draw(ann, ROUND[1])  # the sheet is her own, the room is gone: nothing breaks
        settle(ann, within=".st-key-prediction")
        expect(ann.locator("[data-testid=stException]")).to_have_count(0)
        open_section(bob, server, "Wall")
        expect(bob.locator(".way-in").first).to_be_visible()
        assert _status(f"{server}/room/leave", cookie) == 200
    assert "Traceback" not in (tmp_path / "server.log").read_text()


_SEEN_BY_SCRIPTS = "JSON.stringify(document.cookie.split('; ').map((one) => ({ name: one.split('=')[0] })))"


def _wall(teacher: Page, ann: Page, bob: Page, server: str) -> None:
    """What both draw hangs on the wall; it is pinned, and hidden from the class."""
    open_section(teacher, server, "Wall")
    expect(teacher.get_by_text("Nothing hangs here yet")).to_be_visible()
    for student, digit in ((ann, 1), (bob, 3)):
        canvas_of(student)
        settle(student)
        draw(student, ROUND[digit])
    tiles = teacher.locator(".pick button")
    expect(tiles).to_have_count(2)
    expect(tiles.first).to_contain_text("Kim <b>")
    ann.reload()  # she is the same one after that
    expect(tiles).to_have_count(2)

    open_section(bob, server, "Wall")
    seen = bob.locator(".pick button")
    expect(seen).to_have_count(2)
    tiles.first.click()
    teacher.get_by_role("button", name="Pin").click()
    expect(bob.locator(".pinned .who")).to_have_text("Kim <b>")
    teacher.get_by_role("button", name="Hide").click()
    expect(seen).to_have_count(1)
    expect(bob.locator(".pinned")).to_have_count(0)
    expect(tiles.first).to_contain_text("(hidden)")
    seen.first.click()
    bob.get_by_role("button", name="Open it").click()
    bob.locator(".st-key-class-opened").get_by_role("link", name="Draw a digit").click()
    expect(bob.locator("h1")).to_have_text("Draw a digit")
    expect(bob.locator(".st-key-prediction .answer")).to_have_text("3")


def _vote(teacher: Page, ann: Page, bob: Page, server: str) -> None:
    """Bars fill live and only before the answer is shown; only the teacher sees them until then."""
    open_section(teacher, server, "Vote")
    teacher.get_by_text("Yes or no").click()
    teacher.get_by_role("textbox", name="Question").fill("Does it see a 3?")
    teacher.get_by_role("textbox", name="Question").press("Enter")
    teacher.get_by_role("button", name="Ask", exact=True).click()
    expect(teacher.locator(".poll .asked")).to_have_text("Does it see a 3?")
    ann.get_by_role("link", name=re.compile("Your teacher asks")).click()
    ann.get_by_role("radio", name="yes", exact=True).click()
    expect(teacher.locator(".poll .bar b").first).to_have_text("1")
    expect(ann.locator(".poll .bar")).to_have_count(0)
    bob.get_by_role("link", name=re.compile("Your teacher asks")).click()
    bob.get_by_role("radio", name="no", exact=True).click()
    expect(teacher.get_by_text("2 votes so far")).to_be_visible()
    bob.get_by_role("radio", name="yes", exact=True).click()
    expect(teacher.locator(".poll .bar b").first).to_have_text("2")
    teacher.get_by_role("button", name="Reveal").click()
    expect(ann.locator(".poll .bar b")).to_have_text(["2", "0"])
    expect(ann.get_by_role("radio", name="yes", exact=True)).to_have_count(0)
    ann.goto(f"{server}/draw-digit")
    canvas_of(ann)


def _follow(teacher: Page, student: Page, server: str) -> None:
    """The teacher's page with its settings is a link on every student's page."""
    teacher.get_by_text("The class follows me").click()
    expect(student.locator(".st-key-class-bar")).to_have_count(0)  # both are on the page "Class"
    teacher.goto(f"{server}/letters?section=Names")
    expect(student.get_by_text("The class is at")).to_be_visible(timeout=30_000)
    student.get_by_role("link", name="Go there").click()
    expect(student.locator("h1")).to_have_text("One letter after the other")
    assert "section=Names" in student.url
    expect(student.locator(".st-key-class-bar")).to_have_count(0)


def _forge(server: str, home: Path, cookie: str) -> None:
    """Clicks on buttons that a page shows as disabled, sent past the browser, change nothing that is another's."""
    store = Store(home / "runs")
    levers = {"Pause", "One step", "Stop", "Rate × 2"}
    for owner in ("somebody else", f"{COMMAND_LINE} 1"):
        run = leave_run(store, owner, "running")
        before = store.get(run)
        assert click_whatever(server, "train", f"run={run}", {COOKIE: cookie}, levers) == levers
        assert (store.get(run), store.commands(run)) == (before, [])
        store.set_status(run, "stopped")
    badge = URLSafeSerializer("any").loads_unsafe(cookie)[1]
    member = session_in(badge["room"], badge["member"])
    run = leave_run(store, member, "running")  # her own obeys the same clicks
    assert click_whatever(server, "train", f"run={run}", {COOKIE: cookie}, {"Stop"}) == {"Stop"}
    assert [name for _, name, _ in store.commands(run)] == ["stop"]
    store.set_status(run, "stopped")
    forged = cookie.rsplit(".", 1)[0] + ".forged"
    run = leave_run(store, member, "running")
    click_whatever(server, "train", f"run={run}", {COOKIE: forged}, levers)
    assert store.commands(run) == []
    store.set_status(run, "stopped")


def _hand_in(teacher: Page, student: Page, server: str) -> None:
    """What is asked for stands above the canvas; what is handed in is counted, and the sheet is empty again."""
    open_section(teacher, server, "Data%20set")
    teacher.get_by_role("radio", name="4", exact=True).click()
    open_section(student, server, "Data%20set")
    expect(student.locator(".asked-for")).to_have_text("Draw a 4")
    canvas_of(student)
    settle(student, within=".st-key-canvas")
    draw(student, ROUND[4])
    student.get_by_role("button", name="Hand it in").click()
    expect(teacher.locator(".handed-in .now b")).to_have_text("1")
    expect(student.get_by_role("button", name="Hand it in")).to_be_disabled()


def _status(address: str, cookie: str) -> int:
    request = urllib.request.Request(address, headers={"Cookie": f"{COOKIE}={cookie}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.timeout(120)
def test_a_closed_server_lets_only_members_in_and_a_restart_ends_no_room(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_ACCESS", "room")
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    badges = {}
    for _ in range(2):  # the second time the server has been started again
        with running_app(tmp_path) as server, person(browser) as student:
            student.goto(f"{server}/draw-digit")
            expect(student.locator("h1")).to_have_text("Join a room")
            for address in ("/_stcore/host-config", "/media/none.png", "/component/none"):
                assert _status(server + address, "nothing") == 403
            with pytest.raises(websockets.InvalidStatus):
                click_whatever(server, "train", "", {}, set())
            badges = badges or {"value": sign(_member()), "name": COOKIE, "url": server}
            student.context.add_cookies([badges | {"url": server}])
            student.goto(f"{server}/class")
            expect(student.get_by_text("You are in room")).to_be_visible(timeout=60_000)


def _member() -> Badge:
    rooms().open_room()
    return rooms().join(rooms().open_rooms()[0].code)
