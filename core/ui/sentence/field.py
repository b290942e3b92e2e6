"""The text field, and sentences to begin with."""

from functools import partial

import streamlit as st

from core.data.text import MOST_CHARACTERS, MOST_WORDS, Sentence
from core.ui.components.typing.typing import typing_field
from core.ui.sentence.typed import ADDRESS, FIRST, Typed

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


def show_field(paper: Typed) -> Sentence:
    """Show the field with what stands beside it; return the sentence as it is read."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        with st.container(width="stretch"):
            typing_field(
                paper.text,
                key="sentence-field",
                version=paper.version,
                on_type=partial(paper.type, paper.version),
                label="Your sentence",
                help=f"Type, and the networks read along. English works best; up to {MOST_WORDS} words.",
                placeholder="Type a sentence, a film review for example",
                limit=MOST_CHARACTERS,
                address=ADDRESS,
            )
        with st.popover("Samples", icon=":material/format_quote:", help="Sentences that show something"):
            for number, sample in enumerate(SAMPLES):
                st.button(
                    sample,
                    key=f"sentence-sample-{number}",
                    on_click=paper.replace,
                    args=(sample,),
                    type="tertiary",
                    help="Read this sentence; Undo brings yours back.",
                )
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=paper.undo,
            disabled=not paper.before,
            key="sentence-undo",
            help="Bring back the sentence before the last sample or Clear.",
        )
        st.button(
            "Clear",
            icon=":material/backspace:",
            on_click=paper.replace,
            args=("",),
            disabled=not paper.text,
            key="sentence-clear",
            help="Empty the field; Undo brings the sentence back.",
        )
    sentence = paper.sentence
    if sentence.cut:
        st.caption(
            f":material/content_cut: Only the first {len(sentence.tokens)} words are read: "
            f"a sentence ends here after {MOST_WORDS} words or {MOST_CHARACTERS:,} characters."
        )
    return sentence
