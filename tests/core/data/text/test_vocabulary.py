"""Words as numbers, and unknown ones as groups of letters."""

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.tokens import read_text
from core.data.text.vocabulary import (
    FIRST,
    GROUPS,
    MOST_PIECES,
    PADDING,
    UNKNOWN,
    Vocabulary,
    collect,
    shipped_vocabulary,
    write_vocabulary,
)

SMALL = Vocabulary(("the", "film", "n't"))
WORD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=20)


def number_of(group: str, words: int = 3) -> int:
    return 2 + words + zlib.crc32(group.encode()) % 2048


def test_numbers() -> None:
    assert (PADDING, UNKNOWN, FIRST) == (0, 1, 2)
    assert [SMALL.number(word) for word in ("the", "film", "n't", "cat", "The", "")] == [2, 3, 4, 1, 1, 1]
    assert "film" in SMALL and "cat" not in SMALL
    assert SMALL.size == 2 + 3 + 2048


def test_groups_of_letters_by_hand() -> None:
    assert SMALL.pieces("film") == (3,)
    assert SMALL.pieces("cat") == (1, *map(number_of, ("<cat", "cat>", "<ca", "cat", "at>")))
    assert SMALL.groups("a") == (number_of("<a>"),)
    assert SMALL.groups("aaaaaa") == tuple(map(number_of, ("<aaa", "aaaa", "aaa>", "<aa", "aaa", "aa>")))  # each once
    assert SMALL.groups("") == ()


def test_a_long_word_has_so_many_pieces_and_no_more() -> None:
    pieces = SMALL.pieces("incomprehensibilities")
    assert len(pieces) == MOST_PIECES
    assert pieces[:3] == (1, number_of("<inc"), number_of("inco"))


def test_sentences_are_filled_up() -> None:
    encoded = SMALL.encode([("the", "cat"), (), ("film", "n't", "the")])
    assert encoded.shape == (3, 3, MOST_PIECES) and encoded.dtype == np.int64
    assert encoded[0, 0].tolist() == [2] + [0] * 11
    assert tuple(encoded[0, 1, :6]) == SMALL.pieces("cat")
    assert not encoded[0, 1, 6:].any() and not encoded[0, 2].any() and not encoded[1].any()
    assert SMALL.numbers([("the", "cat"), ("film", "n't", "the")]).tolist() == [[2, 1, 0], [3, 4, 2]]
    assert SMALL.encode([]).shape == (0, 1, MOST_PIECES)
    assert SMALL.encode([()]).shape == (1, 1, MOST_PIECES)


def test_known_words_may_be_read_as_unknown_ones() -> None:
    encoded = SMALL.encode([("the", "cat")], as_unknown=True)
    for place, word in enumerate(("the", "cat")):
        pieces = (UNKNOWN, *SMALL.groups(word))
        assert tuple(encoded[0, place, : len(pieces)]) == pieces
        assert not encoded[0, place, len(pieces) :].any()


def test_frequent_words_come_first_and_equals_by_the_alphabet() -> None:
    sentences = [("b", "a", "c"), ("c", "a", "d"), ("c", "b", "e")]
    assert collect(sentences, at_least=2).words == ("c", "a", "b")
    assert collect(sentences, at_least=4).words == ()


@given(st.lists(WORD, unique=True, max_size=8))
def test_a_vocabulary_comes_back_from_its_file(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "vocabulary.txt"
    write_vocabulary(Vocabulary(tuple(words)), file)
    assert shipped_vocabulary.__wrapped__(file) == Vocabulary(tuple(words))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        shipped_vocabulary(tmp_path / "none")


def test_the_shipped_vocabulary() -> None:
    shipped = shipped_vocabulary()
    assert len(shipped.words) == len(set(shipped.words)) == 7000
    assert shipped.size == 7000 + 2 + GROUPS
    assert all(word in shipped for word in ("the", "not", "n't", "good", "bad", ",", "."))
    assert all(word and word == word.lower() and not word.isspace() for word in shipped.words)


@given(st.lists(st.lists(WORD | st.sampled_from(SMALL.words), max_size=5), max_size=4))
def test_every_number_is_in_the_table(sentences: list[list[str]]) -> None:
    for as_unknown in (False, True):
        encoded = SMALL.encode(sentences, as_unknown=as_unknown)
        assert encoded.min(initial=0) >= 0
        assert encoded.max(initial=0) < SMALL.size
        assert (encoded[..., 0] != PADDING).sum(1).tolist() == [len(words) for words in sentences]


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_can_be_encoded(text: str) -> None:
    words = read_text(text).words
    assert shipped_vocabulary().encode([words]).shape == (1, max(1, len(words)), MOST_PIECES)
