"""Batches of sentences: every sentence once, little padding, and now and then a word that is read as unknown."""

import numpy as np
import pytest
import torch

from core.data.text.batches import ROWS, passage_batches, passage_rows, sentence_batches

PIECES = 3


def sentences(count: int, longest: int = 12, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pieces whose first number is the sentence's own, and the same as unknown words, which begin with 1."""
    lengths = np.random.default_rng(seed).integers(1, longest + 1, count)
    lengths[0] = longest
    pieces = np.zeros((count, longest, PIECES), np.int64)
    strange = np.zeros_like(pieces)
    for row, length in enumerate(lengths):
        pieces[row, :length, 0] = 100 + row
        strange[row, :length] = [1, 50 + row, 7]
    return pieces, strange


def epoch(batches, seed: int = 0) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return list(batches(torch.Generator().manual_seed(seed)))


@pytest.mark.parametrize(("count", "size"), [(60, 10), (64, 10), (9, 9), (1000, 10)])
def test_every_sentence_comes_once_in_an_epoch(count: int, size: int) -> None:
    pieces, strange = sentences(count)
    batches, steps = sentence_batches(pieces, strange, np.arange(count), size, 0.0)
    found = epoch(batches)
    assert len(found) == steps == count // size
    targets = torch.cat([answers for _, answers in found]).tolist()
    assert len(targets) == len(set(targets)) == steps * size  # what is left over comes in another epoch
    for words, answers in found:
        assert words.shape[0] == len(answers) == size
        for row, at in zip(words, answers.tolist(), strict=True):
            there = pieces[at, : words.shape[1]]
            assert np.array_equal(row.numpy(), there)
            assert not pieces[at, words.shape[1] :].any()


def test_padding_is_cut_and_like_lengths_come_together() -> None:
    pieces, strange = sentences(1000, longest=40)
    batches, _ = sentence_batches(pieces, strange, np.arange(1000), 10, 0.0)
    padding = places = 0
    for words, _ in epoch(batches):
        present = words[..., 0] != 0
        assert present[:, -1].any()  # the longest sentence fills its batch
        padding += int((~present).sum())
        places += present.numel()
    assert padding / places < 0.1
    assert (pieces[..., 0] == 0).mean() > 0.4


def test_targets_of_every_word_are_cut_with_their_words() -> None:
    pieces, strange = sentences(30)
    targets = np.concatenate([pieces[..., 0], np.zeros((30, 1), np.int64)], 1)
    batches, _ = sentence_batches(pieces, strange, targets, 5, 0.0)
    for words, answers in epoch(batches):
        assert answers.shape == (5, words.shape[1] + 1)
        assert torch.equal(answers[:, :-1], words[..., 0])


@pytest.mark.parametrize("share", [0.0, 0.15, 0.5, 1.0])
def test_so_many_words_are_read_as_unknown(share: float) -> None:
    pieces, strange = sentences(1000)
    batches, _ = sentence_batches(pieces, strange, np.arange(1000), 10, share)
    drawn = words_read = 0
    for words, answers in epoch(batches):
        present = words[..., 0] != 0
        unknown = words[..., 0] == 1
        drawn, words_read = drawn + int(unknown.sum()), words_read + int(present.sum())
        rows = answers.unsqueeze(1).expand(unknown.shape)
        assert torch.equal(words[unknown][:, 1], 50 + rows[unknown])  # all pieces of a word change together
        assert torch.equal(words[present & ~unknown][:, 0], 100 + rows[present & ~unknown])
    assert words_read == (pieces[..., 0] != 0).sum()
    assert drawn / words_read == pytest.approx(share, abs=0.02)


def test_the_same_seed_gives_the_same_batches_and_every_epoch_another_order() -> None:
    pieces, strange = sentences(100)
    batches, _ = sentence_batches(pieces, strange, np.arange(100), 10, 0.3)
    first, again, other = epoch(batches, 1), epoch(batches, 1), epoch(batches, 2)
    for one, same in zip(first, again, strict=True):
        assert torch.equal(one[0], same[0]) and torch.equal(one[1], same[1])
    assert [answers.tolist() for _, answers in first] != [answers.tolist() for _, answers in other]
    generator = torch.Generator().manual_seed(1)
    before, after = list(batches(generator)), list(batches(generator))
    assert [answers.tolist() for _, answers in before] != [answers.tolist() for _, answers in after]


def test_letters_come_with_the_ones_that_follow():
    letters = np.arange(100)
    epoch, steps = passage_batches(letters, 7, 3)
    assert steps == 4
    generator = torch.Generator().manual_seed(0)
    first, second = ([*epoch(generator)] for _ in range(2))
    for batches in (first, second):
        assert len(batches) == steps
        for inputs, targets in batches:
            assert inputs.shape == targets.shape == (3, 7)
            assert torch.equal(targets, inputs + 1)
        seen = torch.cat([inputs for inputs, _ in batches]).flatten()
        assert len(seen.unique()) == len(seen)
    assert not torch.equal(first[0][0], second[0][0])


def test_every_letter_comes_once_with_the_one_before_it():
    for count in (1, 3, 7, 7 * ROWS + 12):
        letters = np.arange(1, count + 1)
        batches = passage_rows(letters, 0, 7)
        assert sum(wanted.numel() for _, wanted in batches) == count
        for read, wanted in batches:
            assert torch.equal(read + 1, wanted)
            assert wanted.shape[0] <= ROWS and wanted.shape[1] <= 7
