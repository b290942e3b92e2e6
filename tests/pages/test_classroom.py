"""The page "Class" without a browser: outside of a room, as its teacher, as a member."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.classroom.admission import room_is_open
from core.classroom.badge import Badge
from core.classroom.rooms import Rooms, rooms
from tests.support.apps import html, open_page

HOSTILE = "<b>*x*</b>"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    room_is_open.cache_clear()  # type: ignore[attr-defined]
    return rooms()


@pytest.fixture
def teacher(house: Rooms) -> Badge:
    return house.open_room()


@pytest.fixture
def student(house: Rooms, teacher: Badge) -> Badge:
    return house.join(house.open_rooms()[0].code, HOSTILE)


def open_as(monkeypatch: pytest.MonkeyPatch, badge: Badge | None, **query: str) -> AppTest:
    """Open the page as somebody whose cookie holds a badge."""
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: badge)
    return open_page("classroom", **query)


def words(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption, *app.warning, *app.info])


def test_outside_of_a_room_there_are_two_ways_in(house: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    page = html(open_as(monkeypatch, None))
    assert 'href="/room/join"' in page
    assert 'href="/room/open"' in page


def test_the_teacher_sees_code_and_names_and_closes_the_room(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_as(monkeypatch, teacher)
    (room,) = house.open_rooms()
    assert room.code in html(app)
    assert "data:image/svg+xml" in html(app)
    assert "<b>*x*" not in html(app)
    assert "&lt;b&gt;*x*" in html(app)
    assert "**1 in the room**" in words(app)
    app.button(key="class-close").click().run()
    assert not app.exception
    assert house.open_rooms() == []
    assert "is closed" in words(app)


def test_a_member_learns_how_to_come_back(house: Rooms, student: Badge, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_as(monkeypatch, student)
    assert house.members(student.room)[0].word in words(app)
    assert r"\<b\>" in words(app)
    assert not [button for button in app.button if button.key == "class-close"]
