"""Any text as letters of the plays, and the plays cut into parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sources import NotHere, folder_of
from core.data.text import shakespeare
from core.data.text.shakespeare import (
    ALPHABET,
    MOST_LETTERS,
    PARTS,
    decode,
    describe,
    encode,
    part,
    plays,
    read_letters,
)

KNOWN = "First Citizen:\nWe know't, we know't; 3 & $ - ok? No!\n"


@pytest.fixture
def small_plays(monkeypatch, tmp_path):
    """Two thousand letters in place of the plays."""
    folder = tmp_path / "data" / "tinyshakespeare"
    folder.mkdir(parents=True)
    (folder / "input.txt").write_text("ab\n\nJULIET:\nO Romeo" * 100 + "xy", encoding="ascii")
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "data"))
    plays.cache_clear()
    yield folder
    plays.cache_clear()


def test_what_the_plays_have_is_read_as_it_is():
    letters = read_letters(KNOWN)
    assert letters.text == KNOWN
    assert not letters.replaced and not letters.cut
    assert len(ALPHABET) == len(set(ALPHABET)) == 65


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("\u00e9", "e"),
        ("e\u0301", "e"),
        ("\u00c5", "A"),
        ("7", "3"),
        ("\u0667", " "),
        ("\u201c", "'"),
        ('"', "'"),
        ("\u2014", "-"),
        ("(", ","),
        ("\u00df", "s"),
        ("\ufb01", "f"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", "A"),
        ("\U0001f600", " "),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467", " "),
        ("\u05e9", " "),
        ("%", " "),
    ],
    ids=ascii,
)
def test_what_they_do_not_have_is_read_as_something_near(shown, read):
    letters = read_letters(shown)
    assert letters.text == read
    assert len(letters.replaced) == 1


def test_lines_and_blanks_of_all_kinds():
    assert read_letters("a\r\nb\rc\u2028d\te\u00a0f").text == "a\nb\nc\nd e f"
    assert read_letters("\x00\x07a\u202eb\ud800").text == "ab"
    assert read_letters("").letters == ()


def test_long_texts_are_cut():
    assert not read_letters("a" * MOST_LETTERS).cut
    assert read_letters("a" * (MOST_LETTERS + 1)).cut
    assert len(read_letters("e\u0301" * 10_000).letters) == MOST_LETTERS
    assert len(read_letters("Z" + "\u0335" * 10_000).letters) == 1


@given(st.text(max_size=200))
def test_any_text_is_letters_of_the_alphabet(text):
    letters = read_letters(text)
    assert set(letters.text) <= set(ALPHABET)
    assert len(letters.text) == len(letters.letters) <= len(text)
    assert read_letters(letters.text).text == letters.text
    assert decode(encode(letters.text)) == letters.text


def test_the_parts_are_the_text(small_plays):
    assert "".join(part(name) for name in PARTS) == plays()
    assert [len(part(name)) for name in PARTS] == [1617, 95, 190]
    assert describe("test") == "tinyshakespeare, the last tenth (190 letters)"


def test_a_file_that_is_another_one_is_refused(small_plays):
    (small_plays / "input.txt").write_text("{}", encoding="ascii")
    with pytest.raises(NotHere, match="not the text"):
        plays()
    (small_plays / "input.txt").write_bytes(b"\xff")
    with pytest.raises(NotHere, match="cannot be read"):
        plays()


def test_without_the_text_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    plays.cache_clear()
    with pytest.raises(NotHere, match="not been downloaded"):
        plays()


@pytest.mark.skipif(folder_of(shakespeare.NAME) is None, reason="the plays are not here")
def test_the_alphabet_is_that_of_the_plays():
    plays.cache_clear()
    assert "".join(sorted(set(plays()))) == ALPHABET
    assert np.bincount(encode(plays())).min() >= 1
