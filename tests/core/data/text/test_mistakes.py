"""What mistakes cost: counted by hand, and as the app carries it."""

import math
from pathlib import Path

import pytest

from core.data.text.edits import edits
from core.data.text.mistakes import PRIOR, PRIOR_BESIDE, count_mistakes, shipped_mistakes, write_mistakes
from core.data.text.spelling import ALPHABET

PAIRS = [("cet", "cat"), ("ct", "cat"), ("caat", "cat"), ("act", "cat"), ("cat", "cat")]
WORDS = len(PAIRS)
LETTERS = len(ALPHABET.letters)


def mixed(made: int, before: float) -> float:
    """Bits of a mistake made so many times at one place of five words, and before that with a share."""
    coarse = (made + PRIOR * before) / (WORDS + PRIOR)
    return -math.log2((made + PRIOR_BESIDE * coarse) / (WORDS + PRIOR_BESIDE))


def test_bits_are_shares_of_the_chances() -> None:
    counted = count_mistakes(PAIRS)
    assert counted.chances == {"^ca": WORDS, "cat": WORDS, "at$": WORDS}
    each = 1 / (3 * WORDS)  # one change, and one letter left out, of three letters that could be
    assert counted.bits(("change", "cat", "e")) == pytest.approx(mixed(1, each / LETTERS))
    assert counted.bits(("change", "cat", "c")) == pytest.approx(mixed(0, each / LETTERS))
    left_out = counted.bits(("delete", "cat", ""))
    assert left_out == pytest.approx(mixed(1, each))
    assert counted.each(edits("ct", "cat")) == (0.0, left_out, 0.0)
    assert counted.total("cat", "cat") == 0
    between = 1 / (4 * WORDS) / LETTERS  # before, between and behind three letters
    put_in = counted.bits(("insert", "ca", "a")), counted.bits(("insert", "at", "a"))
    assert sorted(put_in) == pytest.approx(sorted((mixed(1, between), mixed(0, between))))
    assert counted.total("caat", "cat") == min(put_in)
    swapped = counted.bits(("swap", "ca", ""))
    assert swapped == pytest.approx(-math.log2((1 + PRIOR / (2 * WORDS)) / (WORDS + PRIOR)))
    assert counted.total("act", "cat") == swapped < counted.total("cta", "cat")


def test_beside_letters_that_were_never_seen_a_mistake_costs_what_it_costs_in_all() -> None:
    counted = count_mistakes(PAIRS)
    coarse = (1 + PRIOR / (3 * WORDS) / LETTERS) / (WORDS + PRIOR)
    assert counted.bits(("change", "zaz", "e")) == pytest.approx(-math.log2(coarse))


def test_words_too_far_apart_are_not_counted() -> None:
    assert count_mistakes([*PAIRS, ("tttttt", "cat")]) == count_mistakes(PAIRS)


def test_they_are_read_as_they_were_written(tmp_path: Path) -> None:
    counted = count_mistakes(PAIRS)
    write_mistakes(counted, tmp_path / "mistakes.tsv.xz")
    assert shipped_mistakes.__wrapped__(tmp_path / "mistakes.tsv.xz") == counted


def test_the_app_knows_which_letters_are_confused() -> None:
    known = shipped_mistakes()
    assert known.bits(("change", "rat", "e")) < known.bits(("change", "rat", "k"))
    assert known.bits(("delete", "mme", "")) < known.bits(("delete", "ame", ""))
    assert known.bits(("insert", "p$", "e")) < known.bits(("insert", "^p", "e")), "develope, but not edevelop"
    for typed, right in (("qz", "zq"), ("'", "z"), ("zz", "z"), ("", "q")):
        assert known.total(typed, right) > 0
