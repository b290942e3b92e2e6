"""Which words counted for the answer, by every method of the registry, as coloured words."""

from html import escape

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.palette import colour_of, colour_signed, ink_on
from core.inspection.attribution import Attribution
from core.inspection.text.attribution import WORD_METHODS, network_of
from core.inspection.text.reading import READERS
from core.models.shipped import ARCHITECTURES
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.sentence_words import EMPTY, words_of

_STYLE = """<style>
.mattering { display: flex; flex-wrap: wrap; gap: .3rem; max-height: 21rem; overflow-y: auto; padding: .1rem; }
.mattering span { display: inline-flex; flex-direction: column; align-items: center; min-width: 3.1rem;
  padding: .2rem .45rem .1rem; border-radius: .35rem; border: 1px solid #8a949e66; line-height: 1.2;
  overflow-wrap: anywhere; }
.mattering b { font-weight: 600; font-size: 1.05rem; }
.mattering .new b { border-bottom: 2px dotted currentColor; }
.mattering small { font-size: .78rem; font-variant-numeric: tabular-nums; }
</style>"""
_PLAIN = 0.5  # a scale never ends below it, or words without influence would be coloured as well
_POSITIVE = 1  # the class whose score is shared out


def show_mattering(state: SentenceState, sentence: Sentence) -> None:
    """Show how much every word counts for the answer of a network, method by method."""
    titles = {ARCHITECTURES[name].title: name for name in READERS}
    start = ARCHITECTURES[f"sentence-{state.cell}"].title
    asked = st.segmented_control(
        "Whose answer",
        list(titles),
        default=start,
        required=True,
        key="sentence-mattering",
        bind="query-params",
        wrap=True,
        help="The network whose answer is divided among the words.",
    )
    name = titles.get(str(asked), titles[start])
    if not sentence.tokens:
        st.info(EMPTY, icon=":material/info:")
        return
    found = {method: method.attribute(network_of(name), sentence.words, _POSITIVE) for method in WORD_METHODS}
    trusted = [one for one in found.values() if not one.warning]  # values that explode would make all others pale
    limit = max([_PLAIN, *(float(np.abs(one.values).max()) for one in trusted)])
    score = next(iter(found.values())).score
    st.html(
        f'<div><b style="border-bottom:4px solid {colour_of(name)}">{escape(ARCHITECTURES[name].title)}</b>: its '
        f"logit of positive minus negative is <b>{score:+.2f}</b>; above zero it says positive. "
        "Red words count for positive, blue ones against it.</div>"
    )
    for method, one in found.items():
        st.markdown(f"**{method.title}**: {method.measures}")
        show_words(sentence, one, limit, f"sentence-{method.title.lower().replace(' ', '-')}")
        st.caption(f"{one.note} Weakness: {method.weakness[0].lower()}{method.weakness[1:]} ({method.source})".strip())
        if one.warning:
            st.warning(one.warning, icon=":material/warning:")


def show_words(sentence: Sentence, attribution: Attribution, limit: float, key: str) -> None:
    """Show all words, coloured, with their numbers."""
    colours = colour_signed(attribution.values, limit)
    pieces = []
    for word, value, colour in zip(words_of(sentence), attribution.values.tolist(), colours.tolist(), strict=True):
        red, green, blue = colour
        said = escape(f"{word.text}: {value:+.3f}{'' if word.known else ', not in the vocabulary'}")
        pieces.append(
            f'<span{"" if word.known else " class=new"} title="{said}" style="background:rgb({red},{green},{blue});'
            f'color:{ink_on(colour)}"><b>{escape(word.text)}</b><small>{round(value, 2) or 0.0:+.2f}</small></span>'
        )
    with st.container(key=key):
        st.html(f'{_STYLE}<div class="mattering" tabindex="0">{"".join(pieces)}</div>')
