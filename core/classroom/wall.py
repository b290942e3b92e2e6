"""The wall of a room: the present drawing, and the present sentence, of everybody in it, with what networks say."""

import base64
import io
import json
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from cachetools import TTLCache, cached
from numpy.typing import NDArray
from PIL import Image

from core.classroom.rooms import SENTENCE, Room, Rooms, require_teacher
from core.rate_limit import per_minute
from core.runs.store.database import Database
from core.runs.store.labels import one_line
from core.runs.store.rights import NotAllowed, Person, member_of
from core.settings import settings

LARGEST = 4_096
"""Bytes of a drawing on the wall; 28 x 28 greys have some 400."""
BEAT = 0.25
"""Seconds for which the wall is kept: everybody who watches it is served by one look into the store."""
LONGEST = 300
"""Characters of a sentence on the wall; longer ones are cut."""


@dataclass(frozen=True)
class Opinion:
    """What networks say of a drawing, or of a sentence, whose answers are 0 for negative and 1 for positive.

    Attributes:
        digit: the answer, or None where no digit was recognised.
        probability: of the likeliest answer of the CNN, or the LSTM, 0-1.
        answers: the likeliest answer of every network, that one's first.
    """

    digit: int | None
    probability: float
    answers: tuple[int, ...]

    @property
    def surprise(self) -> float:
        """How unsure that network is, in bits: -log2 of the probability of its own answer, Shannon's surprise."""
        return -math.log2(max(self.probability, 2.0**-20))

    @property
    def disagreeing(self) -> int:
        """How many different answers the networks give, less one."""
        return len(set(self.answers)) - 1


@dataclass(frozen=True)
class Work:
    """Somebody's drawing on the wall.

    Attributes:
        member: whose it is.
        nickname: theirs.
        picture: a PNG of 28 x 28 greys.
        said: what the networks say of it.
        changed: seconds since 1970.
        hidden: whether only the teacher sees it.
    """

    member: str
    nickname: str
    picture: bytes
    said: Opinion
    changed: float
    hidden: bool

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(28, 28), ink 255 on 0."""
        return read_png(self.picture)

    @property
    def url(self) -> str:
        """The picture as a data URL, as it was stored: nothing is decoded for those who only look."""
        return as_url(self.picture)


@dataclass(frozen=True)
class WrittenWork:
    """Somebody's sentence on the wall.

    Attributes:
        member: whose it is.
        nickname: theirs.
        text: the sentence, their own text.
        said: what the networks say of it.
        changed: seconds since 1970.
        hidden: whether only the teacher sees it.
    """

    member: str
    nickname: str
    text: str
    said: Opinion
    changed: float
    hidden: bool


@dataclass(frozen=True)
class Board:
    """A room with what hangs in it."""

    room: Room
    works: tuple[Work, ...]
    sentences: tuple[WrittenWork, ...] = ()

    @property
    def pinned(self) -> Work | None:
        """The drawing that is shown large, or None."""
        return next((work for work in self.works if work.member == self.room.pinned and not work.hidden), None)

    @property
    def pinned_sentence(self) -> WrittenWork | None:
        """The sentence that is shown large, or None."""
        shown = (work for work in self.sentences if not work.hidden)
        return next((work for work in shown if SENTENCE + work.member == self.room.pinned), None)


class Wall(Database):
    """The drawings of rooms, in the store of the runs."""

    def share(self, by: Person, pixels: NDArray[np.floating], said: Opinion) -> bool:
        """Hang somebody's drawing up in their room, in place of their last one; return whether that was done.

        Nothing is done where the wall is frozen, the room has ended, or they are too fast.

        Args:
            by: a member of a room.
            pixels: (28, 28) in 0-1.
            said: what the networks say of it.
        """
        if by.room is None or by.teaches or not per_minute("wall", settings().drawings_per_minute).take(by.session):
            return False
        picture, now = as_png(pixels), time.time()
        with self._write() as database:
            done = database.execute(
                "INSERT INTO works (room, member, picture, said, changed) SELECT rooms.id, members.id, ?, ?, ? "
                "FROM rooms JOIN members ON members.room = rooms.id WHERE rooms.id = ? AND members.id = ? "
                "AND removed IS NULL AND closed IS NULL AND expires > ? AND frozen = 0 "
                "ON CONFLICT (room, member) DO UPDATE SET "
                "picture = excluded.picture, said = excluded.said, changed = excluded.changed",
                (picture, json.dumps(asdict(said)), now, by.room, member_of(by.session), now),
            )
            return done.rowcount > 0

    def take_down(self, by: Person) -> None:
        """Take somebody's own drawing off the wall, unless it is frozen."""
        self._take_down(by, "works")

    def share_sentence(self, by: Person, text: str, said: Opinion) -> bool:
        """Hang somebody's sentence up in place of their last one, as `share` does; an empty one takes it down.

        Args:
            by: a member of a room.
            text: their own.
            said: what the networks say of it.
        """
        if by.room is None or by.teaches or not per_minute("wall", settings().drawings_per_minute).take(by.session):
            return False
        written, now = one_line(text, LONGEST), time.time()
        if not written:
            self._take_down(by, "sentences")
            return True
        with self._write() as database:
            done = database.execute(
                "INSERT INTO sentences (room, member, text, said, changed) SELECT rooms.id, members.id, ?, ?, ? "
                "FROM rooms JOIN members ON members.room = rooms.id WHERE rooms.id = ? AND members.id = ? "
                "AND removed IS NULL AND closed IS NULL AND expires > ? AND frozen = 0 "
                "ON CONFLICT (room, member) DO UPDATE SET "
                "text = excluded.text, said = excluded.said, changed = excluded.changed",
                (written, json.dumps(asdict(said)), now, by.room, member_of(by.session), now),
            )
            return done.rowcount > 0

    def _take_down(self, by: Person, table: str) -> None:
        with self._write() as database:
            database.execute(
                f"DELETE FROM {table} WHERE room = ? AND member = ? "  # noqa: S608
                f"AND NOT EXISTS (SELECT 1 FROM rooms WHERE id = {table}.room AND frozen = 1)",
                (by.room, member_of(by.session)),
            )

    def hide(self, by: Person, member: str, hidden: bool = True) -> None:
        """Show what somebody draws and writes to the teacher only, also what comes next; or show it again.

        Raises:
            NotAllowed: they are no teacher.
        """
        room = require_teacher(by)
        with self._write() as database:
            database.execute("UPDATE members SET hidden = ? WHERE room = ? AND id = ?", (hidden, room, member))

    def clear(self, by: Person) -> None:
        """Take all drawings and sentences off the wall.

        Raises:
            NotAllowed: they are no teacher.
        """
        room = require_teacher(by)
        with self._write() as database:
            for table in ("works", "sentences"):
                database.execute(f"DELETE FROM {table} WHERE room = ?", (room,))  # noqa: S608

    def works(self, room: str) -> tuple[Work, ...]:
        """Return the drawings in a room, in the order in which people came."""
        with self._read() as database:
            found = database.execute(
                "SELECT works.member, nickname, picture, said, changed, members.hidden FROM works JOIN members "
                "ON members.room = works.room AND members.id = works.member "
                "WHERE works.room = ? ORDER BY joined, id",
                (room,),
            ).fetchall()
        return tuple(
            Work(member, nickname, picture, as_opinion(said), changed, bool(hidden))
            for member, nickname, picture, said, changed, hidden in found
        )

    def sentences(self, room: str) -> tuple[WrittenWork, ...]:
        """Return the sentences in a room, in the order in which people came."""
        with self._read() as database:
            found = database.execute(
                "SELECT sentences.member, nickname, text, said, changed, hidden FROM sentences JOIN members "
                "ON members.room = sentences.room AND members.id = sentences.member "
                "WHERE sentences.room = ? ORDER BY joined, id",
                (room,),
            ).fetchall()
        return tuple(
            WrittenWork(member, nickname, text, as_opinion(said), changed, bool(hidden))
            for member, nickname, text, said, changed, hidden in found
        )


AnyWork = TypeVar("AnyWork", Work, WrittenWork)
ORDERS = ("as they came", "newest first", "most surprising", "networks disagree")
"""How the wall can be sorted."""


def sort_works(works: Sequence[AnyWork], order: str) -> list[AnyWork]:
    """Return drawings or sentences in one of `ORDERS`; equal ones keep their places."""
    match order:
        case "newest first":
            return sorted(works, key=lambda work: -work.changed)
        case "most surprising":
            return sorted(works, key=lambda work: -work.said.surprise)
        case "networks disagree":
            return sorted(works, key=lambda work: (-work.said.disagreeing, -work.said.surprise))
    return list(works)


def board(room: str) -> Board | None:
    """Return a room with its wall as they were at most a quarter of a second ago, or None where it has ended.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return _board(settings().home / "runs", room)


@cached(TTLCache(256, BEAT), lock=threading.Lock())
def _board(folder: Path, room: str) -> Board | None:
    found = Rooms(folder).room(room)
    on_wall = Wall(folder)
    return Board(found, on_wall.works(room), on_wall.sentences(room)) if found and found.open else None


def forget_board() -> None:
    """Let the next look into the store see what has just been changed."""
    _board.cache_clear()


def wall() -> Wall:
    """Return the walls of this house."""
    return Wall(settings().home / "runs")


def as_png(pixels: NDArray[np.floating]) -> bytes:
    """Return pixels (28, 28) in 0-1 as a PNG of greys.

    Raises:
        NotAllowed: that is more than `LARGEST` bytes.
    """
    file = io.BytesIO()
    Image.fromarray(np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)).save(file, "PNG", optimize=True)
    if file.tell() > LARGEST:
        raise NotAllowed("This drawing is too large for the wall.")
    return file.getvalue()


def as_url(picture: bytes) -> str:
    """Return a PNG that `as_png` made as a data URL."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def read_png(picture: bytes) -> NDArray[np.uint8]:
    """Return the pixels (28, 28) of a PNG that `as_png` made, 0-255."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"))


def as_opinion(said: str) -> Opinion:
    """Return an opinion of its form in the database."""
    fields = json.loads(said)
    return Opinion(fields["digit"], fields["probability"], tuple(fields["answers"]))
