"""Read a sentence: three recurrent networks read along while somebody types, and can be taken apart."""

import streamlit as st

from core.ui.sections.sentence.attention import show_attention
from core.ui.sections.sentence.attribution import show_mattering
from core.ui.sections.sentence.comparison import show_comparison
from core.ui.sections.sentence.field import SAMPLES, show_field
from core.ui.sections.sentence.gates import show_gates
from core.ui.sections.sentence.hidden_states import show_hidden_states
from core.ui.sections.sentence.length import show_length
from core.ui.sections.sentence.next_word import show_following
from core.ui.sections.sentence.passages import show_passages
from core.ui.sections.sentence.prediction import show_prediction
from core.ui.sections.sentence.state import SENTENCE
from core.ui.sections.sentence.stepping import show_player
from core.ui.sections.sentence.training import show_training
from core.ui.sections.sentence.trajectory import show_path
from core.ui.sections.sentence.unit import show_unit
from core.ui.widgets.cell_choice import choose_cell
from core.ui.widgets.sections import choose_section
from core.ui.widgets.share_sentence import share_sentence

st.markdown(
    "A recurrent network reads one word after another and keeps what it has understood in a **hidden state**. "
    "Type, and watch three of them make up their minds: is this praise or blame? A Transformer, which looks at all "
    "words at once, and four others read along."
)

SECTIONS = {
    "Hidden state": show_hidden_states,
    "Step by step": show_player,
    "Gates": show_gates,
    "What comes next": show_following,
    "Which words mattered": show_mattering,
    "Attention": show_attention,
    "One unit": show_unit,
    "Two sentences": show_comparison,
    "The path": show_path,
    "Find units": show_passages,
    "Any length": show_length,
    "Train it here": show_training,
}
ALL_NETWORKS = {
    "Hidden state",
    "What comes next",
    "Which words mattered",
    "Attention",
    "Train it here",
}  # these look into no single one

state = SENTENCE.open()


@st.fragment
def reading() -> None:
    """Field and answers: all that changes with a key, and nothing else."""
    sentence = show_field(state)
    SENTENCE.keep(state)
    show_prediction(sentence)
    share_sentence(sentence, state.text, SAMPLES)
    name = choose_section(
        "What to look at",
        list(SECTIONS),
        key="sentence-look",
        help="Every section looks at the sentence above. The address keeps your settings: copy it to share them.",
    )
    if name not in ALL_NETWORKS:
        choose_cell(state, "sentence-cell", "Which network to take apart. Clicking a heatmap also chooses it.")
    SECTIONS[name](state, sentence)


reading()
