"""What photographs and scans of digits do to the preparation, on pages made from MNIST's test digits."""

from functools import cache

import numpy as np
import pytest

from core.api import classify
from core.data.images.datasets import digits
from core.data.images.digits import Prepared, prepare
from core.data.images.paper import crop_to_sheet, remove_printed_lines
from core.inspection.images.recognition import recognise
from tests.support.paper import PAPERS, flash, pen, shadow, white, write


def chosen(per_digit: int, seed: int = 7) -> list[int]:
    """Places of test digits, as many of each."""
    labels, draw = digits("test").labels, np.random.default_rng(seed)
    return [
        int(place) for digit in range(10) for place in draw.choice(np.flatnonzero(labels == digit), per_digit, False)
    ]


def digit_of(prepared: Prepared) -> int | None:
    return recognise(prepared, classify(prepared.pixels)).digit


def count_right(kind: str, places: list[int]) -> int:
    """How many of these digits are read right on that kind of paper."""
    right = 0
    for place in places:
        prepared = prepare((PAPERS[kind](pen(place)) * 255).round().astype(np.uint8))
        right += digit_of(prepared) == digits("test").labels[place]
    return right


@cache
def surely_read() -> tuple[int, ...]:
    """One digit of each kind, those that a plain sheet leaves no doubt about: a near tie may tip on any paper."""
    pages = {place: prepare((PAPERS["plain"](pen(place)) * 255).round().astype(np.uint8)) for place in chosen(1)}
    return tuple(
        place
        for place, page in pages.items()
        if digit_of(page) is not None and classify(page.pixels)[digits("test").labels[place]] > 0.9
    )


@pytest.mark.parametrize("kind", PAPERS)
def test_digits_are_read_on_every_kind_of_paper(kind: str) -> None:
    """All that a plain sheet leaves no doubt about: the paper takes nothing away."""
    places = surely_read()
    assert len(places) >= 8
    assert count_right(kind, list(places)) == len(places)


@pytest.mark.long
@pytest.mark.benchmark
@pytest.mark.parametrize("kind", PAPERS)
def test_57_of_60_digits_are_read_on_every_kind_of_paper(kind: str) -> None:
    right = count_right(kind, chosen(6))
    print(f"{kind}: {right} of 60 right")
    assert right >= 57


@pytest.mark.parametrize("kind", PAPERS)
def test_paper_without_ink_is_an_empty_sheet(kind: str) -> None:
    nothing = np.zeros((220, 220), np.float32)
    prepared = prepare((PAPERS[kind](nothing) * 255).round().astype(np.uint8))
    assert digit_of(prepared) is None


def test_strokes_that_cross_a_line_stay_whole() -> None:
    ink = np.zeros((400, 300), np.float32)
    ink[60::60] = ink[61::60] = 0.3
    ink[100:300, 140:152] = 1.0
    cleaned = remove_printed_lines(ink)
    assert (cleaned[100:300, 142:150] == 1).all()
    assert cleaned[:, :120].max() == 0


def test_a_bar_of_a_digit_is_no_line() -> None:
    ink = np.zeros((400, 300), np.float32)
    ink[100:108, 60:240] = 1.0  # the top of a 7
    assert np.array_equal(remove_printed_lines(ink), ink)


def test_a_shadow_is_no_edge_of_the_sheet() -> None:
    page = shadow(write(white(), pen(0)), 0.5, 0.7)
    assert crop_to_sheet(page).shape == page.shape


def test_light_ink_on_an_unevenly_lit_board_is_found() -> None:
    board = 1 - flash(white()) * 0.8
    chalk = write(np.zeros_like(board) + 1, pen(0), 0.0)  # 0 where there is chalk
    prepared = prepare(((board * chalk + 0.95 * (1 - chalk)) * 255).round().astype(np.uint8))
    assert digit_of(prepared) == digits("test").labels[0]


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1)])
def test_pictures_of_a_few_pixels_have_no_lines(shape: tuple[int, int]) -> None:
    for ink in (np.zeros(shape), np.eye(*shape)):
        assert np.array_equal(remove_printed_lines(ink), ink)
