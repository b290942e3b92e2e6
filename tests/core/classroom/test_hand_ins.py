"""A data set of the class: labels come from the prompt, and students are trained on or tested on, never both."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.classroom.badge import Badge
from core.classroom.class_sets import newest_set_of, store_set_of
from core.classroom.hand_ins import FEWEST, MOST, HandIn, HandIns, as_own_set, as_zip, held_out
from core.classroom.rooms import Rooms
from core.classroom.wall import Opinion, as_png
from core.data.images.archives import read_archive
from core.data.images.own_sets import is_stored
from core.runs.store.rights import NotAllowed, Person

SAID = Opinion(4, 0.9, (4, 4, 9))
CHANCE = np.random.default_rng(0)


def drawn(member: int, label: str, number: int = 0) -> HandIn:
    """A drawing of its own, a stroke at a place that hangs on who drew it and when."""
    pixels = np.zeros((28, 28))
    pixels[4 : 20 + int(label), 5 + member : 8 + member] = CHANCE.uniform(0.5, 1)
    return HandIn(1000 * member + number, f"m{member:02d}", label, as_png(pixels), SAID)


class Class:
    """A room with a teacher and two students."""

    def __init__(self, folder: Path) -> None:
        self.rooms, self.box = Rooms(folder), HandIns(folder)
        self.teacher = self.rooms.open_room()
        code = self.rooms.open_rooms()[0].code
        self.first, self.second = self.rooms.join(code), self.rooms.join(code)

    def ask(self, label: str | None) -> None:
        self.rooms.set(self.teacher.person(), prompt=label)

    def hand_in(self, by: Badge, label: str) -> None:
        self.box.hand_in(by.person(), label, drawn(1, "4").pixels / 255, SAID)


@pytest.fixture
def group(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return Class(tmp_path / "runs")


def test_what_is_handed_in_has_the_label_that_was_asked_for(group: Class) -> None:
    with pytest.raises(NotAllowed, match="Something else"):
        group.hand_in(group.first, "4")
    group.ask("4")
    group.hand_in(group.first, "4")
    for other in ("5", "", "<b>"):  # whatever a browser says
        with pytest.raises(NotAllowed, match="Something else"):
            group.hand_in(group.first, other)
    for by in (group.teacher, Badge("nowhere", "x", "X", 0.0)):
        with pytest.raises(NotAllowed):
            group.hand_in(by, "4")
    group.ask("5")
    group.hand_in(group.second, "5")
    assert group.box.counts(group.teacher.room) == {"4": 1, "5": 1}
    found = group.box.of_room(group.teacher.room)
    assert [(one.label, one.member) for one in found] == [("4", group.first.member), ("5", group.second.member)]
    assert [(one.read_right, one.doubtful) for one in found] == [(True, False), (False, True)]


def test_the_teacher_leaves_out_what_is_doubtful(group: Class) -> None:
    group.ask("4")
    group.hand_in(group.first, "4")
    (one,) = group.box.of_room(group.teacher.room)
    for by in (group.first.person(), Person("anybody")):
        with pytest.raises(NotAllowed):
            group.box.drop(by, one.number)
    group.box.drop(group.rooms.open_room().person(), one.number)  # of another room
    assert group.box.of_room(group.teacher.room) == [one]
    group.box.drop(group.teacher.person(), one.number)
    assert group.box.of_room(group.teacher.room) == []
    group.rooms.close(group.teacher.person())


def test_nobody_hands_in_too_much_or_too_fast(group: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    group.ask("4")
    monkeypatch.setenv("PLAYGROUND_DRAWINGS_PER_MINUTE", "2")
    group.hand_in(group.first, "4")
    group.hand_in(group.first, "4")
    with pytest.raises(NotAllowed, match="in one minute"):
        group.hand_in(group.first, "4")
    monkeypatch.setenv("PLAYGROUND_DRAWINGS_PER_MINUTE", "1000")
    with group.box._write() as database:
        database.executemany(
            "INSERT INTO hand_ins (room, member, label, picture, said, made) VALUES (?, ?, '4', ?, '{}', 0)",
            [(group.teacher.room, group.second.member, b"")] * MOST,
        )
    with pytest.raises(NotAllowed, match="enough"):
        group.hand_in(group.second, "4")


def test_students_are_learnt_from_or_tested_on_never_both() -> None:
    drawings = [drawn(member, label, n) for member in range(10) for n, label in enumerate("4477")]
    kept = held_out(drawings)
    assert len(kept) == 2
    own = as_own_set(drawings)
    assert (own.classes, len(own.train), len(own.test), own.test.held_out) == (("4", "7"), 32, 8, True)
    learnt = {picture.tobytes() for picture in own.train.images}
    assert not learnt & {picture.tobytes() for picture in own.test.images}
    by_label = {label: [one.pixels for one in drawings if one.label == label] for label in "47"}
    for part in (own.train, own.test):
        for image, label in zip(part.images, part.labels, strict=True):
            assert any(np.array_equal(image, other) for other in by_label[own.classes[label]])
    assert held_out(drawings[:4]) == frozenset()
    assert len(held_out(drawings[:8])) == 1


def test_the_data_set_goes_with_the_room_unless_it_is_kept(group: Class) -> None:
    own = as_own_set([drawn(member, label, n) for member in range(2) for n, label in enumerate("47" * FEWEST)])
    for keep in (True, False):
        teacher = group.rooms.open_room()
        room = group.rooms.room(teacher.room)
        assert room
        name = store_set_of(room.code, own)
        other = store_set_of("OTHER", own)
        assert (newest_set_of(room.code), newest_set_of("NONE")) == (name, None)
        group.rooms.close(teacher.person(), keep_runs=keep)
        assert is_stored(name.removeprefix("own:")) == keep
        assert is_stored(other.removeprefix("own:"))


def test_too_few_drawings_are_said() -> None:
    one_student = [drawn(0, label, n) for n, label in enumerate("4477" * 5)]
    with pytest.raises(NotAllowed, match="At least two students"):
        as_own_set(one_student)
    with pytest.raises(NotAllowed, match="another digit"):
        as_own_set([drawn(member, "4", n) for member in range(2) for n in range(9)])
    with pytest.raises(NotAllowed, match="Missing: 7"):
        as_own_set([*one_student, *[drawn(1, "4", n) for n in range(FEWEST)]])
    with pytest.raises(NotAllowed, match="have handed in 1 drawing;"):
        as_own_set([drawn(0, "4"), *[drawn(1, label, n) for n, label in enumerate("47" * FEWEST)]])


def test_the_zip_can_be_read_again_as_people() -> None:
    drawings = [drawn(member, label, n) for member in range(5) for n, label in enumerate("444477777")]
    packed = as_zip(drawings)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
    assert len(names) == 45
    assert names[0] == "student-01/4/00000.png"
    own = read_archive(packed)
    assert (own.classes, own.layouts[0]) == (("4", "7"), "people")
