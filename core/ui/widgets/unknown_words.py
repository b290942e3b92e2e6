"""Says when a text is none that the networks have learnt to read."""

from collections.abc import Container, Sequence

import streamlit as st

MOST = 0.5
"""From this share of unknown words on, the answer is a guess."""


def warn_of_unknown_words(words: Sequence[str], vocabulary: Container[str]) -> None:
    """Say that most words are new to the networks, where they are; signs and numbers do not count.

    Args:
        words: as the networks look them up.
        vocabulary: the words that they have learnt.
    """
    spelt = [word for word in words if any(char.isalpha() for char in word)]
    strange = sum(word not in vocabulary for word in spelt)
    if spelt and strange >= MOST * len(spelt):
        st.warning(
            f"**Most of these words are new to the networks** ({strange} of {len(spelt)}): another language, or no "
            "words at all? They answer all the same, because they always do. Believe them less.",
            icon=":material/translate:",
        )
