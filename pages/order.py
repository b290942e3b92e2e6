"""Order: two sentences of the same words, and who can tell them apart."""

from collections.abc import Callable

import streamlit as st

from core.data.text.tokens import Sentence
from core.data.text.vocabulary import shipped_vocabulary
from core.inspection.text.comparison import count_words
from core.inspection.text.reading import verdict
from core.inspection.text.word_order import READERS
from core.ui.sections.order.places import show_convolution, show_window
from core.ui.sections.order.scores import show_scores
from core.ui.sections.order.training import show_training
from core.ui.state.lesson import report
from core.ui.state.sentence_pair import SENTENCE_PAIR
from core.ui.widgets.sections import choose_section
from core.ui.widgets.sentence_pair import show_pair
from core.ui.widgets.sentence_tables import seen_pair, show_counts, show_verdicts
from core.ui.widgets.unknown_words import warn_of_unknown_words

st.markdown(
    "The same words in another order can mean the opposite. Who notices: somebody who counts words, somebody who looks "
    "through a small window, somebody who reads from left to right and remembers, or somebody who looks at all words "
    "at once?"
)

SECTIONS: dict[str, Callable[[Sentence, Sentence], None]] = {
    "Through a window": lambda first, _: show_window(first),
    "Through convolutions": lambda first, _: show_convolution(first),
    "Who can, who cannot": lambda *_: show_scores(),
    "Train it here": show_training,
}

pair = SENTENCE_PAIR.open()


@st.fragment
def reading() -> None:
    """Both fields and all answers."""
    first, second = show_pair(pair)
    if not (first.words and second.words):
        st.info(
            "Type two sentences above. 50\xa0% is shown where there are no words to judge.",
            icon=":material/info:",
        )
    warn_of_unknown_words(shipped_vocabulary(), first.words, second.words)
    said = [{name: verdict(name, one.words) for name in READERS} for one in (first, second)]
    counts = count_words(first.words, second.words)
    with st.container(key="prediction"):
        show_verdicts(*said)
    show_counts(counts)
    report(lambda: seen_pair(first, second, counts.same, *said))
    section = choose_section(
        "What to look at",
        list(SECTIONS),
        key="order-look",
        help="How two readers get at the order of words, and how well all of them do on many more pairs.",
    )
    SECTIONS[section](first, second)


reading()
