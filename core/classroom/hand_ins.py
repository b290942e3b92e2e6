"""A data set of the class: everybody draws what they are asked for, so the labels come from the prompt.

Tests are by student: whoever's drawings are tested on has drawn nothing that was trained on, or the network would be
asked about hands that it knows.
"""

import io
import json
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from core.classroom.rooms import require_member, require_teacher
from core.classroom.wall import Opinion, as_opinion, as_png, read_png
from core.data.images.image_set import DIGITS, ImageSet
from core.data.images.own_sets import OwnSet
from core.rate_limit import per_minute
from core.runs.store.database import Database
from core.runs.store.rights import NotAllowed, Person
from core.settings import settings
from core.wording import counted

MOST = 200
"""Drawings that one member may hand in."""
HELD_OUT = 5
"""One student in so many is kept for the test."""
FEWEST = 5
"""Drawings of every digit, and in the test, from which on a data set is made."""


@dataclass(frozen=True)
class HandIn:
    """A drawing that somebody handed in.

    Attributes:
        number: unique.
        member: whose it is.
        label: what they were asked for.
        picture: a PNG of 28 x 28 greys.
        said: what the networks that learnt MNIST say of it.
    """

    number: int
    member: str
    label: str
    picture: bytes
    said: Opinion

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(28, 28), ink 255 on 0."""
        return read_png(self.picture)

    @property
    def read_right(self) -> bool:
        """Whether the CNN's likeliest digit is what was asked for."""
        return str(self.said.answers[0]) == self.label

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it: the CNN reads another digit, or none."""
        return not self.read_right or self.said.digit is None


class HandIns(Database):
    """What was handed in, in the store of the runs."""

    def hand_in(self, by: Person, label: str, pixels: NDArray[np.floating], said: Opinion) -> None:
        """Hand in a drawing of what everybody is asked for.

        Args:
            by: a member of a room.
            label: what they were asked for when they drew it.
            pixels: (28, 28) in 0-1.
            said: what the networks say of it.

        Raises:
            NotAllowed: they are in no room, something else is asked for now, or they handed in too much or too fast.
        """
        if not per_minute("hand-ins", settings().drawings_per_minute).take(by.session):
            raise NotAllowed("That was a lot of drawings in one minute. Wait a moment.")
        with self._write() as database:
            member = require_member(database, by)
            (asked,) = database.execute("SELECT prompt FROM rooms WHERE id = ?", (by.room,)).fetchone()
            if asked is None or asked != label:
                raise NotAllowed("Something else is asked for now: look above and draw that.")
            (count,) = database.execute(
                "SELECT COUNT(*) FROM hand_ins WHERE room = ? AND member = ?", (by.room, member)
            ).fetchone()
            if count >= MOST:
                raise NotAllowed(f"You have handed in {MOST} drawings, which is enough.")
            database.execute(
                "INSERT INTO hand_ins (room, member, label, picture, said, made) VALUES (?, ?, ?, ?, ?, ?)",
                (by.room, member, label, as_png(pixels), json.dumps(asdict(said)), time.time()),
            )

    def drop(self, by: Person, number: int) -> None:
        """Leave a drawing out.

        Raises:
            NotAllowed: they are no teacher of its room.
        """
        room = require_teacher(by)
        with self._write() as database:
            database.execute("UPDATE hand_ins SET dropped = 1 WHERE number = ? AND room = ?", (number, room))

    def of_room(self, room: str) -> list[HandIn]:
        """Return what was handed in and not left out, in order."""
        with self._read() as database:
            found = database.execute(
                "SELECT number, member, label, picture, said FROM hand_ins WHERE room = ? AND dropped = 0 "
                "ORDER BY number",
                (room,),
            ).fetchall()
        return [
            HandIn(number, member, label, picture, as_opinion(said)) for number, member, label, picture, said in found
        ]

    def counts(self, room: str) -> Counter[str]:
        """Return how many drawings of every label there are."""
        with self._read() as database:
            found = database.execute(
                "SELECT label, COUNT(*) FROM hand_ins WHERE room = ? AND dropped = 0 GROUP BY label", (room,)
            ).fetchall()
        return Counter(dict(found))


def held_out(drawings: Sequence[HandIn]) -> frozenset[str]:
    """Return the members whose drawings are kept for the test: one in `HELD_OUT`, at least one of two or more."""
    members = sorted({one.member for one in drawings})
    return frozenset(members[::HELD_OUT]) if len(members) > 1 else frozenset()


def as_own_set(drawings: Sequence[HandIn]) -> OwnSet:
    """Return drawings as a data set, tested on students who are not trained on.

    Raises:
        NotAllowed: there are too few; the message says of what.
    """
    kept = held_out(drawings)
    if not kept:
        raise NotAllowed("At least two students have to hand in drawings: one of them is kept for the test.")
    learnt, tested = ([one for one in drawings if (one.member in kept) == test] for test in (False, True))
    classes = tuple(label for label in DIGITS if any(one.label == label for one in drawings))
    few = [label for label in classes if sum(one.label == label for one in learnt) < FEWEST]
    if len(classes) < 2 or few:
        wanted = f"Missing: {', '.join(few)}." if few else "Ask for another digit, too."
        raise NotAllowed(
            f"A data set needs two digits, and {FEWEST} drawings of each from students who are not kept for the test. "
            + wanted
        )
    if len(tested) < FEWEST:
        few_tested = counted(len(tested), "drawing")
        raise NotAllowed(f"The students kept for the test have handed in {few_tested}; {FEWEST} are needed.")
    return OwnSet(_images(learnt, classes, test=False), _images(tested, classes, test=True), inverted=False)


def _images(drawings: Sequence[HandIn], classes: tuple[str, ...], test: bool) -> ImageSet:
    images = np.stack([one.pixels for one in drawings])
    labels = np.array([classes.index(one.label) for one in drawings], np.int64)
    students = len({one.member for one in drawings})
    source = f"{counted(len(drawings), 'drawing')} by {counted(students, 'student')} of the class"
    return ImageSet(images, labels, np.full(len(drawings), -1), source, test, classes)


def as_zip(drawings: Sequence[HandIn]) -> bytes:
    """Return drawings as a zip: a folder for each student, who has a number and no name, in it one for each digit."""
    students = {member: number for number, member in enumerate(sorted({one.member for one in drawings}), 1)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for one in drawings:
            name = f"student-{students[one.member]:02d}/{one.label}/{one.number:05d}.png"
            archive.writestr(zipfile.ZipInfo(name), one.picture)
    return packed.getvalue()


def hand_ins() -> HandIns:
    """Return what was handed in in this house."""
    return HandIns(settings().home / "runs")
