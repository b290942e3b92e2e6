"""One way to make a component: a folder with a module, a style and a Python side of the same name."""

import json
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import rjsmin
import streamlit as st

from core.ui.components.payload import strict_json
from core.ui.components.serving import PLACE

_MISSING = "This part of the page could not be fetched. It is tried again; if it stays away, reload the page."
_MISSING_STYLE = "margin: 0; opacity: 0.7; font: 400 14px var(--st-font, sans-serif)"


def component(name: str, *, missing: str = _MISSING, css: str | None = None) -> Callable[..., Any]:
    """Register ``name/name.js`` and ``name/name.css`` of this folder as a component; return what shows it.

    The module's default export fills a ``<div>`` with the class `name` with every run (`lib/mounting.js`). What is
    returned takes `key`, `data` and callbacks, as Streamlit's components do; `data` must be strict JSON.

    Args:
        name: of the folder, with ``-`` for ``_`` in the class.
        missing: shown in the component's place when the module cannot be fetched; nothing when empty.
        css: more rules, sent with every run.
    """
    class_name = name.replace("_", "-")
    sentence = f'<p data-missing hidden role="status" style="{_MISSING_STYLE}">{escape(missing)}</p>' if missing else ""
    mount = st.components.v2.component(
        class_name,
        html=f'<div class="{class_name}"></div>\n{sentence}',  # a single line would be taken for the name of a file
        css=css,
        js=loader(name),
    )

    def show(*, key: str, data: Any = None, **further: Any) -> Any:
        return mount(key=key, data=strict_json(data), **further)

    return show


def loader(name: str) -> str:
    """Return the script that goes with every run: it fetches a component's module and hands the run over to it."""
    settings = {"place": PLACE, "name": name}
    return _template().replace('"SETTINGS"', json.dumps(json.dumps(settings)))


@cache
def _template() -> str:
    return str(rjsmin.jsmin((Path(__file__).parent / "loader.js").read_text("utf-8")))
