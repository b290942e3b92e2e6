"""The address by which others join a room, and its QR code."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import segno

from core.classroom.badge import invitation_key
from core.settings import settings


@dataclass(frozen=True)
class Invitation:
    """How to get into a room.

    Attributes:
        address: of the page that asks for the code, as people type it.
        link: the same with the code in it and a key that cannot be guessed, for the QR code.
        reachable: whether other machines can open it.
    """

    address: str
    link: str
    reachable: bool


def invitation(code: str, seen_at: str, listens: str, port: int, base: str) -> Invitation:
    """Return how to get into a room.

    Args:
        code: of the room.
        seen_at: the address at which the teacher's browser sees this server.
        listens: the address on which the server listens; empty for all.
        port: on which it does.
        base: what all its paths begin with, "" or "/class".
    """
    public, seen = settings().public_url.rstrip("/"), urlsplit(seen_at)
    if public:
        root = public
    elif seen.hostname and not is_loopback(seen.hostname):
        root = f"{seen.scheme}://{seen.netloc}{base}"
    else:
        root = f"http://{own_address()}:{port}{base}"
    reachable = bool(public) or not listens or not is_loopback(listens)
    page = f"{root}/room/join"
    return Invitation(page.split("://", 1)[-1], f"{page}?code={quote(code)}&key={invitation_key(code)}", reachable)


def is_loopback(host: str) -> bool:
    """Return whether an address leads to the machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def own_address() -> str:
    """Return the address of this machine in its network; nothing is sent for that."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address for documentation: only the way to it is looked up
            return str(asking.getsockname()[0])
        except OSError:
            return socket.gethostname()


def qr_code(text: str) -> str:
    """Return a QR code as a data URL of an SVG, black on white in any theme."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=8, border=3, dark="#000", light="#fff"))
