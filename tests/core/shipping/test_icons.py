from fontTools.ttLib import TTFont

from core.shipping.icons import FONT, icons_of, used_icons


def test_every_icon_that_is_used_is_in_the_font() -> None:
    """Where this fails: `python -m core.shipping.icons`."""
    used, there = used_icons(), icons_of(TTFont(FONT))
    assert {"draw", "undo", "casino"} <= used
    assert {"star_filled", "icon_name"} >= used - there.keys()  # no icons, but examples in Streamlit's scripts


def test_the_font_is_small() -> None:
    assert FONT.stat().st_size < 40_000
