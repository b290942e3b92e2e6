"""Who is let in: the badge in a cookie is ours, has not expired, and its room is still open."""

import threading
from hmac import compare_digest

from cachetools import TTLCache, cached

from core.classroom.badge import Badge, read_badge
from core.classroom.rooms import rooms
from core.rate_limit import RateLimit
from core.runs.store.database import StoreProblem
from core.settings import settings

BEAT = 1.0
"""Seconds for which it is remembered that a room is open: one look serves everybody in it."""


def admitted(cookie: object) -> Badge | None:
    """Return the badge in a cookie where its bearer is in an open room now, otherwise None."""
    badge = read_badge(cookie)
    return badge if badge is not None and room_is_open(badge.room) else None


@cached(TTLCache(1000, BEAT), lock=threading.Lock())
def room_is_open(room: str) -> bool:
    """Return whether a room is open, or was within the last second. A store that cannot be read lets nobody in."""
    try:
        found = rooms().room(room)
    except StoreProblem:
        return False
    return found is not None and found.open


def may_open_room(password: str, at_the_server: bool) -> bool:
    """Return whether somebody may open a room, or enter one as its teacher.

    Args:
        password: that they gave.
        at_the_server: whether they sit at this machine; that is enough where no password is set.
    """
    wanted = settings().teacher_password.get_secret_value()
    return compare_digest(password.encode(), wanted.encode()) if wanted else at_the_server


class Guesses:
    """Wrong codes and passwords from one address; after too many, right ones are not taken either for a minute."""

    def __init__(self) -> None:
        self._limit = RateLimit(settings().guesses_per_minute, 60.0)

    def too_many(self, address: str) -> bool:
        """Return whether nothing is taken from this address just now."""
        return self._limit.full(address)

    def wrong(self, address: str) -> None:
        """Count a wrong one."""
        self._limit.take(address)
