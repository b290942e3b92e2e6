"""Train networks that read sentences, and see what they make of the sentence above."""

import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import bar, swatch, table
from core.models.shipped import ARCHITECTURES
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.train_here import train_here
from core.ui.widgets.train_sentences import SENTENCES, own_verdicts


def show_training(_state: SentenceState, sentence: Sentence) -> None:
    """Show the controls, what was trained, and how it reads the sentence, in the container `own-readers`."""
    train_here(SENTENCES)
    rows = [
        [f"{swatch(colour_of(name))}Your {ARCHITECTURES[name].title}", percent(share) + bar(share, colour_of(name))]
        for name, share in own_verdicts(sentence.words).items()
    ]
    if rows:
        with st.container(key="own-readers"):
            st.html(table(["the sentence above", "positive"], rows))
