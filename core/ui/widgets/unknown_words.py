"""Says when a text is none that the networks have learnt to read."""

from collections.abc import Sequence

import streamlit as st

from core.data.text.vocabulary import Vocabulary

MANY = 0.5
"""From this share of unknown words on, the answer is a guess."""


_WHICH = ("the first", "the second")


def warn_of_unknown_words(vocabulary: Vocabulary, *sentences: Sequence[str]) -> None:
    """Say of which sentences half of the words or more are new to the networks; signs and numbers do not count.

    Nor is the last word new as long as a known one begins like it: it may still be being typed, and what stands below
    would move down and up again with every word.

    Args:
        vocabulary: the words that they have learnt.
        sentences: one or two on a page, as words that the networks look up.
    """
    spelt = [[word for word in words if any(char.isalpha() for char in word)] for words in sentences]
    new = [_count_new(vocabulary, words) for words in spelt]
    strange = [number for number, words in enumerate(spelt) if words and new[number] >= MANY * len(words)]
    if not strange:
        return
    which = "these words" if len(strange) == len(sentences) else f"the words of {_WHICH[strange[0]]} sentence"
    counts = " and ".join(f"{new[number]} of {len(spelt[number])}" for number in strange)
    st.warning(
        f"**Half or more of {which} are new to the networks** ({counts}): another language, or no "
        "words at all? They answer anyway, as they always do. Trust them less.",
        icon=":material/translate:",
    )


def _count_new(vocabulary: Vocabulary, words: Sequence[str]) -> int:
    new = [word not in vocabulary for word in words]
    if new and new[-1]:
        new[-1] = not vocabulary.begins(words[-1])
    return sum(new)
