"""Limits how many files a person sends to the server, whether or not a page takes them in."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.classroom.admission import admitted
from core.classroom.badge import COOKIE
from core.rate_limit import per_minute
from core.settings import settings
from core.ui.components.serving import prefix
from core.ui.shell.client_address import client_address

MARGIN = 2
"""A page counts the files that it takes in, and says so kindly; so many times as many may be sent."""
PEOPLE = 10
"""People outside of rooms who may share one network address."""


class LimitUploads:
    """ASGI middleware before Streamlit's own address for files, which keeps in memory whatever any open page sends.

    Streamlit itself refuses files above `server.maxUploadSize` and those of no open session.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.path = f"{prefix()}/_stcore/upload_file/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse a file that comes too soon after others."""
        refusal: PlainTextResponse | None = None
        if scope["type"] == "http" and scope["method"] in {"PUT", "POST"} and scope["path"].startswith(self.path):
            refusal = await run_in_threadpool(_judge, Request(scope))
        try:
            await (refusal or self.app)(scope, receive, send)
        except ClientDisconnect:  # a file that was cut off on its way: nobody is there to be answered
            return


def _judge(request: Request) -> PlainTextResponse | None:
    """Return the refusal of a file, or None where it may come."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal()):
        return PlainTextResponse("A file has to say how long it is.", 411)
    badge = admitted(request.cookies.get(COOKIE))
    who, people = (badge.person().session, 1) if badge else (client_address(request), PEOPLE)
    files = per_minute("files sent", MARGIN * people * settings().uploads_per_minute)
    space = per_minute("bytes sent", people * settings().upload_megabytes_per_minute * 2**20)
    if files.take(who) and space.take(who, int(length)):
        return None
    return PlainTextResponse("That was a lot of files in one minute. Wait a moment.", 429)
