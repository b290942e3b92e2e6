import numpy as np
import pytest
import torch

from core.api import classify
from core.data.images.datasets import held_out_digits, sample_digits
from core.inspection.images.families import FAMILIES, predict_by_family
from core.inspection.images.misclassified import misclassified, predicted_labels


def test_three_networks_read_one_digit() -> None:
    samples = sample_digits()
    pixels = samples.images[5] / 255
    readings = predict_by_family(pixels)
    assert tuple(reading.name for reading in readings) == FAMILIES
    for reading in readings:
        assert reading.probabilities.sum() == pytest.approx(1, abs=1e-5)
        assert np.allclose(torch.tensor(reading.logits).softmax(0).numpy(), reading.probabilities, atol=1e-6)
        assert reading.predicted == reading.logits.argmax()
        assert 0 < reading.milliseconds < 1000
    assert np.allclose(readings[0].probabilities, classify(pixels), atol=1e-6)


def test_the_sheet_of_samples_is_read_mostly_right() -> None:
    samples = sample_digits()
    first_twenty = np.concatenate([np.flatnonzero(samples.labels == digit)[:20] for digit in range(10)])
    for name in FAMILIES:
        assert (predicted_labels(name, samples.images[first_twenty]) == samples.labels[first_twenty]).mean() > 0.7


def test_misread_digits_are_misread() -> None:
    digits = held_out_digits()
    places = misclassified()
    assert places
    for place in places[:5]:
        assert predict_by_family(digits.images[place] / 255)[0].predicted != digits.labels[place]
