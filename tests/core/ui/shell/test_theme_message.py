"""Themes are told as Streamlit tells them, and read once."""

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from core.ui.shell.theme_message import remember_themes
from core.ui.shell.wrapping import wrap_once

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def test_themes_are_told_as_before_and_read_once(monkeypatch) -> None:
    """If this fails with a new Streamlit, see whether it still reads its configuration anew; if not, this can go."""
    read: list[str] = []
    fill = getattr(app_session._populate_theme_msg, "__wrapped__", app_session._populate_theme_msg)

    def read_and_fill(theme: CustomThemeConfig, section: str = "theme") -> None:
        read.append(section)
        fill(theme, section)

    monkeypatch.setattr(app_session, "_populate_theme_msg", read_and_fill)
    remember_themes()
    remember_themes()
    for section in SECTIONS * 2:
        then, now = CustomThemeConfig(), CustomThemeConfig()
        fill(then, section)
        app_session._populate_theme_msg(now, section)
        assert now == then
    assert read == list(SECTIONS)


def test_a_function_that_is_not_there_is_left_alone() -> None:
    class Empty:
        pass

    wrap_once(Empty, "gone", lambda function: function)
    assert not hasattr(Empty, "gone")
