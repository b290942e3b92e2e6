"""Translate: numbers in words from one language into another, without attention, with it, and by a Transformer."""

from functools import partial

import streamlit as st

from core.ui.sections.translate.alignment import show_alignment
from core.ui.sections.translate.answers import show_answers
from core.ui.sections.translate.decoding import show_decoding
from core.ui.sections.translate.field import explain, offer, show_field, what_is_wrong
from core.ui.sections.translate.longer import show_longer
from core.ui.sections.translate.look import look_at
from core.ui.sections.translate.scores import show_scores
from core.ui.sections.translate.state import TRANSLATE
from core.ui.sections.translate.training import show_training
from core.ui.state.lesson import report
from core.ui.widgets.sections import choose_section

st.markdown(
    "An **encoder** reads a number in words, a **decoder** writes it in another language. The plain GRU has to squeeze "
    "all it has read into one state; with **attention**, the decoder looks back at every word before it writes."
)

SECTIONS = ("Where it looks", "Word by word", "How good is it", "Longer numbers", "Train it here")

state = TRANSLATE.open()


@st.fragment
def translating() -> None:
    """Field and answers: all that changes with a key, and nothing else."""
    show_field(state)
    read, problem = state.read()
    TRANSLATE.keep(state)
    look = look_at(read, state.source, state.target) if read is not None else None
    if look is None and problem is not None:
        explain(state, problem)
    elif look is not None and problem is not None:
        show_answers(look, what_is_wrong(state, problem), partial(offer, state, problem))
    elif look is not None:
        show_answers(look)
        report(look.seen)
    section = choose_section(
        "What to look at", SECTIONS, key="translate-look", help="Every section looks at the number above."
    )
    if section == "Train it here":
        show_training(look)
    elif section == "How good is it":
        show_scores(look)
    elif section == "Longer numbers":
        show_longer(look, state)
    elif look is None:
        st.caption("As soon as there is a number above, its translations can be looked into here.")
    elif section == "Word by word":
        show_decoding(look)
    else:
        show_alignment(look)


translating()
