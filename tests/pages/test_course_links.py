"""Every link of every lesson and of every question opens its page, and the page takes every setting that it names."""

import gc
import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.course.lessons import lessons
from core.course.links import CourseLink
from core.course.questions import question_sets
from core.paths import ROOT
from core.training.address import RECIPE, SETTINGS
from core.ui.page_registry import PAGES, PATHS, page_at
from core.ui.state.page_state import PageState
from tests.support.apps import FRAME


def course_links() -> Iterator[CourseLink]:
    for lesson in lessons(PATHS).entries.values():
        yield from (step.link for step in lesson.steps if step.link is not None)
    for found in question_sets(PATHS).entries.values():
        yield from (question.link(PATHS) for question in found.questions)


LINKS = sorted(set(course_links()), key=lambda link: (link.path, link.query))


def opened(link: CourseLink) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in link.query:
        app.query_params[name] = value
    app._page_hash = calc_hash(link.path)  # AppTest finds no page before the first run, which would be of another one
    return app.run()


def is_taken(app: AppTest, name: str, value: str) -> bool:
    """Whether a page has taken a setting: a control of that name shows it, or a state of the page reads it."""
    controls = [one for one in app if getattr(one, "key", None) == name and hasattr(one, "value")]
    if controls:
        shown = controls[0].value
        if isinstance(shown, bool):
            return str(shown).lower() == value
        return float(shown) == float(value) if isinstance(shown, int | float) else str(shown) == value
    if name in {"test", "digit"}:
        drawing = app.session_state["drawing"].drawing
        return str(drawing.index if name == "test" else drawing.label) == value
    if name in {RECIPE, *SETTINGS}:
        return page_takes(app)
    fields = [field for state in gc.get_objects() if isinstance(state, PageState) for field in state._fields.values()]
    return any(field.parse(value) is not None for field in fields if field.name == name)


def test_every_link_of_the_course_names_settings_that_the_app_has() -> None:
    """Quick, beside the long test below: a setting stands as a key, or as a name in an address, in the code."""
    sources = [path.read_text("utf-8") for folder in ("core/ui", "pages") for path in (ROOT / folder).rglob("*.py")]
    known = {name for text in sources for name in re.findall(r'"([a-z][a-z0-9_-]*)"', text)} | {RECIPE, *SETTINGS}
    assert {name for link in LINKS for name, _ in link.query} <= known
    assert len(LINKS) > 60


def page_takes(app: AppTest) -> bool:
    return not [warning for warning in app.warning if warning.icon == ":material/link_off:"]


@pytest.mark.long
@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.path}?{'&'.join(map('='.join, link.query))}"[:90])
def test_a_link_of_the_course_opens_what_it_says(link: CourseLink) -> None:
    app = opened(link)
    assert not app.exception
    assert not app.error
    assert page_takes(app)
    here = PAGES[page_at(link.path)]
    assert app.title[0].value == (here.heading or here.title)
    assert {name: value for name, value in link.query if not is_taken(app, name, value)} == {}
