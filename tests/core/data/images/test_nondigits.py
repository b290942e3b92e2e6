import string

import numpy as np

from core.data.images.datasets import sample_digits
from core.data.images.nondigits import LETTERS, LOOKALIKES, fonts, nondigits, traced_digits


def test_the_same_seed_draws_the_same() -> None:
    images = sample_digits().images
    first, again = (nondigits(60, 5, images, held_out=False) for _ in range(2))
    assert list(first) == ["letters", "scribbles", "shapes", "noise", "pairs"]
    for kind, pictures in first.items():
        assert np.array_equal(pictures, again[kind])
        assert pictures.shape[1:] == (28, 28)
        assert (pictures.reshape(len(pictures), -1).max(1) == 1).all()
    assert len(first["letters"]) == 30


def test_letters_and_fonts_for_measuring_are_not_those_for_training() -> None:
    assert not set(fonts(held_out=True)) & set(fonts(held_out=False))
    assert len(fonts(held_out=True)) >= 4
    assert set(LETTERS) | LOOKALIKES == set(string.ascii_letters)


def test_traced_digits_are_prepared_digits() -> None:
    traced = traced_digits(9, 0, sample_digits().images)
    assert traced.shape == (9, 28, 28)
    assert traced.max() == 1
