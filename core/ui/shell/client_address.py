"""From where a request comes."""

from starlette.requests import Request

from core.classroom.invitation import is_loopback
from core.rate_limit import counted_as

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def client_address(request: Request) -> str:
    """Return the network address that a request comes from, as limits count it.

    Behind a proxy it is what the proxy says, where the settings name it, otherwise the proxy's own.
    """
    return counted_as(_host(request))


def at_the_server(request: Request) -> bool:
    """Whether a request comes from this machine itself; behind a proxy, all of them seem to."""
    return is_loopback(_host(request)) and not any(name in request.headers for name in _FORWARDED)


def _host(request: Request) -> str:
    return request.client.host if request.client else ""
