import json

import numpy as np

from core.figures.cells import cells
from core.figures.curves import Series, curves
from core.figures.enlarge import beside, boxed, crop, enlarge, over_digit
from core.figures.maps import tile
from core.figures.palette import SEQUENTIAL, index_signed

RANDOM = np.random.default_rng(0)


def test_a_mosaic_holds_every_map_in_its_place() -> None:
    maps = RANDOM.normal(size=(6, 4, 5)).astype(np.float32)
    picture = tile(maps, limit=3.0, columns=3)
    assert picture.shape == (2 * 5 - 1, 3 * 6 - 1)
    assert np.array_equal(picture[5:9, 6:11], index_signed(maps[4], 3.0))
    assert tile(np.zeros(7, np.float32), square=2, columns=4).shape == (5, 11)


def test_a_box_lies_around_its_pixels() -> None:
    picture = np.zeros((28, 28), np.uint8)
    large = boxed(picture, 8, 2, 3, 5, 7)
    inside = large[2 * 8 + 2 : 5 * 8 - 2, 3 * 8 + 2 : 7 * 8 - 2]
    assert not inside.any() and large[16, 24].any() and large[39, 55].any()
    large[16:40, 24:56] = 0
    assert not large.any()
    assert crop(picture, 0, 0, 3, 3, 112).shape == (112, 112, 3)
    assert beside(enlarge(picture, 4), np.zeros((112, 112, 3), np.uint8)).shape == (112, 232, 4)


def test_white_is_no_influence() -> None:
    nothing = over_digit(np.zeros((28, 28), np.float32), np.zeros((28, 28), np.float32), 0.0, 1)
    assert nothing.shape == (28, 28, 3) and nothing.min() > 240


def test_options_are_plain_json() -> None:
    values = RANDOM.random((17, 17), dtype=np.float32)
    option = cells(values, low=0, high=1, colours=list(SEQUENTIAL), names=("x", "y"), value_name="v", chosen=(2, 3))
    assert option["series"][0]["data"][2 * 17 + 3]["value"][:2] == [3, 2]
    lines = [Series("a", values[0], "#000000"), Series("b", values[1], "#111111", "dashed")]
    several = curves(range(17), lines, axis_name="x", value_name="y", mark=3, interval=2)
    named = curves(range(17), lines[:1], axis_name="x", value_name="y", labels=[str(n) for n in range(17)])
    for one in (option, several, named):
        json.dumps(one, allow_nan=False)
