"""Find units and find passages: which units are on over these words, and which other sentences do the same to them.

After LSTMVis (Strobelt, Gehrmann, Pfister and Rush, 2018).
"""

from html import escape

import numpy as np
import streamlit as st

from core.data.text.corpora import Corpus
from core.data.text.tokens import Sentence, write_text
from core.figures.percent import exact_percent
from core.inspection.text.passages import (
    Passage,
    SearchResult,
    Span,
    UnitMatch,
    choose_units,
    rank_units,
    search_passages,
    suggest_span,
)
from core.inspection.text.reading import VERDICTS, read
from core.models.cells import TITLES
from core.ui.components.strips.strips import Chosen, Heat, strips
from core.ui.sections.sentence.library import name_library, take_library
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.sections import controlled
from core.ui.widgets.sentence_words import EMPTY, words_of
from core.ui.widgets.side_by_side import row_on_phone
from core.wording import counted

_AROUND = 14  # words shown on either side of a passage
_NEARLY = 5  # units named that are not exact
_STYLE = """<style>
.on-there { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; margin: 0 0 .3rem; }
.on-there span { border: 2px solid; border-radius: 1rem; padding: .05rem .6rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.on-there .plus { border-color: #d55e00; } .on-there .minus { border-color: #3b8fc9; }
@media (max-width: 640px) { .on-there { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; } }
@media (min-width: 641px) {
  .st-key-row-passages { display: grid; grid-template-columns: repeat(auto-fill, minmax(24rem, 1fr)); gap: .8rem; }
  .st-key-row-passages > * { width: auto; }
  .st-key-row-passages [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; }
}
.on-there .nearly { border-style: dashed; border-width: 1px; }
.passage { line-height: 1.5; border-left: 3px solid #8a949e88; padding-left: .7rem; overflow-wrap: anywhere; }
.passage mark { background: #e69f0055; color: inherit; border-bottom: 3px solid #e69f00; padding: 0 .15rem; }
.passage small { display: block; opacity: .8; }
</style>"""


def show_passages(state: SentenceState, sentence: Sentence) -> None:
    """Show the marked words, the units that are on there, and passages like it, in the container `passages`."""
    with st.container(key="passages"):
        if not sentence.tokens:
            st.info(EMPTY, icon=":material/info:")
            return
        states = read(state.cell, sentence.words).states[1:]
        threshold = _choose_threshold()
        marked = state.marked
        span = marked if marked is not None and marked[1] <= len(states) else suggest_span(states)
        _choose_words(state, sentence, span)
        ranked = rank_units(states, span, threshold)
        on = np.where(np.abs(states) >= threshold, states, 0).T
        strips(
            words_of(sentence),
            [Heat(f"On at {threshold:.2f} and beyond; else white", on, "signed", name="on")],
            key="sentence-span-strips",
            span=span,
            chosen=Chosen(state.unit % states.shape[1], "on", state.place),
            on_choose=lambda chosen: state.select(state.cell, chosen.row, chosen.word),
            on_span=state.mark,
            describe=f"The units of the {TITLES[state.cell]} that are on after each of {counted(len(states), 'word')}.",
            empty=EMPTY,
        )
        _show_units(ranked, state, sentence, span)
        library = take_library(state.cell)
        if library is None:
            return
        chosen = choose_units(ranked)
        found = search_passages(library, chosen, span[1] - span[0], threshold, sentence.words)
        _show_found(state, found, chosen, library.corpus)
        name_library(library, "sentence-passages")


def _choose_threshold() -> float:
    value = st.slider(
        "Threshold",
        0.05,
        0.95,
        0.3,
        0.05,
        key="sentence-threshold",
        bind="query-params",
        help="When a unit counts as on. It is on above zero where its state is at least this, and on below "
        "zero where its state is at most minus this.",
    )
    return min(max(float(value), 0.05), 0.95)


def _choose_words(state: SentenceState, sentence: Sentence, span: Span) -> None:
    """Show a slider with two ends for those who cannot drag over the words."""
    if len(sentence.tokens) > 1:
        controlled(
            st.slider,
            "Marked words",
            1,
            len(sentence.tokens),
            value=(span[0] + 1, span[1]),
            on_change=lambda ends: state.mark((int(ends[0]) - 1, int(ends[1]))),
            key="sentence-words",
            help="From which word to which. Or drag over the words below; a click on the mark takes it away, and the "
            "words around the largest change are marked again.",
        )


def _show_units(ranked: tuple[UnitMatch, ...], state: SentenceState, sentence: Sentence, span: Span) -> None:
    """Name the units that are on exactly over the span, and those that nearly are."""
    marked = " ".join(token.text for token in sentence.tokens[span[0] : span[1]])
    marked = marked if len(marked) <= 60 else f"{marked[:59]}…"
    exact = [one for one in ranked if one.exact]
    near = [one for one in ranked if not one.exact][:_NEARLY]
    title = (
        f"On exactly over “{marked}”, and off before and after: {counted(len(exact), 'unit')} "
        f"of the {TITLES[state.cell]}"
        if exact
        else f"No unit of the {TITLES[state.cell]} is on exactly over “{marked}”: mark others, or move the threshold"
    )
    html = f"<p><b>{escape(title)}</b></p>"
    if exact:
        html += f'<p class="on-there">{"".join(_chip(one) for one in exact)}</p>'
    if near:
        html += f'<p class="on-there">Nearly: {"".join(_chip(one) for one in near)}</p>'
    st.html(_STYLE + html)


def _chip(one: UnitMatch) -> str:
    said = f"unit {one.unit} {'above' if one.sign > 0 else 'below'} zero"
    said += "" if one.exact else f", {one.right} of {one.asked} words"
    kind = ("plus" if one.sign > 0 else "minus") + ("" if one.exact else " nearly")
    strength = f"{one.sign * one.strength:.2f} on average over the marked words"
    return f'<span class="{kind}" title="{strength}">{said}</span>'


def _show_found(state: SentenceState, found: SearchResult, chosen: tuple[UnitMatch, ...], corpus: Corpus) -> None:
    """Show the passages with their sentences."""
    st.markdown("## Passages of the library that do the same to these units")
    if not chosen:
        st.info(
            "No unit comes near to being on just there: mark other words, or move the threshold.",
            icon=":material/info:",
        )
        return
    if not found.passages:
        st.info("Nowhere in the library are these units on and then off again.", icon=":material/info:")
        return
    looked = "" if chosen[0].exact else f" No unit is exact, so the {len(chosen)} that come nearest are looked for."
    positive, usual = (exact_percent(share, 0) for share in (found.positive / found.count, float(corpus.labels.mean())))
    st.markdown(
        f"**{found.count:,}** {'passage shares' if found.count == 1 else 'passages share'} "
        f"{_share(found.shared, len(chosen))}; {positive} of them are in sentences labelled "
        f"positive, as are {usual} of all sentences.{looked}"
    )
    passages = row_on_phone("passages")
    for number, passage in enumerate(found.passages):
        words = corpus.sentences[passage.sentence]
        with passages, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_STYLE + passage_html(words, passage, len(chosen)), width="stretch")
            st.button(
                "Read this sentence",
                key=f"sentence-passage-{number}",
                on_click=state.replace,
                args=(write_text(words),),
                help="Put it into the field at the top of the page; Undo brings yours back.",
                width="content",
            )
    st.caption(
        "A passage is marked where a unit is on at every word of it, and off at the word before and after. Most shared "
        "units first, then those nearest in length; one passage a sentence. After LSTMVis (Strobelt and others, 2018); "
        "there, only units above zero count."
    )


def passage_html(words: tuple[str, ...], passage: Passage, asked: int) -> str:
    """Return a sentence with its passage marked, its label, and how many units it shares, as safe HTML."""
    begin, end = max(0, passage.start - _AROUND), min(len(words), passage.stop + _AROUND)
    parts = (words[begin : passage.start], words[passage.start : passage.stop], words[passage.stop : end])
    before, marked, after = (escape(write_text(part)) for part in parts)
    dots = ("… " if begin else "", " …" if end < len(words) else "")
    units = ", ".join(str(one.unit) for one in passage.shared)
    note = f"{VERDICTS[passage.label]}; {len(passage.shared)} of {asked} units: {units}"
    apart = "" if words[passage.stop : passage.stop + 1] in {(sign,) for sign in ",.;:!?"} else " "
    shown = f"{dots[0]}{before} <mark>{marked}</mark>{apart}{after}{dots[1]}"
    return f'<div class="passage">{shown}<small>{escape(note)}</small></div>'


def _share(shared: int, asked: int) -> str:
    if shared == asked:
        return "the unit" if asked == 1 else f"all {asked} units"
    return f"{shared} of the {asked} units"
