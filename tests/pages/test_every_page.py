import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.paths import ROOT
from core.ui.page_registry import PAGES
from tests.support.apps import open_page, walk_sections
from tests.support.words import unexplained


@pytest.mark.parametrize("entry", PAGES.values(), ids=PAGES)
def test_every_page_and_all_its_sections_open_in_the_frame(entry) -> None:
    app = open_page(entry.name if entry.url_path else "")
    assert app.title[0].value == (entry.heading or entry.title)
    assert any("CPU" in badge.value or "GPU" in badge.value for badge in app.sidebar.markdown)
    assert not app.error
    assert not unexplained(app)
    for section in walk_sections(app):
        assert app.title[0].value == (entry.heading or entry.title), section
        assert not app.exception, section
        assert not unexplained(app), section


def test_every_script_is_in_the_registry() -> None:
    scripts = {path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"}
    assert scripts == {entry.path for entry in PAGES.values()}
    assert len({entry.url_path for entry in PAGES.values()}) == len(PAGES)
    assert all(re.fullmatch(r"[a-z-]*", entry.url_path) for entry in PAGES.values())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_test_file(name: str) -> None:
    assert "def test_" in (ROOT / "tests" / "pages" / f"test_{name}.py").read_text("utf-8")


def test_a_fresh_machine_has_all_of_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    app = open_page("draw_digit")
    app.button(key="random-test-digit").click().run()
    app.button(key="misread-digit").click().run()
    assert not app.exception


@pytest.mark.parametrize("number", ["math.nan", "math.inf", "numpy.float32(0.5)", "numpy.int64(3)"])
def test_what_no_browser_can_read_does_not_pass_these_tests(number: str) -> None:
    script = f"""
import math, numpy
import streamlit as st
st.components.v2.component("anything", js="export default () => {{}}")(data={{"values": [1, {number}]}})
"""
    with pytest.raises(AssertionError, match="anything"):
        AppTest.from_string(script).run()


def test_every_chart_with_a_palette_has_a_dark_counterpart() -> None:
    """Only `heat_map` shows such charts: it puts them where the house's style finds them."""
    drawn = re.compile(r"echarts_chart\(\s*(alignment_chart|cells|parallel_chart)\(")
    files = (ROOT / "core" / "ui").rglob("*.py")
    assert not [str(path) for path in files if drawn.search(path.read_text("utf-8"))]
