"""Two sentences compared: the same words in another order, for example."""

import numpy as np
import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.inspection.text.comparison import count_words, state_difference, verdicts_by_network
from core.inspection.text.reading import VERDICTS, read
from core.models.cells import TITLES
from core.ui.components.strips.strips import Bars, Heat, Line, Track, Word, strips
from core.ui.sections.sentence.state import FIRST, SentenceState
from core.ui.state.controls import set_control
from core.ui.widgets.sentence_tables import show_counts, show_verdicts
from core.ui.widgets.sentence_words import EMPTY, words_of
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

SECOND = "The food was bad, not good at all"
_KEY = "sentence-other"


def show_comparison(state: SentenceState, sentence: Sentence) -> None:
    """Show the sentence above beside another one: counts, verdicts, states, and the difference of the states."""
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        given = st.text_input(
            "The other sentence",
            value=SECOND,
            key=_KEY,
            bind="query-params",
            max_chars=MOST_CHARACTERS,
            help="Compared with the sentence at the top of the page. Press Enter to read it.",
        )
    with right:
        st.button(
            "Two food sentences",
            key="sentence-food",
            on_click=_take_food,
            args=(state,),
            help="The same words in another order, with opposite meanings.",
            width="stretch",
        )
    other = read_text(str(given))
    if not sentence.tokens or not other.tokens:
        st.info("Two sentences are needed: one at the top of the page, one here.", icon=":material/info:")
        return
    show_counts(count_words(sentence.words, other.words))
    show_verdicts(verdicts_by_network(sentence.words), verdicts_by_network(other.words))
    _states(state, sentence, other)


def _take_food(state: SentenceState) -> None:
    state.replace(FIRST)
    set_control(_KEY, SECOND)


def _states(state: SentenceState, sentence: Sentence, other: Sentence) -> None:
    """Show the states of both, and how far they are apart, on the network that is looked into."""
    st.markdown(f"**Inside the {TITLES[state.cell]}**: the state after every word of either, and the difference")
    apart = state_difference(state.cell, sentence.words, other.words)
    together = apart.shape[1]
    shared = [
        Word(one.text if one.word == two.word else f"{one.text} / {two.text}")
        for one, two in zip(sentence.tokens, other.tokens, strict=False)
    ]
    gaps: list[Track] = [
        Bars("Verdicts apart, points", 100 * _verdict_gap(state, sentence, other, together), 100, signed=True),
        Heat("Difference of the states", apart, "signed", 2.0, name="state"),
    ]
    pictures = (
        ("This sentence", words_of(sentence), _tracks(state, sentence)),
        ("The other", words_of(other), _tracks(state, other)),
        ("The other minus this", shared, gaps),
    )
    for place, (title, words, tracks) in zip(side_by_side(3, key="compared", gap="small"), pictures, strict=True):
        with place:
            st.markdown(f"**{title}**")
            strips(words, tracks, key=f"compared-{title}", describe=f"{title}, word by word.", empty=EMPTY)
    if len(sentence.tokens) != len(other.tokens):
        st.caption(f"The difference is taken word by word as far as both go, over {counted(together, 'word')}.")


def _tracks(state: SentenceState, sentence: Sentence) -> list[Track]:
    reading = read(state.cell, sentence.words)
    return [
        Line("Verdict so far", reading.verdicts[1:], *VERDICTS),
        Heat("Hidden state", reading.states[1:].T, "signed", name="state"),
    ]


def _verdict_gap(state: SentenceState, sentence: Sentence, other: Sentence, together: int) -> np.ndarray:
    one, two = (read(state.cell, words).verdicts[1 : together + 1] for words in (sentence.words, other.words))
    return two - one
