"""Pictures have their room before a browser has read them: Firefox and Safari would make the page jump."""

import re

import numpy as np
import pytest
import streamlit as st

from core.ui.sections.read_number.verdict import placed
from core.ui.widgets.digit_pictures import show_read_picture
from core.ui.widgets.gallery import Picture, gallery


def rooms(html: str) -> list[tuple[int, int]]:
    """Return the width and height that every picture says of itself."""
    images = re.findall(r"<img[^>]*>", html)
    assert images
    found = [(re.search(r' width="(\d+)"', image), re.search(r' height="(\d+)"', image)) for image in images]
    assert all(width and height for width, height in found), images
    return [(int(width[1]), int(height[1])) for width, height in found if width and height]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown as HTML."""
    html: list[str] = []
    monkeypatch.setattr(st, "html", html.append)
    return html


def test_a_gallery_keeps_the_room_of_every_picture(shown: list[str]) -> None:
    wide, natural = np.zeros((10, 30), np.uint8), np.zeros((7, 5, 3), np.uint8)
    gallery([Picture(wide, "wide", "", 218), Picture(natural, "as it is", "")], key="pictures")
    assert rooms(shown[0]) == [(218, 73), (5, 7)]
    assert "height: auto" in shown[0]  # where there is less room, the picture keeps its shape


def test_a_line_of_digits_keeps_its_room() -> None:
    assert rooms(placed(np.zeros((28, 91), np.float32), [(14.0, "7")], [])) == [(91, 28)]


def test_the_picture_that_is_read_keeps_its_room(shown: list[str]) -> None:
    show_read_picture(np.zeros((28, 28), np.float32), "The CNN says 7", [], 72)
    assert rooms(shown[0]) == [(72, 72)]
