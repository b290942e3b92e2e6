"""What the browser fetches for components, once: their modules, their styles, and files that a page publishes.

Streamlit repeats a component's script and style in every message. So a message holds a few
lines only (`component.py`), which fetch all else from an address of our own server. Every
address holds a checksum of all files, so a browser keeps a file for good, a change has another
address, and no browser mixes two versions.

A component comes as one pack: its module, all that this imports, and its style. One by one they
were 58 requests for "Draw a digit", most of them a way to the server and back. A module imports its
neighbours by relative paths (``../lib/elements.js``); in a pack these are names
(``module:lib/elements.js``), for which `lib/packing.js` puts the modules that the page has. Only
workers, and `lib/packing.js` itself, are asked for by themselves.
Knows no network and no torch: it is there before they are.
"""

import gzip
import hashlib
import json
import posixpath
import re
from collections import OrderedDict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath
from threading import Lock

import rjsmin
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.paths import ASSETS

MOST_FILES = 128
"""Published files that are kept. The one unused for longest goes first; its page publishes it again when it runs."""

_HERE = Path(__file__).parent
_ADDRESS = "components"
_PUBLISHED = f"{_ADDRESS}/published"
_CACHE_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}

# Not from `mimetypes`: Streamlit changes its table, and on Windows other programs do; browsers then refuse modules.
_KINDS = {".js": "text/javascript", ".css": "text/css"}

_IMPORT = re.compile(rb'^((?:import|export)\b[^";]*\bfrom )"(\.[^"]+)"', re.MULTILINE)

_sources = {
    path.relative_to(_HERE).as_posix(): path.read_bytes() for path in sorted(_HERE.rglob("*")) if path.suffix in _KINDS
}
_checksum = hashlib.sha256(b"\0".join(part for name, source in _sources.items() for part in (name.encode(), source)))

PLACE = f"{_ADDRESS}/{_checksum.hexdigest()[:20]}"
"""What the addresses of all modules and styles begin with, relative to any page of the app."""

_CARDS = ASSETS / "cards"
"""Pictures of the pages, by the names of their scripts, in both themes (`core.shipping.pictures`)."""
_cards = {path.stem: path.read_bytes() for path in sorted(_CARDS.glob("*.webp"))}
_CARDS_PLACE = f"{_ADDRESS}/cards/{hashlib.sha256(b''.join(_cards.values())).hexdigest()[:20]}"

_published: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def address(name: str, attempt: int = 0) -> str:
    """Return the address of a module or style, relative to any page of the app.

    Args:
        name: path below this folder, ``strips/strips.js`` for example.
        attempt: any number leads to the same file. Some browsers never fetch again what has failed once, nor what it
            imports; under another number they do.
    """
    return f"{PLACE}/{attempt}/{name}"


def publish(data: bytes) -> str:
    """Keep a file in memory; return its address, relative to any page of the app."""
    name = hashlib.sha256(data).hexdigest()[:40]
    with _lock:
        if name not in _published:
            _published[name] = packed(data)
        _published.move_to_end(name)
        while len(_published) > MOST_FILES:
            _published.popitem(last=False)
    return f"{_PUBLISHED}/{name}"


def is_published(file_address: str) -> bool:
    """Whether a file is still kept at its address; asking counts as a use."""
    name = file_address.rpartition("/")[2]
    with _lock:
        if name not in _published:
            return False
        _published.move_to_end(name)
        return True


def card_address(page: str, scheme: str) -> str:
    """Return the address of the picture of a page in a theme, relative to any page of the app.

    Args:
        page: the name of its script.
        scheme: ``light`` or ``dark``.
    """
    return f"{_CARDS_PLACE}/{page}-{scheme}"


def routes() -> list[Route]:
    """Return what the server answers beside Streamlit's own addresses."""
    base = prefix()
    return [
        Route(f"{base}/{_PUBLISHED}/{{name}}", _send_published),
        Route(f"{base}/{_CARDS_PLACE}/{{name}}", _send_card),
        Route(f"{base}/{PLACE}/{{attempt:int}}/{{name:path}}", _send_module),
    ]


def prefix() -> str:
    """Return what all addresses of the app begin with: nothing, or a slash and a path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def packed(data: bytes) -> bytes:
    """Return data as gzip, once and not again for every browser."""
    return gzip.compress(data, 6, mtime=0)


def answer(data: bytes | None, kind: str) -> Response:
    """Return an answer with packed data that a browser may keep for good; without data, that there is nothing."""
    if data is None:
        return Response(status_code=404)
    return Response(data, media_type=kind, headers={**_CACHE_FOR_GOOD, "Content-Encoding": "gzip"})


async def _send_module(request: Request) -> Response:
    name = request.path_params["name"]
    path = PurePosixPath(name)
    if path.suffix == ".json" and str(path.with_suffix(".js")) in _sources:
        return answer(_pack(str(path.with_suffix(".js"))), "application/json")
    return answer(_module(name) if name in _sources else None, _KINDS.get(path.suffix, "text/plain"))


async def _send_published(request: Request) -> Response:
    with _lock:
        data = _published.get(request.path_params["name"])
    return answer(data, "application/octet-stream")


async def _send_card(request: Request) -> Response:
    picture = _cards.get(request.path_params["name"])
    if picture is None:
        return Response(status_code=404)
    return Response(picture, media_type="image/webp", headers=_CACHE_FOR_GOOD)


@cache
def _module(name: str) -> bytes:
    """Return a file as it is sent."""
    return packed(_short(name, _sources[name]))


def _short(name: str, source: bytes) -> bytes:
    """Return a module without comments and indentation, which are half of it.

    What others wrote lies in folders called ``vendor``; it comes as it is, its licence included.
    """
    path = PurePosixPath(name)
    return source if path.suffix != ".js" or "vendor" in path.parts else bytes(rjsmin.jsmin(source))


@cache
def _pack(name: str) -> bytes:
    """Return a module with all that it needs, as `lib/packing.js` reads it."""
    style = _sources.get(name.removesuffix(".js") + ".css")
    modules = [(one, _short(one, _with_names(one)).decode()) for one in needed(name)]
    return packed(json.dumps({"place": PLACE, "modules": modules, "style": style and style.decode()}).encode())


def _with_names(name: str) -> bytes:
    """Return the source of a module that names its neighbours as they are called in a pack."""
    return _IMPORT.sub(lambda found: b'%s"module:%s"' % (found[1], _path(name, found[2]).encode()), _sources[name])


def needed(name: str) -> list[str]:
    """Return a module with all that it imports, and what these import: each after its own imports, itself last."""
    found = {name: _imports(name)}
    for one in (waiting := list(found)):  # which grows meanwhile
        for further in found[one]:
            if further not in found:
                found[further] = _imports(further)
                waiting.append(further)
    return list(TopologicalSorter(found).static_order())


@cache
def _imports(name: str) -> list[str]:
    return [_path(name, relative) for _, relative in _IMPORT.findall(_sources[name])]


def _path(name: str, relative: bytes) -> str:
    """Return what a module imports, as a path below this folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), relative.decode()))
