"""The list of words: what is known, how common it is, and what is never offered."""

from pathlib import Path

import numpy as np
import pytest

from core.data.text.spelling import ALPHABET, LONGEST
from core.data.text.word_list import LEAST, WORDS, WordList, shipped_words, write_word_list

SMALL = WordList(("cat", "cats", "i", "it's"), np.array([5, 4, 7, 6.5], np.float32), frozenset({"cats"}))


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_word_list(SMALL, tmp_path / "words.tsv.xz")
    read = shipped_words.__wrapped__(tmp_path / "words.tsv.xz")
    assert (read.words, read.never) == (SMALL.words, SMALL.never)
    np.testing.assert_allclose(read.zipf, SMALL.zipf)


def test_zipf_values_and_bits_by_hand() -> None:
    assert (SMALL.zipf_of("i"), SMALL.zipf_of("dog")) == (7, LEAST)
    np.testing.assert_allclose(SMALL.frequency_bits(["i", "cat"]), [-np.log2(1e-2), -np.log2(1e-4)])
    assert "cat" in SMALL and "ca" not in SMALL and "zebra" not in SMALL and 3 not in SMALL and len(SMALL) == 4


def test_what_belongs_to_a_known_word_is_known() -> None:
    assert all(map(SMALL.knows, ("cat", "cat's", "cats'", "it's")))
    assert not any(map(SMALL.knows, ("dog's", "'s", "'", "", "i'", "cat''")))


def test_the_list_that_the_app_carries() -> None:
    words = shipped_words()
    assert len(words) == len(set(words.words)) > 90_000
    assert list(words.words) == sorted(words.words)
    assert all(set(word) <= set(ALPHABET.letters) and 1 <= len(word) <= LONGEST for word in words.words)
    assert words.zipf.min() == LEAST and words.zipf_of("the") > 7.5 > words.zipf_of("network") > 4
    assert words.never < set(words.words)
    assert WORDS.stat().st_size < 400_000


@pytest.mark.parametrize(
    "text",
    [
        "cats pizza homework I a it January Tuesday London Paris Emma Liam Chloe Mohammed Aisha Khloe Lukas",
        "neighbor neighbour color colour favorite favourite mom mum math maths ok tv selfie smartphone podcast emoji",
        "walks walked walking bigger biggest happily teacher's teachers' don't wasn't couldn't I'm they're it's",
    ],
)
def test_right_words_are_known(text: str) -> None:
    assert not [word for word in text.lower().split() if not shipped_words().knows(word)]


def test_frequent_misspellings_are_not_known() -> None:
    wrong = "cant wont "
    wrong += "teh dont didnt isnt im ive doesnt wasnt alot recieve definately untill wierd becuase thier acommodate"
    assert not [word for word in wrong.split() if shipped_words().knows(word)]
