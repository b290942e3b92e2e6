"""The files that the browser fetches for the live view, once: scripts, and networks written down.

Every address holds a checksum of the content, so a browser may keep it for good and a
changed file has another address. Knows no network and no torch: it is there before they are.
"""

import hashlib
from pathlib import Path
from threading import Lock

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.ui.components.concatenated import Scripts
from core.ui.components.serving import answer, packed, prefix

MOST_FILES = 128
"""Networks that are kept; the one asked for longest ago goes first, and comes again with the next run of its page."""

_HERE = Path(__file__).parent
_FOLDER = "live"

_networks: LRUCache[str, bytes] = LRUCache(MOST_FILES)
_lock = Lock()


_files = Scripts(_FOLDER, {path.name: path.read_bytes() for path in sorted(_HERE.glob("*.js"))})
_scripts = _files.packed


def script_address(name: str = "live.js") -> str:
    """Return where a script is, relative to any page of the app."""
    return _files.address(name)


def publish(network: bytes) -> str:
    """Keep a network written by `core.inspection.images.serialisation`; return its address, relative to any page."""
    name = hashlib.sha256(network).hexdigest()[:40]
    with _lock:
        if _networks.get(name) is None:  # `get` counts as a use
            _networks[name] = packed(network)
    return f"{_FOLDER}/network/{name}"


def published(address: str) -> bool:
    """Whether a network is still kept at an address; it then stays for a good while."""
    name = address.rpartition("/")[2]
    with _lock:
        return _networks.get(name) is not None  # `get` counts as a use


def routes() -> list[Route]:
    """Return what the server answers beside Streamlit's own addresses."""
    return [Route(f"{prefix()}/{_FOLDER}/network/{{name}}", _send_network), _files.route()]


async def _send_network(request: Request) -> Response:
    with _lock:
        data = _networks.get(request.path_params["name"])
    return answer(data, "application/octet-stream")
