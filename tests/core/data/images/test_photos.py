"""Photographs reduced until every pixel can be seen."""

import numpy as np

from core.data.images.photos import PHOTO_SIDE, TOY, grey_photo, in_hundredths


def rgba(height, width, colour):
    return np.full((height, width, 4), colour, np.uint8)


def test_photos_are_reduced_with_their_proportions():
    assert grey_photo(rgba(480, 640, (255, 0, 0, 255))).shape == (72, PHOTO_SIDE)
    assert grey_photo(rgba(1024, 2, (0, 0, 0, 255))).shape == (PHOTO_SIDE, 1)
    assert grey_photo(rgba(20, 30, (0, 0, 0, 255))).shape == (20, 30)


def test_brightness_is_between_black_and_white_and_transparent_is_white():
    assert grey_photo(rgba(4, 4, (0, 0, 0, 255))).max() == 0
    assert grey_photo(rgba(4, 4, (255, 255, 255, 255))).min() == 1
    assert grey_photo(rgba(4, 4, (0, 0, 0, 0))).min() == 1


def test_hundredths():
    assert in_hundredths(np.array([[0.123, 0.996]], np.float32)).tolist() == [[0.12, 1.0]]
    assert TOY.shape == (7, 7)
