"""Batches of words as letters."""

import numpy as np
import torch

from core.data.text.letter_batches import IGNORED, letter_batches, next_letters

LETTERS = np.array([[3, 4, 0, 0], [5, 0, 0, 0], [1, 2, 3, 4]])


def test_what_follows_by_hand() -> None:
    read, wanted, lengths = next_letters(LETTERS)
    assert read.tolist() == [[0, 3, 4, 0, 0], [0, 5, 0, 0, 0], [0, 1, 2, 3, 4]]
    assert wanted.tolist() == [[3, 4, 0, IGNORED, IGNORED], [5, 0, *[IGNORED] * 3], [1, 2, 3, 4, 0]]
    assert lengths.tolist() == [3, 2, 5]


def test_every_word_comes_once_cut_to_the_longest() -> None:
    batches, steps = letter_batches(LETTERS, np.array([7, 8, 9]), np.array([2, 1, 4]), 1)
    met = {int(labels): words.tolist() for words, labels in batches(torch.Generator().manual_seed(0))}
    assert (steps, met) == (3, {7: [[3, 4]], 8: [[5]], 9: [[1, 2, 3, 4]]})


def test_words_come_as_often_as_they_weigh() -> None:
    many = np.repeat(LETTERS, [1, 1, 998], 0)
    weights = np.array([3.0, 1.0, *[0.0] * 998])
    batches, steps = letter_batches(many, many, np.full(1000, 4), 100, weights)
    drawn = torch.cat([words[:, 0] for words, _ in batches(torch.Generator().manual_seed(0))])
    assert steps == 10
    assert set(drawn.tolist()) == {3, 5}
    assert 0.7 < (drawn == 3).double().mean() < 0.8
