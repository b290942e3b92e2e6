"""Two sentences as tables: how often every word occurs, and what the networks say."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import percent
from core.inspection.text.comparison import WordCounts
from core.models.shipped import ARCHITECTURES

_STYLE = """<style>
.counted { overflow-x: auto; }
.counted table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.counted th, .counted td { padding: .2rem .6rem; text-align: center; border-bottom: 1px solid #8a949e55; }
.counted td { white-space: nowrap; }
.counted th:first-child, .counted td:first-child { text-align: left; white-space: nowrap; }
.counted .apart { font-weight: 700; background: #d55e0022; }
.counted i { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .4rem; }
</style>"""


def show_counts(counts: WordCounts) -> None:
    """Show how often every word occurs in two sentences, differences marked, and say whether there are any."""
    _show(_count_table(counts))
    st.markdown(
        "**The same words, as often: whoever only counts words cannot tell these two apart.**"
        if counts.same
        else "The sentences differ in their words, so counting them can be enough to tell them apart."
    )


def show_verdicts(first: Mapping[str, float], second: Mapping[str, float]) -> None:
    """Show the probability of "positive" that each network gives to two sentences, and the difference in points."""
    _show(_verdict_table(first, second))


def _show(table: str) -> None:
    st.html(f'{_STYLE}<div class="counted" tabindex="0">{table}</div>')


def _count_table(counts: WordCounts) -> str:
    apart = ["" if one == two else ' class="apart"' for one, two in zip(counts.first, counts.second, strict=True)]
    head = "".join(f"<th{mark}>{escape(word)}</th>" for word, mark in zip(counts.words, apart, strict=True))
    rows = [
        f"<tr><td>{title}</td>"
        + "".join(f"<td{mark}>{count}</td>" for count, mark in zip(row, apart, strict=True))
        + "</tr>"
        for title, row in (("this sentence", counts.first), ("the other", counts.second))
    ]
    return f"<table><tr><th>word counts</th>{head}</tr>{''.join(rows)}</table>"


def _verdict_table(first: Mapping[str, float], second: Mapping[str, float]) -> str:
    rows = [
        f'<tr><td><i style="background:{colour_of(name)}"></i>{escape(ARCHITECTURES[name].title)}</td>'
        f"<td>{percent(first[name])}</td><td>{percent(second[name])}</td>"
        f"<td>{round(100 * (second[name] - first[name]), 1) or 0.0:+.1f}</td></tr>"
        for name in first
    ]
    head = "<tr><th>probability of positive</th><th>this sentence</th><th>the other</th><th>points apart</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"
