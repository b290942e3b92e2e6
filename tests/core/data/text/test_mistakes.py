"""What mistakes cost: counted by hand, and as the app carries it."""

import math
from pathlib import Path

import pytest

from core.data.text.edits import edits
from core.data.text.mistakes import PRIOR, count_mistakes, shipped_mistakes, write_mistakes
from core.data.text.spelling import ALPHABET

PAIRS = [("cet", "cat"), ("ct", "cat"), ("caat", "cat"), ("act", "cat"), ("cat", "cat")]


def test_bits_are_shares_of_the_chances() -> None:
    counted = count_mistakes(PAIRS, "acet")
    chances = 5 * 3  # five times the word, each with three letters that could be changed
    rate = 1 / chances / 4
    assert counted.bits["change", "a", "e"] == pytest.approx(-math.log2((1 + PRIOR * rate) / (5 + PRIOR)), abs=0.01)
    assert counted.bits["change", "a", "c"] == pytest.approx(-math.log2(PRIOR * rate / (5 + PRIOR)), abs=0.01)
    left_out = counted.bits["delete", "c", "a"]
    assert left_out == pytest.approx(-math.log2((1 + PRIOR / chances) / (5 + PRIOR)), abs=0.01)
    assert counted.each(edits("ct", "cat")) == (0.0, left_out, 0.0)
    assert counted.total("cat", "cat") == 0
    assert counted.total("act", "cat") == counted.bits["swap", "c", "a"] < counted.bits["swap", "a", "t"]
    assert counted.total("caat", "cat") in (counted.bits["insert", "a", "a"], counted.bits["insert", "c", "a"])


def test_words_too_far_apart_are_not_counted() -> None:
    assert count_mistakes([*PAIRS, ("tttttt", "cat")], "acet") == count_mistakes(PAIRS, "acet")


def test_they_are_read_as_they_were_written(tmp_path: Path) -> None:
    counted = count_mistakes(PAIRS, "acet")
    write_mistakes(counted, tmp_path / "mistakes.tsv")
    assert shipped_mistakes.__wrapped__(tmp_path / "mistakes.tsv") == counted


def test_the_app_knows_which_letters_are_confused() -> None:
    bits = shipped_mistakes().bits
    assert bits["change", "e", "a"] < bits["change", "e", "k"]
    assert bits["delete", "m", "m"] < bits["delete", "a", "m"]
    letters = len(ALPHABET.letters)
    assert len(bits) == 2 * letters**2 + 2 * (letters + 1) * letters
    assert min(bits.values()) > 0
    for typed, right in (("qz", "zq"), ("'", "z"), ("zz", "z"), ("", "q")):
        assert shipped_mistakes().total(typed, right) > 0
