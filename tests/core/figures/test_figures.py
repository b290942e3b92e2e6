import numpy as np
import pytest

from core.figures.maps import GAP, SQUARE, columns_for, tile
from core.figures.palette import DIVERGING, PAPER, colour_grey, colour_signed, index_signed
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


def test_bars_keep_their_scale() -> None:
    option = bars(np.array([0.1, 0.9, 0.0], np.float32), "#123456")
    assert (option["xAxis"]["min"], option["xAxis"]["max"]) == (0, 100)
    assert option["yAxis"]["data"] == ["0", "1", "2"]
    values = option["series"][0]["data"]
    assert [value["value"] for value in values] == [10.0, 90.0, 0.0]
    assert [value["itemStyle"]["opacity"] for value in values] == [0.5, 1.0, 0.5]


def test_no_bar_is_rounded_up_to_a_certainty() -> None:
    option = bars(np.array([0.99999, 0.00001], np.float32), "#123456")
    assert option["series"][0]["data"][0]["value"] == 99.99
