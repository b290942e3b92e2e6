"""Reads the colours of the themes from Streamlit's configuration once, not with every answer.

The first message of every answer repeats all options of six themes, and for each Streamlit goes through its whole
configuration again: 0.8 ms of an answer's 20. The configuration does not change while a server runs. Streamlit has no
setting for that, so its private function is wrapped.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from core.ui.shell.wrapping import wrap_once


def remember_themes() -> None:
    """Have the themes be read once; once in a process is enough."""
    wrap_once(app_session, "_populate_theme_msg", _filled_once)


def _filled_once(fill: Callable[..., None]) -> Callable[..., None]:
    @cache
    def filled(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    def fill_from_memory(theme: Any, section: str = "theme") -> None:
        theme.MergeFrom(filled(section))

    return fill_from_memory
