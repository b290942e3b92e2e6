"""Undo on the wide canvas leads back through all that was there, also where the canvas itself was taken down."""

import numpy as np
import pytest

from core.data.images.pictures import encode_data_url
from core.data.numbers.line import prepare_line
from core.ui.state.number_sheet import Number, NumberSheet

ONE = encode_data_url(np.pad(np.full((90, 9), 255, np.uint8), ((50, 50), (100, 100))))


def sample(name: str) -> Number:
    return Number(prepare_line(np.pad(np.ones((20, 4), np.float32), 9), "light"), origin=name)


def undone(sheet: NumberSheet) -> list[str]:
    """The origins of all that Undo brings back."""
    found = []
    while sheet.before:
        sheet.undo()
        found.append(sheet.number.origin)
    return found


def test_what_was_drawn_over_comes_back_after_a_visit_elsewhere() -> None:
    photo = sample("your photo")
    sheet = NumberSheet(photo, photo)
    sheet.draw(ONE)
    sheet.mount()
    assert sheet.laid.origin == "your drawing"
    assert undone(sheet) == ["your photo"]


def test_what_was_drawn_over_comes_back_after_another_number() -> None:
    photo = sample("your photo")
    sheet = NumberSheet(photo, photo)
    sheet.draw(ONE)
    sheet.lay(sample("another"))
    assert undone(sheet) == ["your drawing", "your photo"]


def test_what_nobody_has_drawn_on_comes_back_once() -> None:
    photo = sample("your photo")
    sheet = NumberSheet(photo, photo)
    sheet.mount()
    sheet.lay(sample("another"))
    sheet.mount()
    assert undone(sheet) == ["your photo"]


def test_a_stroke_that_comes_with_the_click_on_another_number_is_what_undo_leads_to() -> None:
    photo = sample("your photo")
    sheet = NumberSheet(photo, photo)
    version = sheet.version
    sheet.lay(sample("another"))
    for _ in range(2):
        sheet.draw(ONE, version)
    sheet.draw("", version)
    assert sheet.number.origin == "another"
    assert undone(sheet) == ["your drawing", "your photo"]


def test_what_the_browser_has_kept_is_laid_on_a_sheet_that_nobody_has_used() -> None:
    first = sample("an example")
    sheet = NumberSheet(first, first)
    sheet.take_back(ONE)
    assert (sheet.number.picture, sheet.laid.picture, sheet.number.origin) == (ONE, ONE, "your drawing")
    assert undone(sheet) == ["an example"]


def test_what_the_browser_has_kept_takes_no_place_of_what_was_drawn_since() -> None:
    first = sample("an example")
    for change in (lambda sheet: sheet.draw(ONE), lambda sheet: sheet.lay(sample("another"))):
        sheet = NumberSheet(first, first)
        change(sheet)
        now = sheet.number
        sheet.take_back(ONE)
        assert sheet.number is now


@pytest.mark.parametrize("content", [None, 7, "", "data:image/png;base64,AAAA", "<b>no picture</b>", ["a"]])
def test_what_is_no_picture_changes_nothing(content: object) -> None:
    first = sample("an example")
    sheet = NumberSheet(first, first)
    sheet.take_back(content)
    assert (sheet.number, sheet.before, sheet.problem) == (first, [], "")
