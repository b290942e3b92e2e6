"""Who may change what: a run belongs to whoever started it, and in a room its teacher may step in.

A session is the name under which the store knows somebody. It is made by the server, from a cookie that only the
server can write, and never taken from what a browser says of itself.
"""

import time
from dataclasses import dataclass

from core.runs.store.database import Connection, StoreProblem

COMMAND_LINE = "command line"
"""How the sessions of runs begin that were started on the machine itself, without a browser."""
TEACHER = "teacher"
"""The member of a room who may change what all of its members do."""
_ROOM = "room"


class NotAllowed(StoreProblem):
    """Somebody asked for what only others may do; the message is for people."""


@dataclass(frozen=True)
class Person:
    """Who asks for something.

    Attributes:
        session: the name by which the store knows them.
        address: where they ask from, as a number that says nothing else; empty where that does not matter.
    """

    session: str
    address: str = ""

    @property
    def room(self) -> str | None:
        """The room in which they are, or None."""
        return room_of(self.session)

    @property
    def teaches(self) -> bool:
        """Whether they are the teacher of their room."""
        return self.room is not None and self.session == session_in(self.room, TEACHER)


SERVER = Person("server")
"""The house itself: it ends trials that fall behind, and drops what is too old."""


def session_in(room: str, member: str) -> str:
    """Return the session of a member of a room."""
    return f"{_ROOM} {room} {member}"


def room_of(session: str) -> str | None:
    """Return the room of a session, or None where it is of no room."""
    word, _, rest = session.partition(" ")
    room, _, member = rest.partition(" ")
    return room if word == _ROOM and room and member else None


def member_of(session: str) -> str:
    """Return the member of a room whose session this is; empty where it is of no room."""
    return session.split(" ", 2)[2] if room_of(session) else ""


def may_change(by: Person, session: str) -> bool:
    """Return whether somebody may change what belongs to a session.

    Runs of the command line can be read by all and changed by nobody else: their process has its own keyboard.
    """
    if by == SERVER:
        return True
    if session.startswith(COMMAND_LINE):
        return False
    return by.session == session or (by.teaches and room_of(session) == by.room)


def require_right(by: Person, session: str) -> None:
    """Do nothing where somebody may change what belongs to a session.

    Raises:
        NotAllowed: they may not.
    """
    if not may_change(by, session):
        if session.startswith(COMMAND_LINE):
            raise NotAllowed("This run was started on the command line of the server: it can only be looked at.")
        raise NotAllowed("Only the person who started this, or the teacher of their room, may change it.")


def inside(database: Connection, by: Person) -> bool:
    """Return whether somebody is in an open room: as its teacher, or as a member whom nobody has taken out."""
    found = database.execute(
        "SELECT 1 FROM rooms WHERE id = ? AND closed IS NULL AND expires > ? AND (? = 1 OR EXISTS "
        "(SELECT 1 FROM members WHERE room = rooms.id AND members.id = ? AND removed IS NULL))",
        (by.room, time.time(), by.teaches, member_of(by.session)),
    ).fetchone()
    return found is not None
