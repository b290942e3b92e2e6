"""Shows the sentence of a word of the glossary on hover, focus and tap, and lists words that cannot carry theirs.

Words in texts are marked by `core.glossary`. What components draw, names of sections and charts cannot hold such a
mark: the browser finds the words there, and lists them at the end of the page.
"""

import json
from dataclasses import asdict
from functools import cache

from core.glossary import PLACE, glossary
from core.ui.components.component import component
from core.ui.components.serving import publish

_show = component("glossary", missing="")


def show_words() -> None:
    """Explain the words of a page; once on a page is enough."""
    _show(key="glossary", data={"place": PLACE, "words": publish(_file())}, height="content")


@cache
def _file() -> bytes:
    """Return all words as JSON, which a browser fetches once."""
    return json.dumps([asdict(word) for word in glossary()]).encode()
