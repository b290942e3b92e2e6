"""Which words mattered for the answer: two methods, as coloured words."""

from html import escape
from typing import get_args

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.palette import colour_of, colour_signed, ink_on
from core.inspection.text.attribution import Name, Shares, integrated_gradients, leave_one_out
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
_WRONG = 0.1  # of the rise: a wider gap makes the values of integrated gradients worthless


def show_mattering(state: SentenceState, sentence: Sentence) -> None:
    """Show what every word adds to the answer of a network, by leaving it out and by integrated gradients."""
    titles = {ARCHITECTURES[name].title: name for name in get_args(Name)}
    start = ARCHITECTURES[f"sentence-{state.cell}"].title
    asked = st.segmented_control(
        "Whose answer",
        list(titles),
        default=start,
        required=True,
        key="sentence-mattering",
        bind="query-params",
        wrap=True,
        help="The network whose answer is shared out among the words.",
    )
    name: Name = titles.get(str(asked), titles[start])
    if not sentence.tokens:
        st.info(EMPTY, icon=":material/info:")
        return
    left, integrated = leave_one_out(name, sentence.words), integrated_gradients(name, sentence.words)
    rise = integrated.whole - integrated.nothing
    wrong = abs(integrated.gap) > _WRONG * max(1.0, abs(rise))
    largest = [float(np.abs(one.values).max()) for one in (left, integrated)]
    limit = max(_PLAIN, largest[0] if wrong else max(largest))  # values that explode would make all others pale
    st.html(
        f'<div><b style="color:{colour_of(name)}">{escape(ARCHITECTURES[name].title)}</b>: its logit of positive minus '
        f"negative is <b>{left.whole:+.2f}</b>; above zero it says positive. "
        "Red words speak for positive, blue ones against it.</div>"
    )
    st.markdown("**Leave one out**: how far the logit falls when the word is not there")
    _show(sentence, left, limit, "sentence-left-out")
    st.caption(
        "Weakness: where two words say the same, each alone can go without loss, and both look unimportant. "
        "And the sentence left over may be one that nobody would say."
    )
    st.markdown("**Integrated gradients**: the rise of the logit from zero vectors to your words, shared out")
    _show(sentence, integrated, limit, "sentence-integrated")
    st.caption(
        f"All values add up to {float(integrated.values.sum()):+.3f}; the logit rises by {rise:+.3f}, from "
        f"{integrated.nothing:+.2f} for as many zero vectors. The gap is {abs(integrated.gap):.3f}, with gradients at "
        f"{integrated.steps} places on the way. Weakness: the way leads through vectors that are no words, and another "
        "beginning gives other values. Computed with captum."
    )
    if wrong:
        st.warning(
            "Do not trust these values: they do not add up. In a long sentence a recurrent network's gradients can "
            "explode on the way, and no reasonable number of places catches that.",
            icon=":material/warning:",
        )


def _show(sentence: Sentence, shares: Shares, limit: float, key: str) -> None:
    """Show all words, coloured, with their numbers."""
    colours = colour_signed(shares.values, limit)
    pieces = []
    for word, value, colour in zip(words_of(sentence), shares.values.tolist(), colours.tolist(), strict=True):
        red, green, blue = colour
        said = escape(f"{word.text}: {value:+.3f}{'' if word.known else ', not in the vocabulary'}")
        pieces.append(
            f'<span{"" if word.known else " class=new"} title="{said}" style="background:rgb({red},{green},{blue});'
            f'color:{ink_on(colour)}"><b>{escape(word.text)}</b><small>{round(value, 2) or 0.0:+.2f}</small></span>'
        )
    with st.container(key=key):
        st.html(f'{_STYLE}<div class="mattering" tabindex="0">{"".join(pieces)}</div>')
