"""Reading and writing letter by letter: torch's own layers and sums by hand are the oracles."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.shakespeare import ALPHABET, encode
from core.inspection.letters.writing import (
    CELLS,
    TextGenerator,
    card_of,
    entropy,
    network_of,
    read,
    softmax_at,
    top_letters,
)

TEXT = "ROMEO:\nO, she doth"


@pytest.mark.parametrize("cell", CELLS)
def test_a_reading_is_that_of_the_network(cell):
    reading = read(cell, TEXT)
    network = network_of(cell)
    letters = torch.from_numpy(encode("\n" + TEXT))[None]
    logits = network(letters)[0]
    np.testing.assert_allclose(reading.logits, logits.numpy(), atol=1e-5)
    loss = F.cross_entropy(logits[:-1], letters[0, 1:])
    assert reading.mean_surprise == pytest.approx(float(loss) / math.log(2), abs=1e-5)
    assert reading.perplexity == pytest.approx(math.exp(float(loss)), rel=1e-5)
    assert reading.states.shape == (len(TEXT) + 1, 192)
    np.testing.assert_allclose(reading.probabilities.sum(1), 1, atol=1e-5)
    assert reading.surprises[3] == pytest.approx(-math.log2(reading.probabilities[3, ALPHABET.index("E")]), rel=1e-5)


def test_no_letters_have_a_next_one_as_well():
    reading = read("lstm", "")
    assert reading.probabilities.shape == (1, 65)
    assert reading.mean_surprise == 0 and reading.perplexity == 1


def test_letters_do_not_know_what_comes_later():
    np.testing.assert_allclose(read("gru", TEXT).states[:8], read("gru", TEXT[:7]).states, atol=1e-5)


def test_heat_by_hand():
    logits = np.log(np.array([0.8, 0.2], np.float32))
    np.testing.assert_allclose(softmax_at(logits, 1.0), [0.8, 0.2], rtol=1e-5)
    np.testing.assert_allclose(softmax_at(logits, 0.5), [0.64 / 0.68, 0.04 / 0.68], rtol=1e-5)
    root = math.sqrt(0.8) + math.sqrt(0.2)
    np.testing.assert_allclose(softmax_at(logits, 2.0), [math.sqrt(0.8) / root, math.sqrt(0.2) / root], rtol=1e-5)


def test_entropy_by_hand():
    assert entropy(np.full(64, 1 / 64)) == pytest.approx(6)
    assert entropy(np.array([1.0, 0.0])) == 0
    assert top_letters(np.eye(65)[ALPHABET.index("q")], 2) == ["q", "\n"]


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_seed_writes_the_same_however_it_is_asked(cell):
    whole, pieces = TextGenerator(cell, TEXT, 0.8, 5, max_letters=40), TextGenerator(cell, TEXT, 0.8, 5, max_letters=40)
    assert len(whole.generate(1000)) == 40 and whole.done
    while not pieces.done:
        assert pieces.generate(7)
    assert pieces.written == whole.written
    assert pieces.generate(5) == ""
    other = TextGenerator(cell, TEXT, 0.8, 6, max_letters=40)
    other.generate(40)
    assert other.written != whole.written


def test_what_was_stopped_stays_so():
    writer = TextGenerator("lstm", "", 1.0, 0)
    writer.generate(3)
    writer.stopped = True
    assert writer.done and writer.generate(5) == "" and len(writer.written) == 3


@pytest.mark.parametrize("cell", CELLS)
def test_the_coldest_writer_takes_the_likeliest(cell):
    writer = TextGenerator(cell, TEXT, 0.001, 0, max_letters=12)
    writer.generate(12)
    for place in range(12):
        assert writer.written[place] == top_letters(read(cell, TEXT + writer.written[:place]).probabilities[-1], 1)[0]


def test_writers_draw_as_often_as_the_network_expects():
    chances = softmax_at(read("gru", "q").logits[-1], 2.0)
    drawn = np.zeros(65)
    for seed in range(300):
        drawn[ALPHABET.index(TextGenerator("gru", "q", 2.0, seed).generate(1))] += 1
    best = int(chances.argmax())
    spread = math.sqrt(300 * chances[best] * (1 - chances[best]))
    assert abs(drawn[best] - 300 * chances[best]) < 4 * spread + 1


@given(st.text(ALPHABET, max_size=30), st.sampled_from(CELLS))
def test_any_letters_are_read(text, cell):
    reading = read(cell, text)
    assert np.isfinite(reading.logits).all()
    assert len(reading.surprises) == len(text)
    assert (reading.surprises >= 0).all()


def test_the_cards_say_what_was_measured():
    for cell in CELLS:
        about = card_of(cell)
        bits = [value for name, value in about.figures.items() if "last tenth (111,539 letters)" in name]
        assert len(bits) == 1 and 1.5 < bits[0] < 2.6
        assert about.test.cases == 111_539 and about.test.accuracy > 0.45
