import numpy as np
import pytest
import torch

from core.data.images.datasets import digits, sample_digits
from core.data.images.digits import Prepared, prepare
from core.data.images.nondigits import LETTERS, fonts, letter, noise, scribble
from core.data.pen.hands import hands
from core.inspection.images.families import predict_by_family
from core.inspection.images.recognition import DETECTOR, Recognition, detector_card, digit_margin, recognise
from core.models.shipped import load_shipped
from tests.support.handwriting import HANDS, draw, place


def verdict(prepared: Prepared) -> Recognition:
    return recognise(prepared, predict_by_family(prepared.pixels)[0].probabilities)


def test_an_empty_sheet_asks_for_a_drawing() -> None:
    answer = verdict(prepare(np.zeros((280, 280))))
    assert answer.digit is None
    assert "draw a digit" in answer.reason


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("digit", range(10))
def test_drawn_digits_are_recognised_in_every_hand_and_size(hand: str, digit: int) -> None:
    for brush, width, height in ((14, 70, 100), (20, 130, 190), (24, 150, 220)):
        answer = verdict(prepare(draw(place(HANDS[hand][digit], 40, 30, width, height), brush), "light"))
        assert answer.digit == digit
        assert answer.reason == ""


@pytest.mark.parametrize("brush", [1, 2, 6, 20, 36])
def test_people_are_read_whatever_the_width_of_their_pen(brush: int) -> None:
    """Hands that no network learnt from; measured: with a pen of 1 pixel 3 of 172 are misread by the CNN, 6 refused."""
    prepared = []
    for character in hands():
        strokes = [[(x, y) for x, y in stroke.tolist()] for stroke in character.strokes]
        prepared.append(prepare(draw(place(strokes, 42, 42, 196, 196), brush), "light").pixels)
    right = [predict_by_family(pixels)[0].predicted for pixels in prepared]
    wrong = sum(said != int(character.label) for said, character in zip(right, hands(), strict=True))
    refused = sum(digit_margin(pixels) < 0 for pixels in prepared)
    print(f"a pen of {brush} pixels: {wrong} of {len(prepared)} misread, {refused} refused")
    assert wrong <= 0.05 * len(prepared)
    assert refused <= 0.05 * len(prepared)


def test_a_dot_a_block_and_a_spray_are_refused_with_their_reason() -> None:
    dot = draw([[(140.0, 140.0), (141.0, 141.0)]], 20)
    block = np.zeros((280, 280), np.uint8)
    block[60:220, 60:220] = 255
    assert "only a dot" in verdict(prepare(dot, "light")).reason
    assert "filled block" in verdict(prepare(block, "light")).reason
    refused = verdict(prepare(noise(np.random.default_rng(1)), "light"))
    assert refused.digit is None
    assert "separate pieces" in refused.reason
    assert "Forced to choose" in refused.reason


def test_letters_in_fonts_never_trained_on_are_refused() -> None:
    draw_at_random, files = np.random.default_rng(8), fonts(held_out=True)
    made = [prepare(letter(draw_at_random, LETTERS, files), "light") for _ in range(150)]
    assert np.mean([digit_margin(prepared.pixels) < 0 for prepared in made]) > 0.93


def test_most_scribbles_are_refused() -> None:
    draw_at_random = np.random.default_rng(9)
    made = [prepare(scribble(draw_at_random), "light") for _ in range(100)]
    assert np.mean([digit_margin(prepared.pixels) < 0 for prepared in made]) > 0.6


def test_samples_are_accepted() -> None:
    accepted = [digit_margin(image / 255) >= 0 for image in sample_digits().images]
    assert np.mean(accepted) > 0.9  # the sheet holds every digit that the CNN misreads


def test_at_most_one_percent_of_the_test_digits_is_refused() -> None:
    images = torch.from_numpy(digits("test").images.copy()).unsqueeze(1) / 255
    with torch.inference_mode():
        logits = load_shipped(DETECTOR).network(images)[:, 0]
    stated = detector_card()
    accepted = int((logits >= stated.threshold).sum())
    assert 1 - accepted / len(images) <= 0.01
    assert abs(accepted - stated.test.correct) <= 1
    assert digit_margin(images[3, 0]) == pytest.approx(float(logits[3]) - stated.threshold, abs=1e-4)
