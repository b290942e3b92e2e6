"""What the player is sent: packets that are small, known by a checksum, and complete."""

import base64
from dataclasses import replace

import numpy as np
import pytest

from core.models.cells import CELLS
from core.ui.components.player.player import _message
from tests.support.sentences import HIDDEN, WIDTH, Cell, read

WORDS = ("not", "bad", "at", "all")
BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}


def numbers(packet: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packet["data"]), "<f4")


@pytest.mark.parametrize("cell", CELLS)
def test_the_packets_hold_every_number_in_order(cell: Cell) -> None:
    played = read(cell, WORDS)
    sent = _message(played, unit=3, word=None)
    weights = [played.weight_ih, played.weight_hh, played.bias_ih, played.bias_hh]
    assert np.array_equal(numbers(sent["weights"]), np.concatenate([part.ravel() for part in weights]))
    assert len(numbers(sent["weights"])) == BLOCKS[cell] * HIDDEN * (WIDTH + HIDDEN + 2)
    sentence = [played.inputs, played.verdicts, played.states]
    if played.cells is not None:
        sentence.append(played.cells)
    assert np.array_equal(numbers(sent["sentence"]), np.concatenate([part.ravel() for part in sentence]))


def test_a_checksum_changes_with_its_numbers_only() -> None:
    first, longer = read("gru", WORDS), read("gru", (*WORDS, "indeed"))
    one, other = _message(first, 0, None), _message(longer, 0, None)
    assert one["weights"]["sum"] == other["weights"]["sum"]
    assert one["sentence"]["sum"] != other["sentence"]["sum"]
    assert one == _message(read("gru", WORDS), 0, None)


def test_arrays_may_lie_anyhow_in_memory() -> None:
    played = read("rnn", WORDS)
    turned = replace(played, weight_ih=np.asfortranarray(played.weight_ih), inputs=played.inputs.astype(np.float64))
    assert _message(turned, 0, None) == _message(played, 0, None)


def test_a_sentence_without_words_is_a_sentence() -> None:
    sent = _message(read("lstm", ()), 0, None)
    assert sent["words"] == []
    assert len(numbers(sent["sentence"])) == 1 + 2 * HIDDEN


def test_arrays_that_do_not_belong_together_are_named() -> None:
    played = read("lstm", WORDS)
    with pytest.raises(ValueError, match="states has the shape"):
        replace(played, states=played.states[1:])
    with pytest.raises(ValueError, match="bias_hh has the shape"):
        replace(played, bias_hh=played.bias_hh[:-1])
    with pytest.raises(ValueError, match="cell state"):
        replace(played, cells=None)
    with pytest.raises(ValueError, match="cell state"):
        replace(read("gru", WORDS), cells=played.cells)
