"""The files that the browser fetches for the live view, once: scripts, and networks written down.

Every address holds a checksum of the content, so a browser may keep it for good and a
changed file has another address. Knows no network and no torch: it is there before they are.
"""

import gzip
import hashlib
from collections import OrderedDict
from pathlib import Path
from threading import Lock

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

MOST_FILES = 128
"""Networks that are kept; the one asked for longest ago goes first, and comes again with the next run of its page."""

_HERE = Path(__file__).parent
_FOLDER = "live"
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}

_networks: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)  # once, and not again for every browser


_sources = {path.name: path.read_bytes() for path in sorted(_HERE.glob("*.js"))}
_version = hashlib.sha256(b"\0".join(_sources.values())).hexdigest()[:20]
_scripts = {name: _packed(source) for name, source in _sources.items()}


def script_address(name: str = "live.js") -> str:
    """Return where a script is, relative to any page of the app."""
    return f"{_FOLDER}/{_version}/{name}"


def publish(network: bytes) -> str:
    """Keep a network that `core.inspection.description` has written; return its address, relative to any page."""
    name = hashlib.sha256(network).hexdigest()[:40]
    with _lock:
        if name not in _networks:
            _networks[name] = _packed(network)
        _networks.move_to_end(name)
        while len(_networks) > MOST_FILES:
            _networks.popitem(last=False)
    return f"{_FOLDER}/network/{name}"


def published(address: str) -> bool:
    """Whether a network is still kept at an address; it then stays for a good while."""
    name = address.rpartition("/")[2]
    with _lock:
        if name not in _networks:
            return False
        _networks.move_to_end(name)
        return True


def routes() -> list[Route]:
    """Return what the server answers beside Streamlit's own addresses."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    prefix = f"/{base}/{_FOLDER}" if base else f"/{_FOLDER}"
    return [
        Route(prefix + "/network/{name}", _send_network),
        Route(prefix + f"/{_version}/{{name}}", _send_script),
    ]


async def _send_network(request: Request) -> Response:
    with _lock:
        data = _networks.get(request.path_params["name"])
    return _answer(data, "application/octet-stream")


async def _send_script(request: Request) -> Response:
    return _answer(_scripts.get(request.path_params["name"]), "text/javascript")


def _answer(packed: bytes | None, kind: str) -> Response:
    if packed is None:
        return Response(status_code=404)
    return Response(packed, media_type=kind, headers={**_KEPT, "Content-Encoding": "gzip"})
