"""Says when a text is none that the networks have learnt to read."""

from collections.abc import Container, Sequence

import streamlit as st

MOST = 0.5
"""From this share of unknown words on, the answer is a guess."""


_WHICH = ("the first", "the second")


def warn_of_unknown_words(vocabulary: Container[str], *sentences: Sequence[str]) -> None:
    """Say of which sentences most words are new to the networks; signs and numbers do not count.

    Args:
        vocabulary: the words that they have learnt.
        sentences: one or two on a page, as words that the networks look up.
    """
    spelt = [[word for word in words if any(char.isalpha() for char in word)] for words in sentences]
    new = [sum(word not in vocabulary for word in words) for words in spelt]
    strange = [number for number, words in enumerate(spelt) if words and new[number] >= MOST * len(words)]
    if not strange:
        return
    which = "these words" if len(strange) == len(sentences) else f"the words of {_WHICH[strange[0]]} sentence"
    counts = " and ".join(f"{new[number]} of {len(spelt[number])}" for number in strange)
    st.warning(
        f"**Most of {which} are new to the networks** ({counts}): another language, or no "
        "words at all? They answer anyway, as they always do. Trust them less.",
        icon=":material/translate:",
    )
