import re

import numpy as np
import pytest

from core.figures.maps import GAP, SQUARE, columns_for, tile
from core.figures.palette import DIVERGING, PAPER, SHARES, colour_grey, colour_signed, index_share, index_signed
from core.figures.probabilities import bars


def test_signed_colours_are_centred_at_zero() -> None:
    colours = colour_signed(np.array([-2.0, 0.0, 2.0, 99.0], np.float32), 2.0)
    blue, white, red, beyond = colours.astype(int)
    assert white.min() == white.max() > 240
    assert blue[2] > blue[0]
    assert red[0] > red[2]
    assert np.array_equal(red, beyond)
    assert index_signed(np.array([-1.0, 0.0, 1.0], np.float32), 1.0).tolist() == [0, 127, 254]
    assert index_signed(np.array([0.0, np.nan], np.float32), 0.0).tolist() == [127, 127]


def test_shares_run_from_dark_to_bright() -> None:
    places = index_share(np.array([-1, 0, 0.5, 1, 9, np.nan], np.float32))
    assert places.tolist() == [0, 0, 127, 254, 254, 0]
    assert SHARES[0].tolist() == [0x00, 0x22, 0x4E]
    assert SHARES[254].tolist() == [0xFE, 0xE8, 0x38]
    assert (np.diff(SHARES[:PAPER].astype(int) @ (2, 7, 1)) >= 0).all()
    assert SHARES[PAPER].tolist() == DIVERGING[PAPER].tolist()
    assert index_share(np.ones(2, np.float32), 0.0).tolist() == [0, 0]


def test_greys() -> None:
    assert colour_grey(np.array([-1, 0, 0.5, 1, 2, np.nan], np.float32)).tolist() == [0, 0, 128, 255, 255, 0]


def test_all_maps_are_in_the_picture_in_order() -> None:
    maps = np.arange(8, dtype=np.float32)[:, None, None] * np.ones((8, 3, 5), np.float32)
    picture = tile(maps)
    assert picture.shape == (2 * (3 + GAP) - GAP, 4 * (5 + GAP) - GAP)
    assert picture[0, 0] == 127
    assert picture[-1, -1] == 254
    assert picture[3, 0] == picture[0, 5] == PAPER
    assert len(DIVERGING) == 256


@pytest.mark.parametrize(("count", "columns"), [(32, 8), (64, 16), (10, 5), (1, 1), (7, 7)])
def test_rows_are_full(count: int, columns: int) -> None:
    assert columns_for(count) == columns


def test_units_become_squares() -> None:
    assert tile(np.zeros(10, np.float32)).shape == (2 * (SQUARE + GAP) - GAP, 5 * (SQUARE + GAP) - GAP)


def widths(drawn: str) -> list[float]:
    return [float(width) for width in re.findall(r'class="bar" style="width:([\d.]+)%', drawn)]


def test_bars_are_as_long_as_the_probabilities() -> None:
    drawn = bars(np.array([0.1, 0.9, 0.0], np.float32), "#123456")
    assert widths(drawn) == [10, 90, 0]
    assert re.findall(r'class="name([^"]*)">(\d)<', drawn) == [("", "0"), (" best", "1"), ("", "2")]
    assert re.findall(r"<span [^>]*>(\d+)", drawn) == ["0", "25", "50", "75", "100"]  # whatever the values are


def test_no_bar_is_rounded_up_to_a_certainty() -> None:
    drawn = bars(np.array([0.99999, 0.00001], np.float32), "#123456")
    assert widths(drawn)[0] == 99.99
    assert "100.00" not in drawn


def test_names_of_classes_stay_text() -> None:
    assert "&lt;b&gt;" in bars(np.array([1.0], np.float32), "#123456", ["<b>"])
