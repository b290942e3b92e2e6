"""Any text is brought to the letters that a network reads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.alphabet import Alphabet, Spelled
from core.data.text.surnames import ALPHABET as OF_NAMES

SMALL = Alphabet("abc'")


@given(st.text(max_size=60))
def test_any_text_can_be_encoded_once_it_is_spelled(text: str) -> None:
    spelled = OF_NAMES.spell(text)
    assert OF_NAMES.spell(spelled.letters) == Spelled(spelled.letters)
    encoded = OF_NAMES.encode([spelled.letters])
    assert encoded.shape == (1, max(1, len(spelled.letters)))
    assert not set(spelled.strange) & set(OF_NAMES.letters)


@pytest.mark.parametrize(
    ("text", "letters", "strange", "changed"),
    [
        ("O\u2019Néàl", "o'neal", (), True),
        ("Nguyễn", "nguyen", (), True),
        ("Łukaß", "lukass", (), True),
        ("  De  la\tCruz ", "de la cruz", (), False),
        ("Яков", "", tuple("яков"), False),
        ("R2D2", "rd", ("2",), False),
        ("a\u202e\x00b", "ab", (), False),
        ("", "", (), False),
    ],
)
def test_by_hand(text: str, letters: str, strange: tuple[str, ...], changed: bool) -> None:
    assert OF_NAMES.spell(text) == Spelled(letters, strange, changed)


def test_numbers_begin_at_one_and_words_are_filled_up() -> None:
    assert SMALL.size == 5
    np.testing.assert_array_equal(SMALL.encode(["ab", "", "c'a"]), [[1, 2, 0], [0, 0, 0], [3, 4, 1]])
    with pytest.raises(ValueError):
        SMALL.encode(["d"])
