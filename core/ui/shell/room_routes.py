"""The pages by which people get into a room and out of it: plain HTML, there at once on any phone.

They are no pages of Streamlit, because only an answer to a request can set a cookie that no script can read.
"""

import time
from collections.abc import Awaitable, Callable
from functools import cache
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.classroom.admission import admitted, may_open_room, was_taken_out
from core.classroom.badge import COOKIE, Badge, invitation_key, read_badge, sign
from core.classroom.guesses import Guesses
from core.classroom.names import look
from core.classroom.rooms import LETTERS, OUT, TEACHER_NAME, NotAdmitted, Origin, WrongCode, WrongWord, rooms
from core.paths import ROOT
from core.runs.store.database import StoreProblem
from core.runs.store.rights import TEACHER
from core.settings import settings
from core.ui.components.serving import prefix
from core.ui.shell.client_address import at_the_server, client_address
from core.ui.state import person

if TYPE_CHECKING:
    from jinja2 import Template

PLACE = "room"
"""What the addresses of these pages begin with; the gate lets everybody in there."""
MOST_BYTES = 2_000
"""Of a form that is read."""
_LATER = "Too many wrong codes came from your network address. Scan the QR code, which always works, or wait a minute."
_WORDS_LATER = "Too many wrong return words came for this name. Wait a minute, then try again."
_PASSWORDS_LATER = "Too many wrong passwords came from your network address. Wait a minute, then try again."
_NO_COOKIES = "Your browser keeps no cookies for this page, so the room would not know you again. Please allow them."


def room_routes() -> list[Route]:
    """Return what the server answers for people on their way in and out of a room."""
    guesses = Guesses()
    pages: dict[str, Callable[[Request, Guesses], Awaitable[Response]]] = {
        "join": _join,
        "open": _open,
        "leave": _leave,
    }

    def endpoint(page: Callable[[Request, Guesses], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if request.method == "POST" and not _from_our_page(request):
                return Response("This form was not sent from our page.", 403)
            response = await page(request, guesses)
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return [
        Route(f"{prefix()}/{PLACE}/{name}", endpoint(page), methods=["GET", "POST"]) for name, page in pages.items()
    ]


async def _join(request: Request, guesses: Guesses) -> Response:
    form = await _form(request)
    code, key = (form.get(name, request.query_params.get(name, "")) for name in ("code", "key"))
    code = "".join(letter for letter in code[:12].upper() if letter in LETTERS)
    nickname, word = form.get("nickname", ""), form.get("word", "")
    before, inside, problem = await run_in_threadpool(_known, request, code)
    status = 200
    if request.method == "POST":
        same = (
            None if word else await run_in_threadpool(_same_person, request, before, code, nickname, "renamed" in form)
        )
        if same:
            return _admit(same, "/", request)  # sent twice, or the same code once more: not a second person
        scanned = compare_digest(key.encode(), invitation_key(code).encode())
        found = await run_in_threadpool(_let_in, request, guesses, scanned, code, nickname, word)
        if isinstance(found, Badge):
            return _admit(found, "/", request)
        problem, status = found
    elif before:
        nickname = before.nickname
    elif code and not problem:
        nickname = await run_in_threadpool(rooms().free_name, code)
    closed = settings().access == "room"
    shown = {"title": "Join a room", "code": code, "key": key, "nickname": nickname, "word": word, "closed": closed}
    return _page("join", status, problem=problem, before=before, inside=inside, **shown)


def _let_in(
    request: Request, guesses: Guesses, scanned: bool, code: str, nickname: str, word: str
) -> Badge | tuple[str, int]:
    """Return the badge of somebody who joins a room, or why they do not get one, with the status of that answer."""
    address, cookie = client_address(request), request.cookies.get(person.COOKIE)
    whose = f"{code} {look(nickname)}"
    if cookie is None:
        return _NO_COOKIES, 403
    if not scanned and guesses.codes.full(address):
        return _LATER, 429
    if word and guesses.words.full(whose):
        return _WORDS_LATER, 429
    try:
        return rooms().join(code, nickname, word, Origin(person.number_of(address), person.number_of(cookie)))
    except (NotAdmitted, StoreProblem) as refused:
        if isinstance(refused, WrongCode):
            guesses.codes.take(address)
        elif isinstance(refused, WrongWord):
            guesses.words.take(whose)
        return str(refused), 403


async def _open(request: Request, guesses: Guesses) -> Response:
    address, problem, status = client_address(request), "", 200
    asks_password, local = bool(settings().teacher_password.get_secret_value()), at_the_server(request)
    if request.method == "POST":
        form = await _form(request)
        if guesses.passwords.full(address):
            problem, status = _PASSWORDS_LATER, 429
        elif not may_open_room(form.get("password", ""), local):
            guesses.passwords.take(address)
            problem, status = "This is not the teacher's password." if asks_password else "", 403
        else:
            try:
                return _admit(await run_in_threadpool(_room_for_teacher, form), "/class", request)
            except (NotAdmitted, StoreProblem) as refused:
                problem, status = str(refused), 403
    possible = asks_password or local
    there = await run_in_threadpool(rooms().open_rooms) if local and not asks_password else []
    return _page(
        "open",
        status,
        title="Open a room",
        problem=problem,
        possible=possible,
        asks_password=asks_password,
        rooms=there,
        hours=f"{settings().room_hours:g}",
    )


def _known(request: Request, code: str) -> tuple[Badge | None, bool, str]:
    """Return who this browser is, or was last, in the room with this code.

    Returns:
        Their badge, or None; whether they are inside; and that they were taken out, where they were.
    """
    cookie = request.cookies.get(COOKIE)
    badge = read_badge(cookie)
    try:
        room = rooms().by_code(code)
        if badge is not None and (room is None or badge.room == room.id):
            if was_taken_out(cookie):
                return None, False, OUT
            if room and (inside := admitted(cookie)):
                return inside, True, ""
        return rooms().known(code, _browser(request)), False, ""
    except StoreProblem:
        return None, False, ""


def _same_person(request: Request, before: Badge | None, code: str, nickname: str, renamed: bool) -> Badge | None:
    """Return the badge of somebody who is in the room already, with the name that they want; None for a new person."""
    try:
        if before is None or look(nickname) == look(before.nickname):
            return before
        if look(nickname) and (again := rooms().known(code, _browser(request), nickname)):
            return again
        return rooms().rename(before, nickname) if renamed else None
    except StoreProblem:
        return None


def _browser(request: Request) -> str:
    return person.number_of(request.cookies.get(person.COOKIE))


def _room_for_teacher(form: dict[str, str]) -> Badge:
    """Open a room, or enter one that is open: by its button at the server, by its code on another device.

    Raises:
        NotAdmitted: no open room has this code, or too many are open.
    """
    wanted, code = form.get("room", ""), form.get("code", "").strip()
    room = next((room for room in rooms().open_rooms() if room.id == wanted), None)
    if room is None and code:
        room = rooms().by_code(code)
        if room is None:
            raise NotAdmitted("There is no open room with this code.")
    return Badge(room.id, TEACHER, TEACHER_NAME, room.expires) if room else rooms().open_room()


async def _leave(request: Request, _guesses: Guesses) -> Response:
    badge = await run_in_threadpool(admitted, request.cookies.get(COOKIE))
    if badge is None or request.method == "POST":
        response = RedirectResponse(f"{prefix()}/", 303)
        response.delete_cookie(COOKIE, path=f"{prefix()}/", httponly=True, samesite="lax")
        return response
    word = next((one.word for one in rooms().members(badge.room) if one.id == badge.member), "")
    return _page("leave", 200, title="Leave the room", nickname=badge.nickname, word=word)


def _admit(badge: Badge, page: str, request: Request) -> Response:
    response = RedirectResponse(f"{prefix()}{page}", 303)
    response.set_cookie(
        COOKIE,
        sign(badge),
        max_age=max(1, int(badge.expires - time.time())),
        path=f"{prefix()}/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form, empty where it is too large, has files, or is none."""
    if request.method != "POST":
        return {}
    kind, length = request.headers.get("content-type", ""), request.headers.get("content-length", "")
    if not kind.startswith("application/x-www-form-urlencoded") or not length.isdecimal() or int(length) > MOST_BYTES:
        return {}
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _from_our_page(request: Request) -> bool:
    """Whether a form was sent from a page of this server: a browser says so, and no other page can make it lie."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _page(kind: str, status: int, **shown: Any) -> Response:
    return HTMLResponse(_template().render(kind=kind, **shown), status)


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, select_autoescape  # a server starts without them

    loader = FileSystemLoader(ROOT / "core" / "ui" / "shell")
    return Environment(loader=loader, autoescape=select_autoescape(default=True)).get_template("room_page.html.jinja")
