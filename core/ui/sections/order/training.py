"""Train networks that read sentences, and see whether they tell the two above apart."""

import streamlit as st

from core.data.text.tokens import Sentence
from core.ui.widgets.sentence_tables import show_verdicts
from core.ui.widgets.train_here import train_here
from core.ui.widgets.train_sentences import SENTENCES, own_verdicts


def show_training(first: Sentence, second: Sentence) -> None:
    """Show the controls, what was trained, and how it reads both sentences, in the container `own-readers`."""
    train_here(SENTENCES)
    one, other = own_verdicts(first.words), own_verdicts(second.words)
    if one:
        with st.container(key="own-readers"):
            st.markdown("**Your networks on the two sentences above**")
            show_verdicts(one, other)
