"""Where the Transformer looks, beside what happens when a word is left out: they need not agree."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.text.tokens import Sentence
from core.figures.attended import attended
from core.figures.palette import colour_of
from core.figures.percent import percent
from core.inspection.text.attention import FEWEST, NAME, rank_correlation, sentence_attention
from core.inspection.text.attribution import leave_one_out, network_of
from core.models.shipped import card
from core.ui.sections.sentence.attribution import show_words
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.attention_head import choose_head
from core.ui.widgets.sentence_words import EMPTY


def show_attention(_: SentenceState, sentence: Sentence) -> None:
    """Show the class token's attention on the words, leave-one-out below it, and how far both agree."""
    if not sentence.tokens:
        st.info(EMPTY, icon=":material/info:")
        return
    weights = sentence_attention(sentence.words)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        shares, own = _choose(weights)
    top = sentence.tokens[int(shares.argmax())].text
    st.markdown(
        "**Attention**: how much the class token, which answers for the whole sentence, takes from each word. "
        f"It takes {percent(own, 0)} from itself."
    )
    with st.container(key="attention"):
        st.html(
            attended(
                [token.text for token in sentence.tokens],
                shares.tolist(),
                colour_of(NAME),
                f"Most attention goes to {top}: {percent(float(shares.max()))}.",
            )
        )
    influence = leave_one_out(network_of(NAME), sentence.words)
    st.markdown("**Leave one out**: how far the Transformer's logit of positive falls when the word is not there.")
    show_words(sentence, influence, max(0.5, float(np.abs(influence.values).max())), "sentence-attention-left-out")
    _compare(shares, influence.values)


def _choose(weights: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Show the controls; return the shares of the words (T,) that they choose, and that of the class token."""
    blocks, heads = weights.shape[:2]
    block = blocks
    if blocks > 1:
        block = st.segmented_control(
            "Block",
            list(range(1, blocks + 1)),
            default=blocks,
            required=True,
            key="sentence-block",
            bind="query-params",
            help="The blocks of the network, one after the other. Only the last one answers.",
        )
    head = choose_head(heads, "sentence-head")
    chosen = weights[int(block) - 1]
    row = chosen.mean(0) if head is None else chosen[head]
    return row[1:], float(row[0])


def _compare(shares: NDArray[np.float32], influence: NDArray[np.float32]) -> None:
    """Say how far attention agrees with leave-one-out, here and over many sentences."""
    here = rank_correlation(shares, influence)
    said = (
        f"The rank correlation of both, here: **{here:+.2f}**."
        if here is not None
        else f"A sentence of at least {FEWEST} words has a rank correlation."
    )
    measured = " ".join(f"{what[0].upper()}{what[1:]}: {value:+.2f}." for what, value in card(NAME).figures.items())
    st.markdown(f"{said} 1 would mean the same order of words, 0 that one says nothing about the other.")
    st.caption(
        f"{measured} Attention is not an explanation: it says where the network looks, not what it makes of what it "
        "finds. A word can get a lot of attention and change nothing, and what a word says also reaches the answer "
        "through its neighbours (Jain and Wallace, 2019; Wiegreffe and Pinter, 2019)."
    )
