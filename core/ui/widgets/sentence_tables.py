"""Two sentences as tables: how often every word occurs, and what the networks say."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import swatch, table
from core.inspection.text.comparison import WordCounts
from core.models.shipped import ARCHITECTURES


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
        "**The same words, as often: whoever only counts words cannot tell these two apart.**"
        if counts.same
        else "The sentences differ in their words, so counting them can be enough to tell them apart."
    )


def show_verdicts(first: Mapping[str, float], second: Mapping[str, float]) -> None:
    """Show the probability of "positive" that each network gives to two sentences, and the difference in points."""
    rows = [
        (
            f"{swatch(colour_of(name))}{escape(ARCHITECTURES[name].title)}",
            percent(first[name]),
            percent(second[name]),
            f"{round(100 * (second[name] - first[name]), 1) or 0.0:+.1f}",
        )
        for name in first
    ]
    st.html(table(("probability of positive", "this sentence", "the other", "points apart"), rows))
