"""One unit: its trace over the sentence, the words that write into it, and what it follows over a whole library."""

from collections.abc import Sequence
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.signed import signed
from core.inspection.text.library import LibraryReading
from core.inspection.text.reading import VERDICTS, Reading, read
from core.inspection.text.units import (
    BOUND,
    LABEL,
    LENGTH,
    MIN_OCCURRENCES,
    NEGATION,
    NEGATION_SCOPE,
    POSITION,
    VERDICT,
    UnitTraits,
    WordMean,
    strongest_words,
    traits_in,
)
from core.models.cells import TITLES
from core.ui.components.strips.strips import Bars, Chosen, Heat, Line, strips
from core.ui.sections.sentence.hidden_states import choose
from core.ui.sections.sentence.library import name_library, take_library
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.sections import choose_section, controlled
from core.ui.widgets.sentence_words import EMPTY, words_of
from core.wording import counted

_KEY = "sentence-unit"
_SECTIONS = ("In this sentence", "What it follows", "Its strongest words")
_FOLLOWED = {
    VERDICT: ("the verdict so far", "the probability of positive that the network would give at this word"),
    LABEL: ("the sentence's label", "1 in sentences that people call positive, 0 in negative ones"),
    POSITION: ("the position", "how many words came before"),
    NEGATION: (
        "negation",
        f"1 at not, n't, never, no, nothing, hardly ... and at the {NEGATION_SCOPE} words after, else 0",
    ),
    LENGTH: ("the sentence's length", "its number of words, most of which the network has yet to read"),
}
_LISTS = (
    ("Push it up", "up", "mean change of the state at this word"),
    ("Push it down", "down", "mean change of the state at this word"),
    ("It is highest after", "high", "mean state after this word"),
    ("It is lowest after", "low", "mean state after this word"),
)
_STYLE = """<style>
.follows .row { display: grid; grid-template-columns: minmax(0, 1fr) minmax(7rem, 30%) 4rem 9.5rem; gap: 0 .8rem;
  align-items: center; padding: .3rem .2rem; border-bottom: 1px solid #8a949e55; font-variant-numeric: tabular-nums; }
.follows .head { font-weight: 600; }
.follows small { display: block; line-height: 1.3; }
.follows small, .writers small { opacity: .75; font-weight: 400; }
.follows .lane, .writers .lane { position: relative; height: 1rem; }
.follows .lane::after { content: ""; position: absolute; left: 50%; top: -.2rem; bottom: -.2rem;
  border-left: 1px dashed; }
.follows .bar, .writers .bar { position: absolute; top: 0; bottom: 0; border-radius: 2px; }
.follows .r, .writers .r { text-align: right; white-space: nowrap; }
.follows .yes { font-weight: 700; }
@media (max-width: 640px) {
  .follows .head { display: none; }
  .follows .row { grid-template-columns: minmax(0, 1fr) 3.2rem 9rem; }
  .follows .row > :first-child { grid-column: 1 / -1; margin-bottom: .3rem; }
  .follows .best { font-size: .85rem; }
  .follows .best::before { content: "best: "; }
}
.writers table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
.writers td { padding: .22rem .3rem; border-bottom: 1px solid #8a949e55; }
.writers .bar { top: .45rem; bottom: .45rem; }
.writers td.lane { min-width: 5rem; width: 45%; }
.up { background: #d55e00; } .down { background: #3b8fc9; }
.writers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem 1.5rem; }
.writers b { display: block; margin-bottom: .2rem; }
.writers .word { max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
</style>"""


def show_unit(state: SentenceState, sentence: Sentence) -> None:
    """Show one unit of the network that is looked into, in the container `unit`."""
    reading = read(state.cell, sentence.words)
    units = reading.states.shape[1]
    with st.container(key="unit"):
        unit = _choose_unit(state, units)
        section = choose_section(
            "What to look at", _SECTIONS, key="unit-look", help="Here, and over every sentence of a library."
        )
        if section != _SECTIONS[0]:
            _over_library(state, unit, section)
            return
        strips(
            words_of(sentence),
            [
                Bars(f"Unit {unit} after every word, from -1 to 1", reading.states[1:, unit], 1.0, signed=True),
                Bars("What the word changed, from -1 to 1", np.diff(reading.states[:, unit]), 1.0, signed=True),
                Line("Verdict so far", reading.verdicts[1:], *VERDICTS),
                Heat(f"All {units} units: click a row", reading.states[1:].T, "signed", name="state"),
            ],
            key=f"{_KEY}-strips",
            chosen=Chosen(unit, "state", state.place),
            on_choose=partial(choose, state, state.cell),
            describe=_described(state, reading, unit),
            empty=EMPTY,
        )


def _over_library(state: SentenceState, unit: int, section: str) -> None:
    """Show what a unit does over all sentences at hand."""
    library = take_library(state.cell)
    if library is None:
        return
    if section == _SECTIONS[1]:
        _show_traits(state, traits_in(library, unit))
    else:
        _show_words(library, unit)
    name_library(library, _KEY)


def _choose_unit(state: SentenceState, units: int) -> int:
    """Show the slider for the unit; a click on any heatmap of the page moves it too."""
    unit = state.unit % units
    controlled(
        st.slider,
        f"Unit of the {TITLES[state.cell]}",
        0,
        units - 1,
        value=unit,
        on_change=lambda chosen: state.select(state.cell, int(chosen), state.place),
        key=_KEY,
        help="Which of the numbers in the hidden state is shown. A click on a row of a heatmap chooses it as well; "
        "“Look into” further up chooses the network.",
    )
    return unit


def _described(state: SentenceState, reading: Reading, unit: int) -> str:
    return f"Unit {unit} of the {TITLES[state.cell]} after each of {counted(len(reading.words), 'word')}."


def judgement(traits: UnitTraits) -> str:
    """Return in a sentence, as Markdown, what a unit follows."""
    best = traits.strongest
    if best is None or best.r is None:
        return f"**Unit {traits.unit} never changes**, so it can follow nothing."
    name, over = _FOLLOWED[best.name][0], f"over {traits.words:,} words"
    if traits.followed is not None:
        against = "" if best.r > 0 else ": it goes up where that goes down"
        return f"**Unit {traits.unit} follows {name}**, r = {signed(best.r)} {over}{against}."
    return (
        f"**Unit {traits.unit} follows none of these**: the strongest is {name}, r = {signed(best.r)} {over}, and a "
        f"unit counts as following from {BOUND:.1f} on, of either sign."
    )


def _show_traits(state: SentenceState, traits: UnitTraits) -> None:
    st.markdown(judgement(traits))
    rows = []
    for trait in traits.found:
        name, meaning = _FOLLOWED[trait.name]
        mark = " yes" if trait.r is not None and abs(trait.r) >= BOUND else ""
        best = "" if trait.best_r is None else f"unit {trait.best_unit}, {signed(trait.best_r)}"
        rows.append(
            f'<div class="row{mark}" role="row"><span role="cell">{escape(name)}<small>{escape(meaning)}</small></span>'
            f'<span class="lane" role="cell">{_bar(trait.r)}</span>'
            f'<span class="r" role="cell">{"no r" if trait.r is None else signed(trait.r)}</span>'
            f'<span class="r best" role="cell">{best}</span></div>'
        )
    titles = ("property", "from -1 to 1", "r", f"best in the {TITLES[state.cell]}")
    head = "".join(
        f'<span role="columnheader"{mark}>{title}</span>'
        for title, mark in zip(titles, ("", "", ' class="r"', ' class="r"'), strict=True)
    )
    table = f'<div class="row head" role="row">{head}</div>{"".join(rows)}'
    st.html(f'{_STYLE}<div class="follows" role="table" aria-label="What the unit follows">{table}</div>')
    st.caption(
        "r is Pearson's correlation of the unit's state with the property, over every word of the library: 1 follows "
        "it exactly, -1 does the opposite, 0 means no straight-line relation. Bold from "
        f"{BOUND:.1f} on. A unit may well follow something that is not in this table."
    )


def _bar(r: float | None) -> str:
    if r is None:
        return ""
    place = f"left:50%;width:{50 * r:.1f}%" if r >= 0 else f"right:50%;width:{-50 * r:.1f}%"
    return f'<div class="bar {"up" if r >= 0 else "down"}" style="{place}"></div>'


def _show_words(library: LibraryReading, unit: int) -> None:
    found = strongest_words(library, unit)
    lists = [_list_of(title, meaning, getattr(found, name)) for title, name, meaning in _LISTS]
    st.html(f'{_STYLE}<div class="beside writers">{"".join(lists)}</div>')
    st.caption(
        f"Means over all occurrences in the library, of words with at least {MIN_OCCURRENCES}; the count is "
        "beside each. The upper lists show what writes into the unit, the lower ones what it holds "
        "afterwards, to which earlier words contribute."
    )


def _list_of(title: str, meaning: str, words: Sequence[WordMean]) -> str:
    longest = max((abs(one.mean) for one in words), default=1.0) or 1.0
    rows = "".join(
        f'<tr><td class="word" title="{escape(one.word)}">{escape(one.word)}</td>'
        f'<td class="lane"><div class="bar {"up" if one.mean > 0 else "down"}" '
        f'style="left:0;width:{100 * abs(one.mean) / longest:.0f}%"></div></td>'
        f'<td class="r">{signed(one.mean)} <small>x{one.count}</small></td></tr>'
        for one in words
    )
    rows = rows or "<tr><td>no word does</td></tr>"
    return f"<div><b>{title}</b><small>{meaning}</small><table>{rows}</table></div>"
