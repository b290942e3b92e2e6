"""From where a request comes."""

from starlette.requests import Request

from core.classroom.invitation import is_loopback

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def client_address(request: Request) -> str:
    """Return the network address that a request comes from; behind a proxy, the proxy's."""
    return request.client.host if request.client else ""


def at_the_server(request: Request) -> bool:
    """Whether a request comes from this machine itself; behind a proxy, all of them seem to."""
    return is_loopback(client_address(request)) and not any(name in request.headers for name in _FORWARDED)
