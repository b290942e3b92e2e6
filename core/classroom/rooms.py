"""Rooms and who is in them: rows beside those of the runs, so that a restart of the server ends nothing."""

import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from core.classroom.badge import Badge
from core.classroom.names import clean, look, suggest, unique
from core.rate_limit import per_minute
from core.runs.store.database import Connection, Database
from core.runs.store.rights import SERVER, TEACHER, NotAllowed, Person, inside, member_of, session_in
from core.settings import settings

LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"
"""Of codes: none that looks like another, and no vowels, so that they spell nothing."""
CODE, WORD = 6, 5
"""Letters of a room's code, and of the word by which a member comes back; `core.classroom.guesses` counts on them."""
SENTENCE = "sentence "
"""With which a room notes that somebody's sentence is pinned, not their drawing."""
MOST_OPEN = 20
"""Rooms that are open at the same time."""
TEACHER_NAME = "Teacher"
"""What the teacher of a room is called in it; nobody else is."""
_FIELDS = "id, code, opened, expires, closed, shut, held, frozen, pinned, follow, prompt"


OUT = "Your teacher has taken you out of this room. Ask them to let you in again."
"""What somebody is told whom a teacher has taken out."""


class NotAdmitted(RuntimeError):
    """Somebody cannot get into a room; the message is for people."""


class WrongCode(NotAdmitted):
    """There is no open room with their code."""


class WrongWord(NotAdmitted):
    """Nobody of their name has their return word."""


@dataclass(frozen=True)
class Room:
    """A room of a class.

    Attributes:
        id: unique.
        code: by which it is joined.
        opened: seconds since 1970.
        expires: when it ends by itself.
        closed: when it was closed, or None.
        shut: whether nobody new may join.
        held: whether its runs that wait stay where they are.
        frozen: whether its wall stays as it is.
        pinned: the member whose work is shown large, or None.
        follow: where the teacher is, a path with its query, or None.
        prompt: what everybody is asked to draw, or None.
    """

    id: str
    code: str
    opened: float
    expires: float
    closed: float | None
    shut: bool
    held: bool
    frozen: bool
    pinned: str | None
    follow: str | None
    prompt: str | None

    @property
    def open(self) -> bool:
        """Whether people can be in it."""
        return self.closed is None and self.expires > time.time()


@dataclass(frozen=True)
class Origin:
    """Where somebody comes from who wants to join, as numbers that say nothing else; empty where it is not known.

    Attributes:
        address: of their network.
        browser: of the cookie that every browser has.
    """

    address: str = ""
    browser: str = ""


NOWHERE = Origin()


@dataclass(frozen=True)
class Member:
    """Somebody in a room.

    Attributes:
        id: in the room.
        nickname: their own text, or a given one.
        word: by which they come back from another device.
        joined: seconds since 1970.
    """

    id: str
    nickname: str
    word: str
    joined: float


class Rooms(Database):
    """The rooms in the store of the runs."""

    def open_room(self, chance: Callable[[str], str] = secrets.choice) -> Badge:
        """Open a room and return the badge of its teacher; whoever calls has seen to it that they may.

        Raises:
            NotAdmitted: too many are open.
            StoreProblem: nothing could be written.
        """
        self.close_expired()
        now = time.time()
        expires = now + settings().room_hours * 3600
        room = secrets.token_hex(6)
        with self._write() as database:
            codes = {row[0] for row in database.execute("SELECT code FROM rooms WHERE closed IS NULL")}
            if len(codes) >= MOST_OPEN:
                raise NotAdmitted(f"{MOST_OPEN} rooms are open already. Close one of them first.")
            while (code := "".join(chance(LETTERS) for _ in range(CODE))) in codes:
                pass
            database.execute(
                "INSERT INTO rooms (id, code, opened, expires) VALUES (?, ?, ?, ?)", (room, code, now, expires)
            )
        return Badge(room, TEACHER, TEACHER_NAME, expires)

    def room(self, room: str) -> Room | None:
        """Return a room, or None where there is none of that id."""
        return self._one("id = ?", room)

    def by_code(self, code: str) -> Room | None:
        """Return the open room with a code, however it is written; None where there is none."""
        wanted = "".join(letter for letter in code.upper() if letter in LETTERS)
        found = self._one("closed IS NULL AND code = ?", wanted)
        return found if found and found.open else None

    def open_rooms(self) -> list[Room]:
        """Return the open rooms, the newest first."""
        with self._read() as database:
            found = database.execute(
                f"SELECT {_FIELDS} FROM rooms WHERE closed IS NULL AND expires > ? ORDER BY opened DESC",  # noqa: S608
                (time.time(),),
            ).fetchall()
        return [_room(row) for row in found]

    def join(self, code: str, nickname: str = "", word: str = "", origin: Origin = NOWHERE) -> Badge:
        """Let somebody into a room and return their badge.

        Args:
            code: of the room.
            nickname: their own text; empty for a given one. Where another has it, theirs gets a number.
            word: of a member of that name, who comes back from another device and is the same one again.
            origin: where they come from.

        Raises:
            NotAdmitted: there is no such room or word, nobody new may join, too many came from there within a minute,
                or they were taken out.
            StoreProblem: nothing could be written.
        """
        room = self.by_code(code)
        if room is None:
            raise WrongCode("There is no open room with this code. Look at the board again.")
        if word:
            return self._come_back(room, clean(nickname), word)
        if room.shut:
            raise NotAdmitted("The door of this room is locked. Ask your teacher to open it.")
        if origin.address and not per_minute("joins", settings().joins_per_minute).take(f"{room.id} {origin.address}"):
            raise NotAdmitted("Many have just joined from your network address. Wait a minute, then try again.")
        wanted, now = clean(nickname), time.time()
        with self._write() as database:
            there = database.execute("SELECT nickname, removed, browser FROM members WHERE room = ?", (room.id,))
            names, inside = {TEACHER_NAME}, 0
            for name, removed, browser in there:
                if removed is not None and browser and browser == origin.browser:
                    raise NotAdmitted(OUT)
                names.add(name)
                inside += removed is None
            if inside >= settings().room_members:
                raise NotAdmitted("This room is full.")
            name = unique(wanted, names) if wanted else suggest(names)
            identity = secrets.token_hex(4)
            secret = "".join(secrets.choice(LETTERS) for _ in range(WORD))
            database.execute(
                "INSERT INTO members (room, id, nickname, word, joined, address, browser) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (room.id, identity, name, secret, now, origin.address, origin.browser),
            )
        return Badge(room.id, identity, name, room.expires)

    def known(self, code: str, browser: str, nickname: str = "") -> Badge | None:
        """Return the badge of somebody who has joined the room with a code in a browser; None where nobody has.

        Args:
            code: of the room.
            browser: of `Origin`.
            nickname: of theirs; empty for whoever joined last.
        """
        room = self.by_code(code) if browser else None
        if room is None:
            return None
        with self._read() as database:
            there = database.execute(
                "SELECT id, nickname FROM members WHERE room = ? AND browser = ? AND removed IS NULL "
                "ORDER BY joined DESC",
                (room.id, browser),
            ).fetchall()
        wanted = look(clean(nickname))
        found = (Badge(room.id, one, name, room.expires) for one, name in there if not wanted or look(name) == wanted)
        return next(found, None)

    def rename(self, badge: Badge, nickname: str) -> Badge:
        """Give a member another nickname, and return their new badge; where another has it, theirs gets a number.

        Raises:
            NotAllowed: they are no member of an open room.
            StoreProblem: nothing could be written.
        """
        wanted = clean(nickname) or badge.nickname
        with self._write() as database:
            member = require_member(database, badge.person())
            there = database.execute("SELECT id, nickname FROM members WHERE room = ?", (badge.room,)).fetchall()
            name = unique(wanted, {TEACHER_NAME, *(other for one, other in there if one != member)})
            database.execute("UPDATE members SET nickname = ? WHERE room = ? AND id = ?", (name, badge.room, member))
        return replace(badge, nickname=name)

    def _come_back(self, room: Room, name: str, word: str) -> Badge:
        with self._read() as database:
            there = database.execute("SELECT id, nickname, word, removed FROM members WHERE room = ?", (room.id,))
            for identity, nickname, secret, removed in there.fetchall():
                right = secrets.compare_digest(secret.encode(), word.strip().upper().encode())
                if right and look(nickname) == look(name):
                    if removed is not None:
                        raise NotAdmitted(OUT)
                    return Badge(room.id, identity, nickname, room.expires)
        raise WrongWord("Nobody with this name and return word is in the room.")

    def turned_away(self, room: str) -> frozenset[str] | None:
        """Return the members whom the teacher of a room has taken out, or None where it is not open."""
        found = self.room(room)
        return frozenset(member.id for member in self.taken_out(room)) if found and found.open else None

    def free_name(self, code: str) -> str:
        """Return a nickname that nobody in the room of a code has."""
        room = self.by_code(code)
        return suggest({member.nickname for member in self.members(room.id)} if room else ())

    def members(self, room: str) -> list[Member]:
        """Return who is in a room, in the order in which they came; without the teacher."""
        return self._members(room, "removed IS NULL")

    def taken_out(self, room: str) -> list[Member]:
        """Return whom the teacher of a room has taken out, in the order in which they came."""
        return self._members(room, "removed IS NOT NULL")

    def _members(self, room: str, condition: str) -> list[Member]:
        with self._read() as database:
            found = database.execute(
                f"SELECT id, nickname, word, joined FROM members WHERE room = ? AND {condition} "  # noqa: S608
                "ORDER BY joined, id",
                (room,),
            ).fetchall()
        return [Member(*row) for row in found]

    def take_out(self, by: Person, members: Collection[str]) -> None:
        """Take people out of the teacher's room, with all that they have made there.

        They cannot come back in the same browser, nor by their return word, until they are let in again. Another
        browser is somebody else to this server: against that the door can be closed.

        Raises:
            NotAllowed: they are no teacher.
        """
        room = require_teacher(by)
        with self._write() as database:
            for member in members:
                database.execute(
                    "UPDATE members SET removed = ? WHERE room = ? AND id = ? AND removed IS NULL",
                    (time.time(), room, member),
                )
                for table in ("works", "sentences", "hand_ins"):
                    database.execute(f"DELETE FROM {table} WHERE room = ? AND member = ?", (room, member))  # noqa: S608
                database.execute(
                    "DELETE FROM votes WHERE member = ? AND question IN (SELECT id FROM questions WHERE room = ?)",
                    (member, room),
                )
                database.execute(
                    "DELETE FROM symbol_drawings WHERE writer = ? AND owner LIKE ?", (member, session_in(room, "%"))
                )
                database.execute(
                    "UPDATE rooms SET pinned = NULL WHERE id = ? AND pinned IN (?, ?)",
                    (room, member, SENTENCE + member),
                )
            ended = [run for member in members for run in _end_sessions(database, session_in(room, member))]
        self._delete_runs(ended)

    def let_in(self, by: Person, member: str) -> None:
        """Let somebody in again whom the teacher has taken out; what they had made is gone.

        Raises:
            NotAllowed: they are no teacher.
        """
        room = require_teacher(by)
        with self._write() as database:
            database.execute("UPDATE members SET removed = NULL WHERE room = ? AND id = ?", (room, member))

    def set(self, by: Person, **fields: object) -> None:
        """Change some fields of the teacher's room: shut, held, frozen, pinned, follow, prompt.

        Raises:
            NotAllowed: they are no teacher, or the room is closed.
        """
        room = require_teacher(by)
        changes = ", ".join(f"{name} = ?" for name in fields)
        with self._write() as database:
            done = database.execute(
                f"UPDATE rooms SET {changes} WHERE id = ? AND closed IS NULL",  # noqa: S608
                (*fields.values(), room),
            )
            if not done.rowcount:
                raise NotAllowed("This room has been closed.")

    def close(self, by: Person, keep_runs: bool = False) -> None:
        """Close the teacher's room: nobody is in it any more, and what was drawn there is gone.

        Args:
            by: its teacher.
            keep_runs: leave what was trained there, and the data sets that it was trained on.

        Raises:
            NotAllowed: they are no teacher.
        """
        self._close(require_teacher(by), keep_runs)

    def close_expired(self) -> None:
        """Close the rooms whose time is over, with all that was made there."""
        with self._read() as database:
            over = database.execute(
                "SELECT id FROM rooms WHERE closed IS NULL AND expires <= ?", (time.time(),)
            ).fetchall()
        for (room,) in over:
            self._close(room, keep_runs=False)

    def _close(self, room: str, keep_runs: bool) -> None:
        with self._write() as database:
            database.execute("UPDATE rooms SET closed = ? WHERE id = ? AND closed IS NULL", (time.time(), room))
            database.execute("DELETE FROM votes WHERE question IN (SELECT id FROM questions WHERE room = ?)", (room,))
            for table in ("questions", "works", "sentences", "hand_ins", "members"):
                database.execute(f"DELETE FROM {table} WHERE room = ?", (room,))  # noqa: S608
            runs = _end_sessions(database, session_in(room, "%"))
            (code,) = database.execute("SELECT code FROM rooms WHERE id = ?", (room,)).fetchone()
        if not keep_runs:
            from core.classroom.class_sets import remove_sets_of  # with NumPy; the gate must not wait for it

            remove_sets_of(code)
            self._delete_runs(runs)

    def _delete_runs(self, runs: Sequence[str]) -> None:
        from core.runs.store.store import Store  # with all that a configuration needs; the gate must not wait for it

        store = Store(self.folder)
        for run in runs:
            store.delete(run, SERVER)

    def _one(self, condition: str, value: str) -> Room | None:
        with self._read() as database:
            found = database.execute(f"SELECT {_FIELDS} FROM rooms WHERE {condition}", (value,)).fetchone()  # noqa: S608
        return _room(found) if found else None


def _end_sessions(database: Connection, session: str) -> list[str]:
    """Forget the symbols of the sessions like one, end their sweeps, and return their runs."""
    for table in ("symbol_sets", "symbol_drawings"):
        database.execute(f"DELETE FROM {table} WHERE owner LIKE ?", (session,))  # noqa: S608
    database.execute(
        "UPDATE sweeps SET status = 'stopped', ended = ? WHERE session LIKE ? AND status = 'running'",
        (time.time(), session),
    )
    found = database.execute("SELECT id FROM runs WHERE session LIKE ? AND deleted IS NULL", (session,)).fetchall()
    return [run for (run,) in found]


def require_inside(database: Connection, by: Person) -> None:
    """Do nothing where somebody is in an open room, as a member whom nobody has taken out, or as its teacher.

    Raises:
        NotAllowed: they are not.
    """
    if not inside(database, by):
        raise NotAllowed("You are not in this room any more, or it has been closed.")


def require_member(database: Connection, by: Person) -> str:
    """Return the id of a member of an open room who is not its teacher.

    Raises:
        NotAllowed: they are none.
    """
    if by.room is None or by.teaches:
        raise NotAllowed("Only members of a room may do this.")
    require_inside(database, by)
    return member_of(by.session)


def require_teacher(by: Person) -> str:
    """Return the room of its teacher.

    Raises:
        NotAllowed: they are somebody else.
    """
    if by.room is None or not by.teaches:
        raise NotAllowed("Only the teacher of a room may do this.")
    return by.room


def rooms() -> Rooms:
    """Return the rooms of this house."""
    return _rooms(settings().home / "runs")


@cache
def _rooms(folder: Path) -> Rooms:
    return Rooms(folder)


def _room(row: tuple[Any, ...]) -> Room:
    identity, code, opened, expires, closed, shut, held, frozen, pinned, follow, prompt = row
    return Room(identity, code, opened, expires, closed, bool(shut), bool(held), bool(frozen), pinned, follow, prompt)
