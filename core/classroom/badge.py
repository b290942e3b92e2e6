"""Who somebody is in a room, and what a QR code is worth, signed by the server: no browser can say it of itself."""

import os
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from itsdangerous import BadData, Signer, URLSafeSerializer
from pydantic import TypeAdapter, ValidationError

from core.runs.store.rights import TEACHER, Person, session_in
from core.settings import settings

COOKIE = "playground_room"
"""The cookie that holds a badge."""
LONGEST = 1000
"""Characters of a cookie that is looked at."""


@dataclass(frozen=True)
class Badge:
    """What the server knows of somebody in a room.

    Attributes:
        room: its id.
        member: their id in it; `core.runs.store.rights.TEACHER` for the teacher.
        nickname: how the others see them; their own text.
        expires: seconds since 1970.
    """

    room: str
    member: str
    nickname: str
    expires: float

    @property
    def teaches(self) -> bool:
        """Whether it is the teacher's."""
        return self.member == TEACHER

    def person(self, address: str = "") -> Person:
        """Return its bearer, as the store of runs knows people."""
        return Person(session_in(self.room, self.member), address)


_BADGE = TypeAdapter(Badge)


def sign(badge: Badge) -> str:
    """Return a badge as the text of a cookie."""
    return str(_signer().dumps(asdict(badge)))


def read_badge(cookie: object) -> Badge | None:
    """Return the badge in a cookie, or None where it is not one of ours, or has expired."""
    if not isinstance(cookie, str) or len(cookie) > LONGEST:
        return None
    try:
        badge = _BADGE.validate_python(_signer().loads(cookie))
    except (BadData, ValidationError):
        return None
    return badge if badge.expires > time.time() else None


def invitation_key(code: str) -> str:
    """Return what proves that the link of a room's QR code was scanned: 16 signs, 96 bits that nobody can guess."""
    return Signer(_key(settings().home / "badges.key"), salt="invitation").get_signature(code).decode()[:16]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_key(settings().home / "badges.key"), salt="room")


def _key(file: Path) -> bytes:
    """Return the key of this house, made once; only its owner can read the file."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    staging = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(staging, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(secrets.token_bytes(32))
    try:
        os.link(staging, file)  # whoever comes first; the others take theirs
    except FileExistsError:
        pass
    finally:
        staging.unlink()
    return file.read_bytes()
