"""Scripts that the browser fetches once: what goes with every run of a page is only where they are.

Streamlit repeats a component's JavaScript and CSS in every message. So a component hands
over a few lines that import its script from an address of our own server (`routes`), and
the script brings the style. Every address holds a checksum of the content, so a browser may
keep it for good and a changed file has another address. Knows no network and no torch.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.ui.components.serving import answer, packed, prefix

_FOLDER = "scripts"
_MISSING = "This part of the page could not be fetched. Reload the page to try again."

# What Streamlit repeats. Calls that come before the script is there are not lost: the newest is made when it is.
# An import that has failed is failed for good in some browsers, so a second try has another address.
_LOADER = """
const [ADDRESS, MISSING] = %s
const PLACES = new WeakMap()
let [loaded, loading, tries] = [null, null, 0]

function once() {
  const address = new URL(ADDRESS, document.baseURI)
  if (tries) address.searchParams.set("again", tries)
  return import(address).catch((error) => { tries += 1; throw error })
}

function load() {
  const pause = () => new Promise((done) => setTimeout(done, 1000))
  loading ??= once().catch(() => pause().then(once)).then((module) => {
    const sheet = module.componentStyle && new CSSStyleSheet()
    sheet?.replaceSync(module.componentStyle)
    loaded = { update: module.default, sheet }
  }).catch((error) => { loading = null; throw error })
  return loading
}

function say(parentElement, sentence) {
  parentElement.querySelector("[data-missing]")?.remove()
  if (!sentence) return
  const said = Object.assign(document.createElement("p"), { textContent: sentence })
  said.dataset.missing = ""
  said.setAttribute("role", "status")
  said.style.cssText = "margin: 0; opacity: 0.7; font: 400 14px var(--st-font, sans-serif)"
  parentElement.append(said)
}

function update(place, parentElement) {
  const component = place.newest
  place.newest = null
  if (!component) return
  say(parentElement, "")
  const root = parentElement.getRootNode()
  if (loaded.sheet && !root.adoptedStyleSheets.includes(loaded.sheet)) root.adoptedStyleSheets.push(loaded.sheet)
  place.end = loaded.update(component)
}

export default function (component) {
  const { parentElement } = component
  const place = PLACES.get(parentElement) ?? { newest: null, end: null }
  PLACES.set(parentElement, place)
  place.newest = component
  if (loaded) update(place, parentElement)
  else load().then(() => update(place, parentElement)).catch((error) => {
    console.info(`${ADDRESS} stays away:`, error)
    if (place.newest) say(parentElement, MISSING)
  })
  return () => {
    if (PLACES.get(parentElement) === place) PLACES.delete(parentElement)
    place.end?.()
    place.newest = place.end = null
  }
}
"""


class Scripts:
    """Files below one address that changes with their content.

    Args:
        folder: the address begins with it.
        sources: the files by name.
    """

    def __init__(self, folder: str, sources: Mapping[str, bytes]) -> None:
        version = hashlib.sha256(b"\0".join(sources.values())).hexdigest()[:20]
        self.place = f"{folder}/{version}"
        self.packed = {name: packed(source) for name, source in sources.items()}

    def address(self, name: str) -> str:
        """Return where a file is, relative to any page of the app."""
        return f"{self.place}/{name}"

    def route(self) -> Route:
        """Return what the server answers."""

        async def send(request: Request) -> Response:
            return answer(self.packed.get(request.path_params["name"]), "text/javascript")

        return Route(f"{prefix()}/{self.place}/{{name}}", send)


_published: dict[str, bytes] = {}


def script(folder: Path, names: Sequence[str], style: str) -> str:
    """Publish the scripts and the style of a component as one module; return the lines that go with every run.

    Args:
        folder: of the component.
        names: its scripts; the last one, which has the default export, uses what those before it define.
        style: its CSS file.
    """
    css = json.dumps((folder / style).read_text("utf-8"))
    module = "\n".join(
        [*((folder / name).read_text("utf-8") for name in names), f"export const componentStyle = {css}"]
    )
    scripts = Scripts(f"{_FOLDER}/{folder.name}", {names[-1]: module.encode()})
    address = scripts.address(names[-1])
    _published[address] = scripts.packed[names[-1]]
    return loader(address)


def loader(address: str, missing: str = _MISSING) -> str:
    """Return a component's script that imports the module at `address` and hands everything over to it.

    Args:
        address: relative to any page of the app.
        missing: said in the component's place while the module cannot be had; nothing when empty.
    """
    return _LOADER % json.dumps([address, missing])


def routes() -> list[Route]:
    """Return what the server answers for the components that have published their scripts by the time it is asked."""
    return [Route(f"{prefix()}/{_FOLDER}/{{rest:path}}", _send)]


async def _send(request: Request) -> Response:
    return answer(_published.get(f"{_FOLDER}/{request.path_params['rest']}"), "text/javascript")
