import numpy as np
import pytest
import torch

from core.data.images.datasets import held_out_digits, sample_digits
from core.inspection.images.cnn import classify
from core.inspection.images.families import FAMILIES, read
from core.inspection.images.mistakes import answers, misread


def test_three_networks_read_one_digit() -> None:
    samples = sample_digits()
    pixels = samples.images[5] / 255
    readings = read(pixels)
    assert tuple(reading.name for reading in readings) == FAMILIES
    for reading in readings:
        assert reading.probabilities.sum() == pytest.approx(1, abs=1e-5)
        assert np.allclose(torch.tensor(reading.logits).softmax(0).numpy(), reading.probabilities, atol=1e-6)
        assert reading.answer == reading.logits.argmax()
        assert 0 < reading.milliseconds < 1000
    assert np.allclose(readings[0].probabilities, classify(pixels), atol=1e-6)


def test_the_sheet_of_samples_is_read_mostly_right() -> None:
    samples = sample_digits()
    first_twenty = np.concatenate([np.flatnonzero(samples.labels == digit)[:20] for digit in range(10)])
    for name in FAMILIES:
        assert (answers(name, samples.images[first_twenty]) == samples.labels[first_twenty]).mean() > 0.7


def test_misread_digits_are_misread() -> None:
    digits = held_out_digits()
    places = misread()
    assert places
    for place in places[:5]:
        assert read(digits.images[place] / 255)[0].answer != digits.labels[place]
