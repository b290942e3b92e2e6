"""CSV files are saved as a person's spreadsheet reads them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.ui.state.csv_style import style_of_language

SAVED = """
from core.ui.state.csv_style import csv_style
from core.ui.widgets.csv_download import offer_csv_file
import streamlit as st

for key in ("first", "second"):
    offer_csv_file(key, lambda: [["value"], [0.5]], key, key, help="A half.")
st.text(csv_style().separator + csv_style().decimal)
"""


@pytest.mark.parametrize(
    ("language", "style"),
    [
        ("de", "comma"),
        ("de-DE", "comma"),
        ("de-AT", "comma"),
        ("de-CH", "swiss"),
        ("fr-FR", "comma"),
        ("es-ES", "comma"),
        ("es-MX", "point"),
        ("en-GB", "point"),
        ("zh-CN", "point"),
        ("", "point"),
        ("nonsense-\x00", "point"),
    ],
)
def test_files_are_first_of_the_browsers_language(language: str, style: str) -> None:
    assert style_of_language(language) == style


def test_a_choice_counts_for_all_files_and_is_kept() -> None:
    app = AppTest.from_string(SAVED).run()
    assert app.text[0].value == ",."
    app.selectbox(key="first-style").set_value("comma").run()
    assert app.text[0].value == ";,"
    assert app.selectbox(key="second-style").value == "comma"
    app.run()
    assert app.text[0].value == ";,"
    app.selectbox(key="second-style").set_value("swiss").run()
    assert (app.text[0].value, app.selectbox(key="first-style").value) == (";.", "swiss")
    assert not app.exception


def test_every_table_is_saved_by_the_one_widget() -> None:
    ui = Path(__file__).parents[4] / "core" / "ui"
    texts = {file.name: file.read_text("utf-8") for file in ui.rglob("*.py")}
    assert [name for name, text in texts.items() if 'mime="text/csv"' in text] == ["csv_download.py"]
    browser = {file.name: file.read_text("utf-8") for file in ui.rglob("*.js")}
    assert [name for name, text in browser.items() if '.join(",")' in text and "csv" in text.lower()] == []
