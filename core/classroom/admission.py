"""Who is let in: the badge in a cookie is ours, its room is still open, and its teacher has not taken them out."""

import threading
from hmac import compare_digest

from cachetools import TTLCache, cached

from core.classroom.badge import Badge, read_badge
from core.classroom.rooms import rooms
from core.runs.store.database import StoreProblem
from core.settings import settings

BEAT = 1.0
"""Seconds for which it is remembered who may be in a room: one look serves everybody in it."""


def admitted(cookie: object) -> Badge | None:
    """Return the badge in a cookie where its bearer is in an open room now, otherwise None."""
    badge = read_badge(cookie)
    if badge is None or (out := _turned_away(badge.room)) is None:
        return None
    return None if badge.member in out else badge


def was_taken_out(cookie: object) -> bool:
    """Return whether the teacher of an open room has taken out the bearer of a badge."""
    badge = read_badge(cookie)
    return badge is not None and badge.member in (_turned_away(badge.room) or ())


def is_over(cookie: object) -> bool:
    """Return whether the bearer of a student's badge was in a room that is closed now."""
    badge = read_badge(cookie)
    return badge is not None and not badge.teaches and _turned_away(badge.room) is None


def forget_who_is_in() -> None:
    """Let the next look see who has just come or gone; other servers on the same store see it within `BEAT`."""
    _turned_away.cache_clear()


@cached(TTLCache(1000, BEAT), lock=threading.Lock())
def _turned_away(room: str) -> frozenset[str] | None:
    """Return who was taken out of a room, or None where it is not open. A store that cannot be read lets nobody in."""
    try:
        return rooms().turned_away(room)
    except StoreProblem:
        return None


def may_open_room(password: str, at_the_server: bool) -> bool:
    """Return whether somebody may open a room, or enter one as its teacher.

    Args:
        password: that they gave.
        at_the_server: whether they sit at this machine; that is enough where no password is set.
    """
    wanted = settings().teacher_password.get_secret_value()
    return compare_digest(password.encode(), wanted.encode()) if wanted else at_the_server
