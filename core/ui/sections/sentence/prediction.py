"""What all networks make of the whole sentence, side by side."""

from html import escape

import streamlit as st

from core.course.live import SentenceSeen
from core.data.text.tokens import Sentence
from core.data.text.vocabulary import shipped_vocabulary
from core.figures.palette import colour_of
from core.figures.percent import exact_percent, percent
from core.inspection.text.comparison import verdicts_by_network
from core.inspection.text.reading import VERDICTS
from core.models.shipped import ARCHITECTURES, load_shipped
from core.ui.state.lesson import report
from core.ui.widgets.unknown_words import warn_of_unknown_words

_STYLE = """<style>
.opinions { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .7rem; font-size: .9rem;
  line-height: 1.25; align-items: center; }
.opinions .name { text-align: right; white-space: nowrap; }
.opinions .lane { position: relative; height: 1.15rem; border: 1px solid #8a949e55; border-radius: 3px; }
.opinions .lane::after { content: ""; position: absolute; left: 50%; top: 0; bottom: 0; border-left: 1px dashed; }
.opinions .bar { position: absolute; top: 0; bottom: 0; border-radius: 2px; opacity: .85; }
.opinions .value { position: absolute; top: -.05rem; padding: 0 .35rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.opinions .ends { display: flex; justify-content: space-between; font-size: .8rem; opacity: .8; }
.opinions .apart { grid-column: 1 / -1; height: .1rem; }
</style>"""


def show_prediction(sentence: Sentence) -> None:
    """Show a bar for every network from the middle to its side, in the container `prediction`."""
    warn_of_unknown_words(shipped_vocabulary(), sentence.words)
    said = verdicts_by_network(sentence.words)
    titles = {ARCHITECTURES[name].title: probability for name, probability in said.items()}
    report(lambda: SentenceSeen(sentence.text, titles))
    rows = []
    for name, probability in said.items():
        end = 100 * probability
        side = f"left:50%;width:{end - 50:.1f}%" if end >= 50 else f"right:50%;width:{50 - end:.1f}%"
        place = f"right:{100 - end:.1f}%;left:auto" if end < 50 else f"left:{end:.1f}%"
        if end > 75:
            place = f"right:{100 - end:.1f}%;color:#fff"
        elif end < 25:
            place = f"left:{end:.1f}%;color:#fff"
        shown = percent(max(probability, 1 - probability))
        rows.append(
            f'<div class="name">{escape(ARCHITECTURES[name].title)}</div>'
            f'<div class="lane" title="{escape(_known_for(name))}">'
            f'<div class="bar" style="{side};background:{colour_of(name)}"></div>'
            f'<div class="value" style="{place}">{shown}</div></div>'
        )
        if name == "sentence-transformer":
            rows.append('<div class="apart"></div>')
    ends = f'<div></div><div class="ends"><span>{VERDICTS[0]}</span><span>{VERDICTS[1]}</span></div>'
    with st.container(key="prediction"):
        label = escape(in_words(said))
        st.html(f'{_STYLE}<div class="opinions" role="group" aria-label="{label}">{ends}{"".join(rows)}</div>')


def in_words(said: dict[str, float]) -> str:
    """Return all verdicts as a sentence, for those who cannot see the bars."""
    return "Probability of positive: " + ", ".join(
        f"{ARCHITECTURES[name].title} {percent(probability, 0)}" for name, probability in said.items()
    )


def _known_for(name: str) -> str:
    about, one = load_shipped(name).card, ARCHITECTURES[name]
    pairs = about.also[0]
    return (
        f"{one.title}: {one.family}. {about.parameters:,} parameters, most of them word vectors. Right on "
        f"{exact_percent(about.test.accuracy)} of {about.test.cases:,} film reviews that it was not trained on, and on "
        f"{exact_percent(pairs.accuracy)} of {pairs.cases:,} sentences in pairs of the same words in another order."
    )
