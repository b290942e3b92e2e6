"""Who can tell sentences of the same words apart: every network on held-out pairs of every pattern."""

from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.tables import bar, swatch, table
from core.inspection.text.word_order import PAIRS, OrderScores, score_order
from core.models.shipped import ARCHITECTURES


def show_scores() -> None:
    """Show the scores as a table, in the container `curve`."""
    with st.spinner("Reading the held-out pairs ...", show_time=False):
        scores = score_order()
    with st.container(key="curve"):
        st.html(_table(scores))
    st.caption(
        f"Sentences read right, of {scores.cases} for each pattern: {PAIRS} pairs of the same words in another order, "
        "with couples of words never trained on. A network that cannot see the order gets exactly one of each pair. "
        "The patterns on the right were never trained on: they show whether a network has learnt the rule, or only "
        "the patterns. One training each; another seed gives slightly different numbers there."
    )


def _table(scores: OrderScores) -> str:
    trained = [place for place, known in enumerate(scores.trained) if known]
    new = [place for place, known in enumerate(scores.trained) if not known]
    rows = []
    for row, name in enumerate(scores.networks):
        shares, colour = scores.right[row] / scores.cases, colour_of(name)
        mean, worst = shares[trained].mean(), trained[int(shares[trained].argmin())]
        rows.append(
            (
                f"{swatch(colour)}{escape(ARCHITECTURES[name].title)}",
                exact_percent(mean) + bar(mean, colour),
                f"{_example(scores.patterns[worst])}: {exact_percent(shares[worst], 0)}" if mean < 1 else "none",
                *(exact_percent(shares[place]) + bar(shares[place], colour) for place in new),
            )
        )
    head = ("", f"{len(trained)} patterns<br>trained on", "the hardest of them")
    return table((*head, *(_example(scores.patterns[place]) for place in new)), rows)


def _example(pattern: str) -> str:
    """Return a pattern with words in it, as safe HTML."""
    return escape(pattern.format(p="good", q="bad", n="film", m="cast"))
