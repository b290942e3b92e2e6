"""Rooms: who gets in, who somebody is, and what is left when a room ends."""

import random
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.classroom import names
from core.classroom.admission import admitted, forget_who_is_in, may_open_room, was_taken_out
from core.classroom.badge import Badge, invitation_key, read_badge, sign
from core.classroom.hand_ins import HandIns
from core.classroom.invitation import invitation, is_loopback, qr_code
from core.classroom.rooms import CODE, LETTERS, MOST_OPEN, SENTENCE, WORD, NotAdmitted, Origin, Rooms
from core.classroom.symbols import SymbolSets, owner_in
from core.classroom.votes import Votes
from core.classroom.wall import Opinion, Wall
from core.runs.limits import OverLimit, refuse_excess
from core.runs.store.rights import TEACHER, NotAllowed, Person, session_in
from core.runs.store.store import Store
from core.settings import settings
from core.training.config import TrainConfig
from tests.support.runs import any_sweep


@pytest.fixture
def house(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    """The rooms of a house of its own."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    forget_who_is_in()
    return Rooms(tmp_path / "runs")


def code_of(house: Rooms, badge: Badge) -> str:
    room = house.room(badge.room)
    assert room
    return room.code


def test_a_class_joins_by_a_code_however_it_is_written(house: Rooms) -> None:
    teacher = house.open_room()
    code = code_of(house, teacher)
    assert len(code) == CODE
    assert set(code) <= set(LETTERS)
    blue, given_name = house.join(f" {code.lower()[:2]}-{code[2:]} ", "  Blue\nOtter "), house.join(code)
    assert (blue.nickname, blue.teaches, blue.room) == ("Blue Otter", False, teacher.room)
    assert (teacher.member, teacher.teaches) == (TEACHER, True)
    assert [one.nickname for one in house.members(teacher.room)] == ["Blue Otter", given_name.nickname]
    assert 11.9 * 3600 < blue.expires - time.time() <= 12 * 3600


def test_two_of_one_nickname_are_two_and_a_return_word_is_one(house: Rooms) -> None:
    code = code_of(house, house.open_room())
    first, second, third = (house.join(code, "Max") for _ in range(3))
    assert [one.nickname for one in (first, second, third)] == ["Max", "Max 2", "Max 3"]
    assert len({one.member for one in (first, second, third)}) == 3
    word = house.members(first.room)[0].word
    assert house.join(code, "Max", word.lower()) == first
    for nickname, wrong in (("Max 2", word), ("Max", "AAAA"), ("", word), ("Max", "é")):
        with pytest.raises(NotAdmitted, match="return word"):
            house.join(code, nickname, wrong)
    assert len(house.members(first.room)) == 3


def test_nobody_gets_in_by_another_code_or_into_a_full_or_closed_room(
    house: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = house.open_room()
    code = code_of(house, teacher)
    for wrong in ("", "AAAAA", code[:-1], code + "B", "' OR 1=1 --", "%", "\0"):
        with pytest.raises(NotAdmitted, match="no open room"):
            house.join(wrong)
    monkeypatch.setenv("PLAYGROUND_ROOM_MEMBERS", "1")
    house.join(code)
    with pytest.raises(NotAdmitted, match="full"):
        house.join(code)
    house.close(teacher.person())
    with pytest.raises(NotAdmitted, match="no open room"):
        house.join(code)


def test_the_class_that_joins_at_once_has_forty_names(house: Rooms) -> None:
    code, badges = code_of(house, house.open_room()), list[Badge]()
    threads = [threading.Thread(target=lambda: badges.append(house.join(code, "Kim"))) for _ in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len({badge.nickname for badge in badges}) == len({badge.member for badge in badges}) == 40


def test_only_the_teacher_changes_or_closes_a_room(house: Rooms) -> None:
    teacher = house.open_room()
    student, other = house.join(code_of(house, teacher)), house.open_room()
    for by in (student.person(), Person("anybody"), Person(session_in(teacher.room, "teacher2"))):
        with pytest.raises(NotAllowed, match="Only the teacher"):
            house.set(by, held=True)
        with pytest.raises(NotAllowed, match="Only the teacher"):
            house.close(by)
    house.set(other.person(), held=True)
    room = house.room(teacher.room)
    assert room
    assert (room.held, room.open) == (False, True)


def test_what_was_made_in_a_room_goes_with_it_unless_it_is_kept(house: Rooms) -> None:
    store = Store(house.folder)
    for keep in (False, True):
        teacher = house.open_room()
        student = house.join(code_of(house, teacher))
        runs = [store.create(TrainConfig(title="t"), one.person().session, "finished") for one in (teacher, student)]
        outside = store.create(TrainConfig(title="t"), f"outside {keep}", "finished")
        house.close(teacher.person(), keep_runs=keep)
        assert {run.id for run in store.runs()} >= {outside}
        assert {run.id for run in store.runs()} & set(runs) == (set(runs) if keep else set())
        assert house.members(teacher.room) == []


def test_a_room_ends_by_itself(house: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ROOM_HOURS", "0.000001")
    teacher = house.open_room()
    time.sleep(0.01)
    assert (admitted(sign(teacher)), house.open_rooms()) == (None, [])
    monkeypatch.undo()
    house.close_expired()
    room = house.room(teacher.room)
    assert room
    assert room.closed


def test_rooms_have_codes_of_their_own_and_there_are_not_too_many(house: Rooms) -> None:
    letters = iter("BBBBBB" + "BBBBBB" + "CCCCCC")
    first, second = (house.open_room(lambda _: next(letters)) for _ in range(2))
    assert [code_of(house, one) for one in (first, second)] == ["BBBBBB", "CCCCCC"]
    for _ in range(MOST_OPEN - 2):
        house.open_room()
    with pytest.raises(NotAdmitted, match="rooms are open already"):
        house.open_room()


def test_a_badge_is_what_the_server_has_signed_and_nothing_else(
    house: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = house.open_room()
    cookie = sign(house.join(code_of(house, teacher), "Zoë <b>"))
    found = admitted(cookie)
    assert found
    assert found.nickname == "Zoë <b>"
    body, signature = cookie.rsplit(".", 1)
    other_body = sign(teacher).rsplit(".", 1)[0]
    for forged in (f"{body}.{signature[:-1]}", f"{other_body}.{signature}", body, "", ".", "é", None, 5, "x" * 2000):
        assert admitted(forged) is None
    assert read_badge(sign(replace(found, expires=time.time() - 1))) is None
    assert stat.S_IMODE((tmp_path / "badges.key").stat().st_mode) == 0o600
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "another"))
    assert read_badge(cookie) is None  # signed by another house


@given(st.text(max_size=200))
def test_no_text_is_a_badge(text: str) -> None:
    assert read_badge(text) is None


def test_whoever_is_in_stays_in_until_the_room_is_closed(house: Rooms) -> None:
    teacher = house.open_room()
    cookie = sign(house.join(code_of(house, teacher)))
    assert Rooms(house.folder).room(teacher.room)  # another server on the same store, or the next one
    assert admitted(cookie)
    house.close(teacher.person())
    forget_who_is_in()
    assert admitted(cookie) is None


def test_a_password_or_the_machine_itself_opens_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAYGROUND_TEACHER_PASSWORD", raising=False)
    assert may_open_room("", at_the_server=True)
    assert not may_open_room("", at_the_server=False)
    monkeypatch.setenv("PLAYGROUND_TEACHER_PASSWORD", "schön")
    assert may_open_room("schön", at_the_server=False)
    assert not may_open_room("", at_the_server=True)
    assert not may_open_room("schon", at_the_server=True)


def test_what_guesses_of_a_night_find() -> None:
    """The arithmetic of `core.classroom.guesses`."""
    codes, minutes = len(LETTERS) ** CODE, settings().room_hours * 60
    assert 10_000 * MOST_OPEN / codes < 1 / 1_900
    assert settings().guesses_per_minute * minutes / codes < 1 / 5_300
    assert settings().secrets_per_minute * minutes / len(LETTERS) ** WORD < 1 / 990
    assert settings().guesses_per_minute >= 2 * 40  # a class that misreads the board twice


HERE = Origin("there", "")


def test_a_class_behind_one_address_gets_in_and_a_script_does_not_fill_the_room(house: Rooms) -> None:
    code = code_of(house, house.open_room())
    for _ in range(40):
        house.join(code, "", "", HERE)
    for _ in range(60):
        with pytest.raises(NotAdmitted, match="Many have just joined"):
            house.join(code, "", "", HERE)
    house.join(code, "", "", Origin("elsewhere", ""))
    other = code_of(house, house.open_room())
    house.join(other, "", "", HERE)  # another class in the same school


def test_a_locked_door_keeps_out_who_is_new(house: Rooms) -> None:
    teacher = house.open_room()
    code = code_of(house, teacher)
    kim = house.join(code, "Kim")
    word = house.members(teacher.room)[0].word
    with pytest.raises(NotAllowed):
        house.set(kim.person(), shut=True)
    house.set(teacher.person(), shut=True)
    with pytest.raises(NotAdmitted, match="door of this room is locked"):
        house.join(code)
    assert house.join(code, "Kim", word) == kim
    assert admitted(sign(kim)) == kim
    house.set(teacher.person(), shut=False)
    house.join(code)


def test_whoever_is_taken_out_is_out_with_all_they_made(house: Rooms) -> None:
    teacher = house.open_room()
    code = code_of(house, teacher)
    browser = Origin("there", "browser of kim")
    kim, lee = house.join(code, "Kim", "", browser), house.join(code, "Lee", "", Origin("there", "browser of lee"))
    word = house.members(teacher.room)[0].word
    store, sure, ink = Store(house.folder), Opinion(3, 1.0, (3, 3, 3)), np.ones((28, 28))
    wall, votes, box, symbols = (one(house.folder) for one in (Wall, Votes, HandIns, SymbolSets))
    house.set(teacher.person(), prompt="3", pinned=SENTENCE + kim.member)
    ours = owner_in(teacher.room)
    symbols.choose(teacher.person(), ours, ["A", "B"])
    question = votes.ask(teacher.person(), "Well?", ("yes", "no"))
    for badge in (kim, lee):
        assert wall.share(badge.person(), ink, sure)
        assert wall.share_sentence(badge.person(), "A film", sure)
        votes.vote(badge.person(), question, "yes")
        box.hand_in(badge.person(), "3", ink, sure)
        symbols.add(badge.person(), ours, "A", [ink])
        store.create(TrainConfig(title="t"), badge.person().session)
    with pytest.raises(NotAllowed):
        house.take_out(lee.person(), [kim.member])
    house.take_out(teacher.person(), [kim.member, "nobody", TEACHER])
    forget_who_is_in()
    assert [one.nickname for one in house.members(teacher.room)] == ["Lee"]
    assert [one.nickname for one in house.taken_out(teacher.room)] == ["Kim"]
    assert (admitted(sign(kim)), admitted(sign(lee)), admitted(sign(teacher))) == (None, lee, teacher)
    assert was_taken_out(sign(kim))
    assert not was_taken_out(sign(lee))
    assert [len(found) for found in (wall.works(teacher.room), wall.sentences(teacher.room))] == [1, 1]
    assert votes.poll(teacher.room).votes == {lee.member: "yes"}  # type: ignore[union-attr]
    assert [one.member for one in box.of_room(teacher.room)] == [lee.member]
    assert [one.writer for one in symbols.of(ours).drawings] == [lee.member]
    assert [run.session for run in store.runs()] == [lee.person().session]
    room = house.room(teacher.room)
    assert room
    assert room.pinned is None
    for nickname, secret in (("Kim", word), ("Somebody else", ""), ("", "")):  # in the same browser, or by the word
        with pytest.raises(NotAdmitted, match="taken you out"):
            house.join(code, nickname, secret, browser)
    assert not wall.share(kim.person(), ink, sure)  # by a page that was open before
    assert not wall.share_sentence(kim.person(), "A film", sure)
    for act in (
        lambda: votes.vote(kim.person(), question, "no"),
        lambda: box.hand_in(kim.person(), "3", ink, sure),
        lambda: symbols.add(kim.person(), ours, "A", [ink]),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(OverLimit, match="not in this room any more"):
        refuse_excess(store, kim.person())
    with pytest.raises(NotAllowed):
        house.let_in(kim.person(), kim.member)
    house.let_in(teacher.person(), kim.member)
    forget_who_is_in()
    assert admitted(sign(kim)) == kim
    assert wall.share(kim.person(), ink, sure)
    assert house.join(code, "Kim", word) == kim


def test_a_sweep_ends_with_its_room_and_with_its_person(house: Rooms) -> None:
    store, teacher = Store(house.folder), house.open_room()
    kim, lee = (house.join(code_of(house, teacher)) for _ in range(2))
    sweeps = [store.create_sweep(any_sweep(), badge.person().session) for badge in (kim, lee)]

    def status() -> list[str]:
        return [store.sweep(one).status for one in sweeps]  # type: ignore[union-attr]

    house.take_out(teacher.person(), [kim.member])
    assert status() == ["stopped", "running"]
    house.close(teacher.person())
    assert status() == ["stopped", "stopped"]


@given(st.text(max_size=60))
def test_any_nickname_is_one_short_line(text: str) -> None:
    found = names.clean(text)
    assert len(found) <= names.LONGEST
    assert "\n" not in found
    assert names.clean(found) == found
    assert len(names.unique("x" * 24, {"x" * 24})) <= names.LONGEST


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\u200d", ""),
        ("\u2800\u3164", ""),
        ("\u0301", ""),
        ("Kim\u200d", "Kim"),
        ("e\u0301", "é"),
        ("❤️", "❤️"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_a_nickname_can_be_seen(text: str, name: str) -> None:
    assert names.clean(text) == name


@pytest.mark.parametrize("same", ["kim", "K\u200dim", "\uff2bim"])
def test_names_that_look_the_same_get_numbers(house: Rooms, same: str) -> None:
    code = code_of(house, house.open_room())
    first, second = house.join(code, "Kim"), house.join(code, same)
    assert second.nickname == f"{same} 2"
    word = house.members(first.room)[0].word
    assert house.join(code, same, word) == first


def test_nobody_is_called_like_the_teacher(house: Rooms) -> None:
    code = code_of(house, house.open_room())
    assert house.join(code, "teacher").nickname == "teacher 2"


def test_given_names_are_free_ones() -> None:
    taken = set[str]()
    for _ in range(970):  # more than there are
        name = names.unique(names.suggest(taken, random.Random(1)), taken)
        assert name not in taken
        taken.add(name)


@pytest.mark.parametrize(
    ("public", "seen_at", "listens", "address", "reachable"),
    [
        ("https://school.example/dl/", "http://localhost:1/class", "localhost", "school.example/dl/room/join", True),
        ("", "http://192.168.1.7:8501/x/class", "0.0.0.0", "192.168.1.7:8501/x/room/join", True),
        ("", "http://localhost:8501/x/class", "", "10.1.2.3:8501/x/room/join", True),
        ("", "http://[::1]:8501/x/class", "localhost", "10.1.2.3:8501/x/room/join", False),
    ],
)
def test_the_invitation_names_an_address_that_others_can_reach(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    public: str,
    seen_at: str,
    listens: str,
    address: str,
    reachable: bool,
) -> None:
    monkeypatch.setenv("PLAYGROUND_PUBLIC_URL", public)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr("core.classroom.invitation.own_address", lambda: "10.1.2.3")
    how = invitation("BCD23", seen_at, listens, 8501, "/x")
    assert (how.address, how.reachable) == (address, reachable)
    assert how.link.endswith(f"{address}?code=BCD23&key={invitation_key('BCD23')}")
    assert qr_code(how.link).startswith("data:image/svg+xml")


def test_what_leads_to_the_machine_itself() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]")))
    assert not any(map(is_loopback, ("", "10.0.0.1", "example.org", "localhost.example.org", "testclient")))
