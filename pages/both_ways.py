"""Before and after: a person or a place? Who knows what follows, and who does not."""

import streamlit as st

from core.data.text.entities import tagging_vocabulary
from core.ui.plain_text import plain
from core.ui.sections.both_ways.fields import TAGGING, show_fields
from core.ui.sections.both_ways.revealing import show_revealing
from core.ui.sections.both_ways.scores import show_scores
from core.ui.sections.both_ways.tags import offer_table, show_tags
from core.ui.sections.both_ways.training import show_training
from core.ui.sections.both_ways.word import show_word
from core.ui.widgets.sections import choose_section
from core.ui.widgets.unknown_words import warn_of_unknown_words

st.markdown(
    "Is *Roosevelt* a person or a place? Sometimes the words before tell, sometimes only those **after**. One LSTM "
    "reads from left to right; the other is two LSTMs, one from each end. Click a word to see what each knew there."
)

SECTIONS = ("One word", "As it is uncovered", "Who is right how often", "Train it here")

state = TAGGING.open()


@st.fragment
def reading() -> None:
    """Both fields and all answers."""
    sentences = show_fields(state)
    warn_of_unknown_words(tagging_vocabulary(), *(sentence.words for sentence in sentences))
    selected = state.selected(sentences)
    with st.container(key="prediction"):
        for number, sentence in enumerate(sentences):
            chosen = selected[1] if selected and selected[0] == number else None
            show_tags(state, number, sentence, chosen, state.address(selected))
    section = choose_section(
        "What to look at",
        SECTIONS,
        key="both-ways-look",
        help="The word that is chosen above, many names, or readers of your own. The address keeps your choice.",
    )
    if section == "Who is right how often":
        show_scores()
    elif section == "Train it here":
        show_training(sentences)
    elif selected is not None:
        number, at = selected
        word = plain(sentences[number].tokens[at].text)
        if section == "One word":
            st.header(f"What did each reader know at “{word}”?")
            show_word(sentences, number, at)
        else:
            st.header(f"“{word}” as the words after it are uncovered")
            show_revealing(sentences[number], at)
            offer_table(sentences)


reading()
