import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from core.data.images.pictures import UnreadableImage
from core.data.numbers.line import BOX, HEIGHT, MARGIN, MOST_WIDTH, prepare_line


def sheet(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (720, 180)) -> np.ndarray:
    """Return a black sheet with white frames, each as a digit of its own."""
    picture = Image.new("L", size)
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, outline=255, width=10)
    return np.asarray(picture)


def test_ink_fills_the_rows_and_keeps_its_proportions() -> None:
    line = prepare_line(sheet((100, 40, 159, 143), (200, 40, 259, 143)), "light")
    rows, columns = np.flatnonzero(line.pixels.any(1)), np.flatnonzero(line.pixels.any(0))
    width = line.pixels.shape[1]
    assert len(line.pixels) == HEIGHT and abs(width - (2 * MARGIN + 40)) <= 1 and line.pixels.max() == 1
    assert len(rows) == BOX and rows[0] == (HEIGHT - BOX) // 2
    assert columns[0] == MARGIN and columns[-1] == width - MARGIN - 1
    assert [stage.name for stage in line.stages] == ["drawing", "ink", "cropped", "scaled"]


def test_a_number_on_paper_is_the_number_on_the_canvas() -> None:
    drawn = sheet((100, 40, 159, 143), (200, 40, 259, 143))
    paper = np.clip(235 - drawn.astype(float) * 0.8 + np.random.default_rng(0).normal(0, 2, drawn.shape), 0, 255)
    line = prepare_line(paper.astype(np.uint8))
    assert line.pixels.shape[0] == HEIGHT and abs(line.pixels.shape[1] - 48) <= 2
    expected = prepare_line(drawn, "light").pixels
    width = min(line.pixels.shape[1], expected.shape[1])
    assert np.abs(line.pixels[:, :width] - expected[:, :width]).mean() < 0.1


@pytest.mark.parametrize("empty", [np.zeros((180, 720)), np.full((50, 50, 3), 255, np.uint8)])
def test_an_empty_sheet_is_blank(empty) -> None:
    line = prepare_line(empty)
    assert line.blank and not line.pixels.any() and line.pixels.shape[0] == HEIGHT


def test_a_dot_is_a_dot_and_beside_digits_it_is_dropped() -> None:
    assert prepare_line(sheet((300, 90, 309, 99)), "light").dot
    digits = sheet((100, 40, 159, 143), (200, 40, 259, 143))
    with_dot = np.maximum(digits, sheet((500, 90, 508, 98)))
    np.testing.assert_array_equal(prepare_line(with_dot, "light").pixels, prepare_line(digits, "light").pixels)
    assert not prepare_line(digits, "light").dot


def test_a_line_that_is_too_wide_gets_fewer_rows() -> None:
    line = prepare_line(sheet((5, 80, 35, 100), (680, 80, 710, 100)), "light")
    assert line.squeezed and line.pixels.shape == (HEIGHT, MOST_WIDTH)


def test_what_is_no_picture_is_a_sentence() -> None:
    with pytest.raises(UnreadableImage, match="not a picture"):
        prepare_line(np.zeros((2, 3, 4, 5)))


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 60)), elements=st.integers(0, 255)))
def test_any_picture_becomes_a_line(picture: np.ndarray) -> None:
    for polarity in ("auto", "light", "dark"):
        pixels = prepare_line(picture, polarity).pixels
        assert pixels.shape[0] == HEIGHT and 2 * MARGIN < pixels.shape[1] <= MOST_WIDTH
        assert pixels.min() >= 0 and pixels.max() <= 1
