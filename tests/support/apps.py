"""Opens a page of the app without a browser, through the frame, as a person comes to it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from streamlit.proto.LabelVisibility_pb2 import LabelVisibility
from streamlit.testing.v1 import AppTest

from tests.support.blanks import spaced

_MARKDOWN_WORD = re.compile(r'\[([^\]]*)\]\(#word "[^"]*"\)')
_HTML_WORD = re.compile(r'<a href="#word" title="[^"]*">([^<]*)</a>')
COLLAPSED = LabelVisibility.COLLAPSED
FRAME = Path(__file__).parents[2] / "core" / "ui" / "shell" / "frame.py"


def open_page(script: str = "", **query: str) -> AppTest:
    """Start the app and go to the page with that script, ``draw_digit`` for example; nothing may have failed."""
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if script:
        app.switch_page(f"../../../pages/{script}.py").run()
    assert not app.exception
    return app


def open_with(script: str, **query: str) -> AppTest:
    """Open a page with widgets set by the address; their names are written with _ for -."""
    return open_page(script, **{name.replace("_", "-"): value for name, value in query.items()})


def walk_sections(app: AppTest) -> Iterator[str]:
    """Choose each section of a page after the first, which is open; yield its name when the page has run.

    Sections of sections come first: another section takes them away.
    """
    for choice in [one for one in app.button_group if one.proto.label_visibility.value == COLLAPSED][::-1]:
        for section in choice.options[1:]:
            app.button_group(key=choice.key).set_value(section).run()
            yield section


def told(app: AppTest, key: str) -> Any:
    """Return what the component with that key was told."""
    return json.loads(app.get_by_key(key).proto.json)


def as_read(text: str) -> str:
    """Return a text without the sentences that explain its words (`core.glossary`), and with plain blanks."""
    return spaced(_HTML_WORD.sub(r"\1", _MARKDOWN_WORD.sub(r"\1", text)))


def html(app: AppTest) -> str:
    """Return all HTML of the page, as it is read."""
    return as_read(" ".join(element.proto.body for element in app.get("html")))


def html_of(app: AppTest, key: str) -> str:
    """Return the HTML inside the container with that key, as it is read."""
    return as_read("".join(element.proto.body for element in app.get_by_key(key).get("html")))
