"""Read a sentence: three recurrent networks read along while somebody types, and can be taken apart."""

import streamlit as st

from core.ui.sections.sentence.attribution import show_mattering
from core.ui.sections.sentence.comparison import show_comparison
from core.ui.sections.sentence.field import show_field
from core.ui.sections.sentence.gates import show_gates
from core.ui.sections.sentence.hidden_states import show_hidden_states
from core.ui.sections.sentence.length import show_length
from core.ui.sections.sentence.next_word import show_following
from core.ui.sections.sentence.passages import show_passages
from core.ui.sections.sentence.prediction import show_prediction
from core.ui.sections.sentence.state import SENTENCE
from core.ui.sections.sentence.stepping import show_player
from core.ui.sections.sentence.trajectory import show_path
from core.ui.sections.sentence.unit import show_unit
from core.ui.widgets.cell_choice import choose_cell
from core.ui.widgets.sections import choose_section

st.markdown(
    "A recurrent network reads one word after the other and keeps what it has understood in a **hidden state**. "
    "Type, and watch three of them make up their minds: is this praise or blame?"
)

SECTIONS = {
    "What comes next": show_following,
    "Which words mattered": show_mattering,
    "One unit": show_unit,
    "Two sentences": show_comparison,
    "The path": show_path,
    "Find units": show_passages,
    "Any length": show_length,
}

state = SENTENCE.open()


@st.fragment
def reading() -> None:
    """Field and answers: all that changes with a key, and nothing else."""
    sentence = show_field(state)
    SENTENCE.keep(state)
    show_prediction(sentence)
    st.subheader("The hidden state, word by word")
    show_hidden_states(state, sentence)
    st.subheader("Step by step")
    choose_cell(
        state, "sentence-cell", "Which network is taken apart below. A click on a heatmap above chooses it as well."
    )
    show_player(state, sentence)
    st.subheader("Gates")
    show_gates(state, sentence)
    st.subheader("Look closer")
    name = choose_section(
        "Look closer",
        list(SECTIONS),
        key="sentence-look",
        help="Experiments with the sentence above. The address keeps your settings: copy it to share an experiment.",
    )
    SECTIONS[name](state, sentence)


reading()
