import itertools

import pytest
import torch

from core.inspection.text.reading import CELLS, reader
from core.inspection.text.reading_times import LENGTHS, measure_times, reader_size, repeat_to_length

FOOD = ("the", "food", "was", "good")


def test_a_sentence_is_cut_or_said_again():
    assert repeat_to_length(FOOD, 2) == ("the", "food")
    assert repeat_to_length(FOOD, 6) == (*FOOD, "the", "food")
    assert repeat_to_length(("great",), 200) == ("great",) * 200
    with pytest.raises(ValueError, match="without words"):
        repeat_to_length((), 3)


@pytest.mark.parametrize(("cell", "gates", "state"), [("rnn", 1, 24), ("gru", 3, 24), ("lstm", 4, 48)])
def test_the_size_is_that_of_the_formula(cell, gates, state):
    inputs, hidden = 64, 24
    found = reader_size(cell)
    assert found.parameters == gates * hidden * (inputs + hidden + 2) + 2 * (hidden + 1)
    assert found.state == state
    with torch.inference_mode():
        _, last = reader(cell).recurrent(torch.zeros(1, 3, inputs))
    assert sum(part.numel() for part in (last if cell == "lstm" else (last,))) == state


def test_the_time_is_the_median_of_what_the_clock_says():
    ticks = itertools.count()
    found = measure_times(FOOD, lengths=(1, 3), repeats=3, budget=1e9, clock=lambda: float(next(ticks)))
    assert found.milliseconds == dict.fromkeys(CELLS, (1000.0, 1000.0))  # a tick between both looks at the clock
    assert found.repeats == 3
    assert measure_times(FOOD, lengths=(1, 3), budget=5, clock=lambda: float(next(ticks))).repeats == 1


def test_two_hundred_words_take_longer_than_one():
    found = measure_times(FOOD, repeats=21, budget=20)  # enough for a median, whatever else this machine does
    assert found.lengths == LENGTHS and found.repeats == 21
    for cell in CELLS:
        assert found.milliseconds[cell][-1] > found.milliseconds[cell][0] > 0
