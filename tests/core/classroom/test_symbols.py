"""Symbols of a person and of a class: who may do what, and nothing is lost by a slip."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.classroom.badge import Badge
from core.classroom.rooms import Rooms
from core.classroom.symbols import (
    MOST_DRAWINGS,
    SymbolSets,
    as_symbols,
    as_zip,
    forget_symbols,
    owner_in,
    symbol_set,
    taught_symbols,
)
from core.runs.store.rights import NotAllowed, Person

ALONE, OTHER = Person("a1"), Person("b2")


def ink(number: int) -> np.ndarray:
    pixels = np.zeros((28, 28), np.float32)
    pixels[4 : 8 + number % 18, 10:13] = 1
    return pixels


@pytest.fixture
def sets(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SymbolSets:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    forget_symbols()
    return SymbolSets(tmp_path / "runs")


@pytest.fixture
def room(sets: SymbolSets) -> tuple[Rooms, Badge, Badge, Badge]:
    rooms = Rooms(sets.folder)
    teacher = rooms.open_room()
    code = rooms.open_rooms()[0].code
    return rooms, teacher, rooms.join(code), rooms.join(code)


def test_names_are_cleaned_and_drawings_come_back_with_theirs(sets: SymbolSets) -> None:
    sets.choose(ALONE, ALONE.session, [" A ", "A", "", "<b>heart</b>\n", "x" * 99])
    assert sets.of(ALONE.session).names == ("A", "<b>heart</b>", "x" * 20)
    sets.add(ALONE, ALONE.session, "A", [ink(1), ink(2)])
    sets.choose(ALONE, ALONE.session, ["B", "C"])
    assert sets.of(ALONE.session).drawings == ()
    sets.choose(ALONE, ALONE.session, ["A", "C"])
    assert len(sets.of(ALONE.session).of("A")) == 2
    for names in ([], ["A"], [str(number) for number in range(11)]):
        with pytest.raises(NotAllowed, match="2 to 10"):
            sets.choose(ALONE, ALONE.session, names)


def test_what_was_left_out_comes_back(sets: SymbolSets) -> None:
    sets.choose(ALONE, ALONE.session, ["A", "B"])
    sets.add(ALONE, ALONE.session, "A", [ink(1), ink(2), ink(3)])
    numbers = sets.of(ALONE.session).numbers
    sets.drop(ALONE, ALONE.session, numbers[:1])
    sets.drop(ALONE, ALONE.session, numbers[1:])
    assert sets.of(ALONE.session).numbers == ()
    sets.put_back(ALONE, ALONE.session)
    assert sets.of(ALONE.session).numbers == numbers[1:]
    sets.put_back(ALONE, ALONE.session)
    found = sets.of(ALONE.session)
    assert found.numbers == numbers
    assert not found.dropped
    assert np.array_equal(found.drawings[1].pixels, ink(2) * 255)
    sets.reset(ALONE, ALONE.session)
    assert sets.of(ALONE.session).names == ()


def test_only_its_owner_changes_a_set(sets: SymbolSets) -> None:
    sets.choose(ALONE, ALONE.session, ["A", "B"])
    sets.add(ALONE, ALONE.session, "A", [ink(1)])
    (number,) = sets.of(ALONE.session).numbers
    for forbidden in (
        lambda: sets.choose(OTHER, ALONE.session, ["C", "D"]),
        lambda: sets.add(OTHER, ALONE.session, "A", [ink(1)]),
        lambda: sets.drop(OTHER, ALONE.session, [number]),
        lambda: sets.put_back(OTHER, ALONE.session),
        lambda: sets.reset(OTHER, ALONE.session),
        lambda: sets.teach(OTHER, ALONE.session),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert sets.of(ALONE.session).numbers == (number,)


def test_a_class_draws_and_its_teacher_decides(sets: SymbolSets, room: tuple[Rooms, Badge, Badge, Badge]) -> None:
    rooms, teacher, ann, bob = room
    ours = owner_in(teacher.room)
    with pytest.raises(NotAllowed):
        sets.choose(ann.person(), ours, ["A", "B"])
    sets.choose(teacher.person(), ours, ["A", "B"])
    sets.add(ann.person(), ours, "A", [ink(1)])
    sets.add(bob.person(), ours, "B", [ink(2)])
    first, second = sets.of(ours).drawings
    assert (first.writer, second.writer) == (ann.member, bob.member)
    for stranger in (ALONE, Badge("elsewhere", ann.member, "", 0).person()):
        with pytest.raises(NotAllowed):
            sets.add(stranger, ours, "A", [ink(1)])
        with pytest.raises(NotAllowed):
            sets.drop(stranger, ours, [first.number])
    with pytest.raises(NotAllowed):
        sets.drop(ann.person(), ours, [second.number])
    with pytest.raises(NotAllowed):
        sets.teach(ann.person(), ours)
    with pytest.raises(NotAllowed, match="have changed"):
        sets.add(ann.person(), ours, "C", [ink(1)])
    sets.teach(teacher.person(), ours)
    assert sets.of(ours).taught == (first.number, second.number)
    sets.drop(ann.person(), ours, [first.number])
    sets.drop(teacher.person(), ours, [second.number])
    assert sets.of(ours).numbers == ()
    symbols = taught_symbols(sets.of(ours))
    assert symbols is not None
    assert (symbols.classes, symbols.writers) == (("A", "B"), (ann.member, bob.member))
    sets.choose(ann.person(), ann.person().session, ["x", "y"])  # her own
    sets.add(ann.person(), ann.person().session, "x", [ink(1)])
    rooms.close(teacher.person())
    with pytest.raises(NotAllowed, match="closed"):
        sets.add(bob.person(), ours, "A", [ink(1)])
    assert sets.of(ours).names == sets.of(ann.person().session).names == ()


def test_there_is_an_end_of_drawings(sets: SymbolSets, monkeypatch: pytest.MonkeyPatch) -> None:
    sets.choose(ALONE, ALONE.session, ["A", "B"])
    sets.add(ALONE, ALONE.session, "A", [ink(1)] * MOST_DRAWINGS)
    with pytest.raises(NotAllowed, match="room for 40"):
        sets.add(ALONE, ALONE.session, "A", [ink(1)])
    sets.add(ALONE, ALONE.session, "B", [ink(1)])
    monkeypatch.setenv("PLAYGROUND_DRAWINGS_PER_MINUTE", "1")
    hasty = Person("c3")
    sets.choose(hasty, hasty.session, ["A", "B"])
    sets.add(hasty, hasty.session, "A", [ink(1)])
    with pytest.raises(NotAllowed, match="in one minute"):
        sets.add(hasty, hasty.session, "A", [ink(1)])


def test_the_zip_has_a_folder_for_each_symbol_and_no_path_of_a_persons_making(sets: SymbolSets) -> None:
    sets.choose(ALONE, ALONE.session, ["A", "../x"])
    sets.add(ALONE, ALONE.session, "A", [ink(1)])
    sets.add(ALONE, ALONE.session, "../x", [ink(2)])
    drawings = symbol_set(ALONE.session).drawings
    with zipfile.ZipFile(io.BytesIO(as_zip(drawings))) as archive:
        assert [name.split("/")[0] for name in archive.namelist()] == ["A", "symbol-2"]
        assert archive.read(archive.namelist()[0]) == drawings[0].picture
    assert as_symbols(drawings).labels.tolist() == [0, 1]
