"""Symbols that a class, or somebody alone, teaches a network: their names, their drawings, and what was taught."""

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cachetools import LRUCache, TTLCache, cached
from numpy.typing import NDArray

from core.classroom.rooms import require_inside
from core.classroom.wall import as_png, read_png
from core.data.images.symbols import Symbols
from core.rate_limit import per_minute
from core.runs.store.database import Database
from core.runs.store.labels import one_line
from core.runs.store.rights import NotAllowed, Person, member_of, require_right, room_of, session_in
from core.settings import settings

FEWEST, MOST = 2, 10
"""Symbols that a network can be taught."""
NAME = 20
"""Most characters of a name."""
MOST_DRAWINGS = 40
"""Drawings of one symbol by one person."""
MOST_IN_ALL = 3_000
"""Drawings of a class."""
BEAT = 0.5
"""Seconds for which a set is kept: one look into the store serves everybody who watches it."""
_EVERYBODY = "*"


@dataclass(frozen=True)
class SymbolDrawing:
    """A drawing of a symbol.

    Attributes:
        number: unique.
        writer: who drew it: a member of the room, or empty for somebody alone.
        symbol: its name.
        picture: a PNG of 28 x 28 greys.
    """

    number: int
    writer: str
    symbol: str
    picture: bytes

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(28, 28), ink 255 on 0."""
        return read_png(self.picture)


@dataclass(frozen=True)
class SymbolSet:
    """Symbols with their drawings.

    Attributes:
        owner: the session whose set it is, or `owner_in` of a room.
        names: of the symbols, people's own texts, all different.
        drawings: of these symbols, in order, without those that were left out.
        taught: numbers of the drawings that the network was taught by last; empty before.
        dropped: whether there is a drawing that can be put back.
    """

    owner: str
    names: tuple[str, ...] = ()
    drawings: tuple[SymbolDrawing, ...] = ()
    taught: tuple[int, ...] = ()
    dropped: bool = False

    def of(self, name: str) -> tuple[SymbolDrawing, ...]:
        """Return the drawings of one symbol."""
        return tuple(one for one in self.drawings if one.symbol == name)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its drawings."""
        return tuple(one.number for one in self.drawings)

    @property
    def teachable(self) -> bool:
        """Whether at least two symbols have been drawn."""
        return len({one.symbol for one in self.drawings}) >= FEWEST


class SymbolSets(Database):
    """The symbols of everybody, in the store of the runs."""

    def choose(self, by: Person, owner: str, names: Iterable[str]) -> None:
        """Choose the symbols of a set. Drawings of a name that goes are kept until it comes back.

        Raises:
            NotAllowed: it is not theirs, or these are too few or too many.
        """
        require_right(by, owner)
        cleaned = tuple(dict.fromkeys(filter(None, (one_line(name, NAME) for name in names))))
        if not FEWEST <= len(cleaned) <= MOST:
            raise NotAllowed(f"Choose {FEWEST} to {MOST} different symbols, with commas between their names.")
        oldest = time.time() - settings().keep_days * 86_400
        with self._write() as database:
            database.execute(
                "INSERT INTO symbol_sets (owner, names, changed) VALUES (?, ?, ?) "
                "ON CONFLICT (owner) DO UPDATE SET names = excluded.names, changed = excluded.changed",
                (owner, json.dumps(cleaned), time.time()),
            )
            gone = "owner IN (SELECT owner FROM symbol_sets WHERE changed < ?)"
            database.execute(f"DELETE FROM symbol_drawings WHERE {gone}", (oldest,))  # noqa: S608
            database.execute("DELETE FROM symbol_sets WHERE changed < ?", (oldest,))

    def add(
        self, by: Person, owner: str, symbol: str, pictures: Sequence[NDArray[np.floating]], writers: Sequence[str] = ()
    ) -> None:
        """Add drawings of a symbol.

        Args:
            by: whose set it is, or for that of a class, a member or the teacher.
            owner: of the set.
            symbol: one of its names.
            pictures: (28, 28) in 0-1 each.
            writers: who drew each, where that is somebody else.

        Raises:
            NotAllowed: the set is another's, has no such symbol, or is full; or they are too fast.
        """
        if by.session != owner and (by.room is None or owner != owner_in(by.room)):
            raise NotAllowed("Only people in the room can draw for it.")
        if not per_minute("symbols", settings().drawings_per_minute).take(by.session):
            raise NotAllowed("That was a lot of drawings in one minute. Wait a moment.")
        me, now = member_of(by.session), time.time()
        rows = [(owner, *row) for row in zip(writers or [me] * len(pictures), map(as_png, pictures), strict=True)]
        with self._write() as database:
            if by.room is not None:
                require_inside(database, by)
            found = database.execute("SELECT names FROM symbol_sets WHERE owner = ?", (owner,)).fetchone()
            if found is None or symbol not in json.loads(found[0]):
                raise NotAllowed("The symbols have changed: choose one again.")
            of_mine, in_all = database.execute(
                "SELECT COUNT(CASE WHEN writer = ? AND symbol = ? THEN 1 END), COUNT(*) "
                "FROM symbol_drawings WHERE owner = ? AND dropped IS NULL",
                (me, symbol, owner),
            ).fetchone()
            if of_mine + len(rows) > MOST_DRAWINGS or in_all + len(rows) > MOST_IN_ALL:
                raise NotAllowed(f"There is room for {MOST_DRAWINGS} drawings of each symbol, which is enough.")
            database.executemany(
                "INSERT INTO symbol_drawings (owner, writer, symbol, picture) VALUES (?, ?, ?, ?)",
                [(owner, writer, symbol, picture) for owner, writer, picture in rows],
            )
            database.execute("UPDATE symbol_sets SET changed = ? WHERE owner = ?", (now, owner))

    def drop(self, by: Person, owner: str, numbers: Sequence[int]) -> None:
        """Leave drawings out; they can be put back.

        Raises:
            NotAllowed: somebody else drew them, and the set is not theirs.
        """
        with self._write() as database:
            for number in numbers:
                found = database.execute(
                    "SELECT writer FROM symbol_drawings WHERE number = ? AND owner = ?", (number, owner)
                ).fetchone()
                own = found is not None and by.room is not None and by.room == room_of(owner)
                if not (own and found[0] == member_of(by.session)):
                    require_right(by, owner)
            now = time.time()  # the same for all, so that they come back together
            database.executemany(
                "UPDATE symbol_drawings SET dropped = ? WHERE number = ? AND owner = ?",
                [(now, number, owner) for number in numbers],
            )

    def put_back(self, by: Person, owner: str) -> None:
        """Put back what was left out last.

        Raises:
            NotAllowed: the set is not theirs.
        """
        require_right(by, owner)
        with self._write() as database:
            database.execute(
                "UPDATE symbol_drawings SET dropped = NULL WHERE owner = ? AND dropped = "
                "(SELECT MAX(dropped) FROM symbol_drawings WHERE owner = ?)",
                (owner, owner),
            )

    def reset(self, by: Person, owner: str) -> None:
        """Forget the symbols, all their drawings and what was taught.

        Raises:
            NotAllowed: the set is not theirs.
        """
        require_right(by, owner)
        with self._write() as database:
            for table in ("symbol_drawings", "symbol_sets"):
                database.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))  # noqa: S608

    def teach(self, by: Person, owner: str) -> None:
        """Have the network taught by all drawings that there are now; everybody who looks at the set sees it.

        Raises:
            NotAllowed: the set is not theirs, or fewer than two symbols have been drawn.
        """
        require_right(by, owner)
        found = self.of(owner)
        if not found.teachable:
            raise NotAllowed("A network needs drawings of at least two symbols.")
        if not per_minute("lessons", settings().submissions_per_minute).take(by.session):
            raise NotAllowed("That was a lot of trainings in one minute. Wait a moment.")
        with self._write() as database:
            database.execute("UPDATE symbol_sets SET taught = ? WHERE owner = ?", (json.dumps(found.numbers), owner))

    def of(self, owner: str) -> SymbolSet:
        """Return a set; one without symbols where none were chosen."""
        with self._read() as database:
            found = database.execute("SELECT names, taught FROM symbol_sets WHERE owner = ?", (owner,)).fetchone()
            if found is None:
                return SymbolSet(owner)
            rows = database.execute(
                "SELECT number, writer, symbol, picture FROM symbol_drawings WHERE owner = ? AND dropped IS NULL "
                "ORDER BY number",
                (owner,),
            ).fetchall()
            dropped = database.execute(
                "SELECT 1 FROM symbol_drawings WHERE owner = ? AND dropped IS NOT NULL", (owner,)
            ).fetchone()
        names, taught = (tuple(json.loads(field)) for field in found)
        drawings = tuple(one for one in (SymbolDrawing(*row) for row in rows) if one.symbol in names)
        return SymbolSet(owner, names, drawings, taught, dropped is not None)

    def numbered(self, owner: str, numbers: Sequence[int]) -> tuple[SymbolDrawing, ...]:
        """Return the drawings with these numbers, also those that were left out since."""
        wanted = set(numbers)
        with self._read() as database:
            rows = database.execute(
                "SELECT number, writer, symbol, picture FROM symbol_drawings WHERE owner = ? ORDER BY number", (owner,)
            ).fetchall()
        return tuple(SymbolDrawing(*row) for row in rows if row[0] in wanted)


def owner_in(room: str) -> str:
    """Return the owner of the set that a whole room draws; its teacher decides on it."""
    return session_in(room, _EVERYBODY)


def as_symbols(drawings: Sequence[SymbolDrawing]) -> Symbols:
    """Return drawings as arrays; the symbols in the order in which they were drawn first."""
    classes = tuple(dict.fromkeys(one.symbol for one in drawings))
    images = np.stack([one.pixels for one in drawings])
    labels = np.array([classes.index(one.symbol) for one in drawings], np.int64)
    return Symbols(classes, images, labels, tuple(one.writer for one in drawings))


def as_zip(drawings: Sequence[SymbolDrawing]) -> bytes:
    """Return drawings as a zip with a folder for each symbol; a name that is no name for a folder gets a number."""
    names = list(dict.fromkeys(one.symbol for one in drawings))
    folders = {name: name if name.isalnum() else f"symbol-{number}" for number, name in enumerate(names, 1)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for one in drawings:
            archive.writestr(zipfile.ZipInfo(f"{folders[one.symbol]}/{one.number:05d}.png"), one.picture)
    return packed.getvalue()


def symbol_set(owner: str) -> SymbolSet:
    """Return a set as it was at most half a second ago.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return _symbol_set(settings().home / "runs", owner)


@cached(TTLCache(512, BEAT), lock=threading.Lock())
def _symbol_set(folder: Path, owner: str) -> SymbolSet:
    return SymbolSets(folder).of(owner)


def forget_symbols() -> None:
    """Let the next look into the store see what has just been changed."""
    _symbol_set.cache_clear()


def taught_symbols(of: SymbolSet) -> Symbols | None:
    """Return the drawings that the network was taught by last, or None where it was not.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return _taught(settings().home / "runs", of.owner, of.taught) if of.taught else None


@cached(LRUCache(64), lock=threading.Lock())
def _taught(folder: Path, owner: str, numbers: tuple[int, ...]) -> Symbols | None:
    drawings = SymbolSets(folder).numbered(owner, numbers)
    return as_symbols(drawings) if len({one.symbol for one in drawings}) >= FEWEST else None


def symbol_sets() -> SymbolSets:
    """Return the symbols of this house."""
    return SymbolSets(settings().home / "runs")
