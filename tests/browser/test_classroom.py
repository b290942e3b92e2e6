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
from tests.support.runs import beating, leave_run
from tests.support.serving import free_port, running_app
from tests.support.waiting import settle

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_lesson(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with (
        person(browser) as teacher,
        person(browser, 390, 844, "dark") as ann,
        person(browser) as bob,
        person(browser) as cal,
    ):
        with running_app(tmp_path, port=port) as server:
            code = open_room(teacher, server)
            join(ann, server, code, "Kim <b>")
            join(bob, server, code, "Kim <b>")
            join(cal, server, code)
            names = teacher.locator(".members")
            expect(names).to_have_text(re.compile("Kim <b>.*Kim <b> 2.+"))
            _wall(teacher, ann, bob, server)
            _sentences(teacher, cal, server)
            _vote(teacher, ann, bob, server)
            _teach(teacher, [ann, bob, cal], server)
            open_section(teacher, server, "Wall")
            expect(teacher.locator(".pick button")).to_have_count(2)
        with running_app(tmp_path, port=port) as server:  # the room goes on, in the very same pages
            expect(teacher.locator("[data-test-connection-state=CONNECTED]")).to_be_attached(timeout=60_000)
            expect(teacher.locator(".pick button")).to_have_count(2, timeout=60_000)
            ann.reload()
            expect(ann.locator(".thinks")).to_be_visible(timeout=60_000)  # taught again of the same drawings
            _follow(teacher, [ann, bob, cal], server)
            _hand_in(teacher, bob, server)
            _trainings(teacher, cal, server)
            _project(teacher)
            _come_back(cal, server, code)
            cookie = next(one["value"] for one in ann.context.cookies() if one["name"] == COOKIE)
            assert not any(one["name"] == COOKIE for one in json.loads(ann.evaluate(_SEEN_BY_SCRIPTS)))
            _forge(server, tmp_path, cookie)
            ann.goto(f"{server}/draw-digit")
            canvas_of(ann)
            settle(ann, within=".st-key-prediction")
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


def _sentences(teacher: Page, student: Page, server: str) -> None:
    """What somebody types hangs on the wall a second later, as text."""
    teacher.goto(f"{server}/class?class-section=Wall&class-wall-of=Sentences")
    expect(teacher.get_by_text("Nothing hangs here yet")).to_be_visible(timeout=60_000)
    student.goto(f"{server}/sentence")
    field = student.get_by_role("textbox", name="Your sentence")
    field.fill("Not <i>bad</i>", timeout=60_000)
    tile = teacher.locator(".pick button")
    expect(tile).to_contain_text("Not <i>bad</i>")
    field.press("End")
    field.press_sequentially(" at all")  # faster than once a second
    expect(tile).to_contain_text("Not <i>bad</i> at all")


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


def _teach(teacher: Page, students: list[Page], server: str) -> None:
    """The class draws the symbols that its teacher has chosen; what they are taught answers every pen."""
    teacher.goto(f"{server}/teach")
    names = teacher.get_by_role("textbox", name=re.compile("Symbols, 2 to 10"))
    names.fill("stroke, ring", timeout=60_000)
    names.press("Enter")
    for student in students:
        student.goto(f"{server}/teach")
        for symbol, digit in (("stroke", 1), ("ring", 0)):
            student.get_by_role("radio", name=re.compile(symbol)).click(timeout=60_000)
            canvas_of(student)
            settle(student, within=".st-key-canvas")
            draw(student, ROUND[digit])
            add = student.get_by_role("button", name=f"Add it as {symbol}")
            add.click()
            expect(add).to_be_disabled()
        expect(student.get_by_role("button", name="Teach it")).to_have_count(0)
    expect(teacher.locator(".st-key-teach-drawings-1 .pick button")).to_have_count(3)
    teacher.get_by_role("button", name="Teach it").click()
    for page in (teacher, *students):
        expect(page.locator(".thinks")).to_be_visible(timeout=60_000)
    canvas_of(students[0])
    settle(students[0], within=".st-key-canvas")
    draw(students[0], ROUND[0])
    expect(students[0].locator(".thinks .answer")).to_have_text("ring")
    expect(teacher.get_by_text("people whom they did not learn from")).to_be_visible(timeout=60_000)


def _follow(teacher: Page, students: list[Page], server: str) -> None:
    """The teacher's page with its settings is a link on every student's page, and a click takes everybody there."""
    open_section(teacher, server, "Room")
    student = students[1]
    open_section(student, server, "Room")
    teacher.get_by_role("button", name="Let the class follow me").click()
    expect(teacher.get_by_text("The class follows this page")).to_be_visible()
    expect(student.locator(".st-key-class-bar")).to_have_count(0)  # both are on the page "Class"
    teacher.goto(f"{server}/letters?letters-section=Names")
    expect(student.get_by_text("The class is at")).to_be_visible(timeout=30_000)
    student.get_by_role("link", name="Go there").click()
    expect(student.locator("h1")).to_have_text("One letter after the other")
    assert "letters-section=Names" in student.url
    expect(student.locator(".st-key-class-bar")).to_have_count(0)
    teacher.goto(f"{server}/convolution")
    teacher.get_by_role("button", name="Take everybody here").click(timeout=60_000)
    for page in students:
        expect(page.locator("h1")).to_have_text("Convolution by hand", timeout=30_000)
    student.get_by_role("link", name="Order").click()  # whoever leaves is not fetched again
    expect(student.locator("h1")).to_have_text("Does order matter?")
    expect(student.get_by_text("The class is at")).to_be_visible(timeout=30_000)
    expect(student.locator("h1")).to_have_text("Does order matter?")


def _trainings(teacher: Page, student: Page, server: str) -> None:
    """The teacher pauses everything and lets a run go on, which they then stop."""
    student.goto(f"{server}/train?network=mlp&hidden=64&images=8000&validation_images=500&epochs=50&batch_size=8")
    button = student.get_by_role("button", name="Train", exact=True)
    expect(button).to_be_enabled(timeout=60_000)
    button.click()
    word = student.locator(".run-status .word")
    expect(word).to_have_text("Learning", timeout=60_000)
    open_section(teacher, server, "Trainings")
    teacher.get_by_text("Pause everything").click()
    expect(word).to_have_text("Resting", timeout=30_000)
    teacher.get_by_text("Pause everything").click()
    expect(word).to_have_text("Learning", timeout=30_000)
    teacher.get_by_role("button", name="Stop", exact=True).click()
    expect(word).to_have_text("Stopped", timeout=30_000)


def _project(teacher: Page) -> None:
    """Projector size is one click on any page."""
    teacher.get_by_role("button", name="Projector size").click()
    teacher.wait_for_url("**projector=1**")
    expect(teacher.locator("[data-testid=stSidebar]")).to_be_hidden()
    teacher.get_by_role("button", name="Projector size").click()
    expect(teacher.locator("[data-testid=stSidebar]")).to_be_visible()


def _come_back(student: Page, server: str, code: str) -> None:
    """Whoever has lost their cookie is outside, and the same one again with the return word."""
    open_section(student, server, "Room")
    said = student.get_by_text("On another device, this nickname")
    word = said.locator("strong").inner_text()
    name = student.get_by_text("You are in room").locator("strong").last.inner_text()
    student.context.clear_cookies()
    open_section(student, server, "Room")
    expect(student.locator(".way-in").first).to_be_visible(timeout=60_000)
    student.goto(f"{server}/room/join?code={code}")
    student.get_by_label("Nickname").fill(name)
    student.get_by_text("I was in this room before").click()
    student.locator("input[name=word]").fill(word)
    student.get_by_role("button", name="Join the room").click()
    open_section(student, server, "Room")
    expect(student.get_by_text("You are in room")).to_contain_text(f"as {name},", timeout=60_000)


def _forge(server: str, home: Path, cookie: str) -> None:
    """Clicks on buttons that a page shows as disabled, sent past the browser, change nothing that is another's."""
    store = Store(home / "runs")
    levers = {"Pause", "One step", "Stop", "Rate × 2"}
    for owner in ("somebody else", f"{COMMAND_LINE} 1"):
        run = leave_run(store, owner, "running")
        before = store.get(run)
        with beating(store, run):
            assert click_whatever(server, "train", f"run={run}", {COOKIE: cookie}, levers) == levers
        assert (store.get(run), store.commands(run)) == (before, [])
        store.set_status(run, "stopped")
    badge = URLSafeSerializer("any").loads_unsafe(cookie)[1]
    member = session_in(badge["room"], badge["member"])
    run = leave_run(store, member, "running")  # her own obeys the same clicks
    with beating(store, run):
        assert click_whatever(server, "train", f"run={run}", {COOKIE: cookie}, {"Stop"}) == {"Stop"}
    assert [name for _, name, _ in store.commands(run)] == ["stop"]
    store.set_status(run, "stopped")
    forged = cookie.rsplit(".", 1)[0] + ".forged"
    run = leave_run(store, member, "running")
    with beating(store, run):
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
    expect(teacher.get_by_role("button", name="Make a data set of it")).to_be_enabled()
    button = student.get_by_role("button", name="Hand it in")
    expect(button).to_be_disabled()
    label, own = (one.evaluate("one => getComputedStyle(one).color") for one in (button.locator("p"), button))
    assert label == own  # not that of the paper, on which it could not be seen
    draw(student, ROUND[4], left=90)
    button.click()
    expect(teacher.get_by_text(re.compile("of 2 right"))).to_be_visible()  # what is confused follows, too


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
    with running_app(tmp_path) as server, person(browser) as student:
        student.goto(f"{server}/draw-digit")
        expect(student.locator("h1")).to_have_text("Join a room")
        for address in ("/_stcore/host-config", "/media/none.png", "/component/none"):
            assert _status(server + address, "nothing") == 403
        with pytest.raises(websockets.InvalidStatus):
            click_whatever(server, "train", "", {}, set())
        badge = sign(_member())
        assert _status(f"{server}/_stcore/host-config", badge) == 200
    with running_app(tmp_path) as server, person(browser) as student:
        assert _status(f"{server}/_stcore/host-config", "nothing") == 403
        student.context.add_cookies([{"value": badge, "name": COOKIE, "url": server}])
        student.goto(f"{server}/class")
        expect(student.get_by_text("You are in room")).to_be_visible(timeout=60_000)


def _member() -> Badge:
    rooms().open_room()
    return rooms().join(rooms().open_rooms()[0].code)
