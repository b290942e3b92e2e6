"""The text field, and sentences to begin with."""

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, MOST_WORDS, Sentence
from core.ui.sections.sentence.state import FIRST, SentenceState
from core.ui.widgets.text_field import Wording, show_text_field
from core.wording import counted

SAMPLES = (
    FIRST,
    "The food was bad, not good at all",
    "The quick brown fox jumps over the lazy dog",
    "This morning I took my cat for a walk",
    "Great!",
    "The acting is dull, but the story is wonderful",
    "The story is wonderful, but the acting is dull",
    "I expected a boring film and got a thrilling one",
    "It's not that I didn't like it, it's just that I have seen the same jokes told better, by funnier people, in a "
    "shorter film, and yet, when the lights went on, I was sorry that it was over",
    "Gloriously unwatchabel, a filmish nonsensification",
)
"""Sentences that show something: order, length, a late turn, words that nobody knows."""
_WORDING = Wording(
    noun="sentence",
    label="Your sentence",
    help=f"Type, and the networks read along. English works best; up to {MOST_WORDS} words.",
    placeholder="Type a sentence, a film review for example",
    samples=SAMPLES,
)


def show_field(state: SentenceState) -> Sentence:
    """Show the field with what stands beside it; return the sentence as it is read."""
    show_text_field(state, _WORDING, key="sentence", limit=MOST_CHARACTERS, address="text")
    sentence = state.sentence
    if sentence.cut:
        st.caption(
            f":material/content_cut: Only the first {counted(len(sentence.tokens), 'word is', 'words are')} read: "
            f"a sentence ends here after {MOST_WORDS} words or {MOST_CHARACTERS:,} characters."
        )
    return sentence
