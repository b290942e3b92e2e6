"""How well drawings and photographs are prepared, and how long that and the reading take."""

import time

import numpy as np
import pytest
from PIL import Image, ImageFilter

from core.data.images.datasets import digits
from core.data.images.digits import prepare
from core.data.images.pictures import decode_data_url, encode_data_url
from core.figures.maps import tile
from core.inspection.images.families import predict_by_family, warm_up
from core.inspection.images.forward import digit_cnn_layers
from core.inspection.images.misclassified import predicted_labels
from core.inspection.images.recognition import recognise
from core.ui.components.encoding import pixels_of
from tests.support.handwriting import ROUND, draw, place
from tests.support.machine import slowness_of_core

pytestmark = pytest.mark.benchmark


def enlarged(digit: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A digit of MNIST on a canvas of 280x280: at a random place, 60 to 260 pixels large, hard or soft strokes."""
    size = int(random.integers(60, 261))
    picture = Image.fromarray(digit).resize((size, size), Image.Resampling.BICUBIC)
    if random.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0, size / 60)))
    strokes = np.asarray(picture) / 255
    if random.random() < 0.5:
        softness = random.uniform(0.05, 0.5)
        strokes = ((strokes - 0.5) / softness + 0.5).clip(0, 1)
    canvas = np.zeros((280, 280, 4), np.uint8)
    canvas[..., 3] = 255
    left, top = random.integers(0, 280 - size + 1, 2)
    canvas[top : top + size, left : left + size, :3] = (strokes[..., None] * 255).astype(np.uint8)
    return canvas


@pytest.mark.timeout(300)
@pytest.mark.long
def test_enlarged_test_digits_are_still_read() -> None:
    test, random = digits("test"), np.random.default_rng(0)
    chosen = random.choice(len(test), 3000, replace=False)
    prepared = np.stack([prepare(enlarged(test.images[place], random)).pixels for place in chosen])
    as_they_are = (predicted_labels("digit-cnn", test.images[chosen]) == test.labels[chosen]).mean()
    on_a_canvas = (predicted_labels("digit-cnn", (prepared * 255).astype(np.uint8)) == test.labels[chosen]).mean()
    print(f"\nCNN on 3,000 test digits: {as_they_are:.2%} as they are, {on_a_canvas:.2%} enlarged and prepared again")
    assert on_a_canvas >= 0.99


def test_the_python_part_of_a_stroke_takes_at_most_20_ms() -> None:
    warm_up()
    url = encode_data_url(draw(place(ROUND[3], 60, 40, 130, 190), 20))
    seconds, alone = [], []
    for _ in range(40):
        slow = slowness_of_core()
        begun = time.perf_counter()
        prepared = prepare(decode_data_url(url), "light")
        readings = predict_by_family(prepared.pixels)
        recognise(prepared, readings[0].probabilities)
        for layer in digit_cnn_layers(prepared.pixels):
            pixels_of(tile(layer.output))  # the browser paints them
        seconds.append(time.perf_counter() - begun)
        alone.append(seconds[-1] / slow)
    median, unloaded = float(np.median(seconds)) * 1000, float(np.median(alone)) * 1000
    print(
        f"\npreparing, reading three times, judging, and writing every feature map: {median:.1f} ms (median of 40), "
        f"{unloaded:.1f} ms with the core for itself"
    )
    assert unloaded <= 20
