"""How a person wants CSV files: as their browser's language writes numbers, or as they have chosen."""

import streamlit as st
from cachetools import LRUCache

from core.data.csv_files import STYLES, CsvStyle
from core.ui.state.person import person

_MOST = 10_000
"""People whose choice is remembered until the server ends."""
_DECIMAL_COMMA = frozenset(
    ("be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy", "id", "is")
    + ("it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv")
    + ("tr", "uk", "vi")
)
"""Languages that write 1,5 (Unicode's CLDR)."""
_SWISS = frozenset({"de-CH", "de-LI", "it-CH", "fr-CH"})
_DECIMAL_POINT = frozenset(
    f"es-{country}" for country in ("419", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US")
)
"""Where a language with a comma is written with a point."""


def csv_style_name() -> str:
    """Return the name of the chosen style, at first that of the browser's language."""
    chosen: str | None = _choices().get(person().session)
    return chosen or style_of_language(st.context.locale or "")


def csv_style() -> CsvStyle:
    """Return the chosen style."""
    return STYLES[csv_style_name()]


def choose_csv_style(name: str) -> None:
    """Keep a style for this person, beyond the session."""
    _choices()[person().session] = name


@st.cache_resource(show_spinner=False)
def _choices() -> LRUCache[str, str]:
    return LRUCache(_MOST)


def style_of_language(language: str) -> str:
    """Return the name of the style in which a language, such as ``de-AT``, writes numbers."""
    if language in _SWISS:
        return "swiss"
    if language in _DECIMAL_POINT:
        return "point"
    return "comma" if language.partition("-")[0].lower() in _DECIMAL_COMMA else "point"
