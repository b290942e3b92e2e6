"""Two sentences as tables: how often every word occurs, and what the networks say."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from core.course.live import SentencePairSeen
from core.data.text.tokens import Sentence
from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import swatch, table
from core.inspection.text.comparison import WordCounts
from core.models.shipped import ARCHITECTURES

_STYLE = """<style>
.apart { position: relative; width: 15rem; height: 1.25rem; margin: 0 .6rem;
  background: linear-gradient(#8a949e, #8a949e) 50% 50% / 1px 100% no-repeat,
  linear-gradient(#8a949e66, #8a949e66) 50% 50% / 100% 1px no-repeat; }
.apart.scale { display: flex; justify-content: space-between; background: none; }
.apart span { position: absolute; top: 50%; box-sizing: border-box; }
.apart .way { height: .3rem; margin-top: -.15rem; background: var(--colour); opacity: .45; }
.apart .ring, .apart .dot { width: .9rem; height: .9rem; margin: -.45rem 0 0 -.45rem; border-radius: 50%;
  border: .2rem solid var(--colour); background: var(--st-background-color); }
.apart .dot { background: var(--colour); }
@media (max-width: 640px) { .apart { width: 6.5rem } .apart.scale small:nth-child(2) { display: none } }
</style>"""


def show_counts(counts: WordCounts) -> None:
    """Show how often every word occurs in two sentences, differences marked, and say whether there are any."""
    differ = [
        "" if one == two else ' class="strong" style="background:#d55e0022"'
        for one, two in zip(counts.first, counts.second, strict=True)
    ]
    head = (f"<th{mark}>{escape(word)}</th>" for word, mark in zip(counts.words, differ, strict=True))
    rows = [
        (title, *(f"<td{mark}>{count}</td>" for count, mark in zip(row, differ, strict=True)))
        for title, row in (("this sentence", counts.first), ("the other", counts.second))
    ]
    st.html(table(("word counts", *head), rows))
    st.markdown(
        "**The same words, equally often: counting words cannot tell these two apart.**"
        if counts.same
        else "The same words, but different punctuation: networks read a comma as a word of its own, so counting can "
        "be enough to tell these two apart."
        if counts.same_but_signs
        else "The sentences differ in their words, so counting them can be enough to tell them apart."
    )


def show_verdicts(first: Mapping[str, float], second: Mapping[str, float]) -> None:
    """Show the probability of "positive" that each network gives to two sentences: as a picture, and in numbers."""
    rows = [
        (
            f"{swatch(colour_of(name))}{escape(ARCHITECTURES[name].title)}",
            _apart(first[name], second[name], colour_of(name)),
            percent(first[name]),
            percent(second[name]),
            f"{round(100 * (second[name] - first[name]), 1) or 0.0:+.1f}",
        )
        for name in first
    ]
    scale = '<div class="apart scale"><small>0</small><small>probability of positive</small><small>100 %</small></div>'
    st.html(_STYLE + table(("read by", scale, "○ this sentence", "● the other", "points apart"), rows))


def seen_pair(
    first: Sentence, second: Sentence, same_words: bool, one: Mapping[str, float], other: Mapping[str, float]
) -> SentencePairSeen:
    """Return what a lesson may know of two sentences and their verdicts."""
    positive = {ARCHITECTURES[name].title: (one[name], other[name]) for name in one}
    return SentencePairSeen(first.text, second.text, same_words and first.words != second.words, positive)


def _apart(first: float, second: float, colour: str) -> str:
    """Return two places on a scale from 0 to 1, and how far they are apart, as HTML: a ring and a dot."""
    low, high = sorted((first, second))
    return (
        f'<div class="apart" style="--colour:{colour}" aria-hidden="true">'
        f'<span class="way" style="left:{low:.2%};width:{high - low:.2%}"></span>'
        f'<span class="ring" style="left:{first:.2%}"></span><span class="dot" style="left:{second:.2%}"></span></div>'
    )
