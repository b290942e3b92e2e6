"""Who can tell like words apart: every reader on held-out pairs of every pattern."""

from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.inspection.text.word_order import PAIRS, OrderScores, score_order
from core.models.shipped import ARCHITECTURES

_STYLE = """<style>
.scored { overflow-x: auto; }
.scored table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .88rem; }
.scored th, .scored td { padding: .22rem .5rem; text-align: center; border-bottom: 1px solid #8a949e55; }
.scored th { font-weight: 600; vertical-align: bottom; }
.scored td:first-child, .scored th:first-child { text-align: left; white-space: nowrap; }
.scored td:nth-child(3) { min-width: 9rem; }
.scored i { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .4rem; }
.scored b { display: block; height: .45rem; border-radius: 2px; }
</style>"""


def show_scores() -> None:
    """Show the scores as a table, in the container `curve`."""
    with st.spinner("Reading the held-out pairs ...", show_time=False):
        scores = score_order()
    with st.container(key="curve"):
        st.html(f'{_STYLE}<div class="scored" tabindex="0">{_table(scores)}</div>')
    st.caption(
        f"Sentences read right, of {scores.cases} for each pattern: {PAIRS} pairs of the same words in another order, "
        "with couples of words never trained on. Whoever cannot see the order gets exactly one of each pair. "
        "The patterns on the right were never trained on: there it shows whether the rule was learnt, or only the "
        "patterns. One training each; other seeds give somewhat other numbers there."
    )


def _table(scores: OrderScores) -> str:
    known = [place for place, trained in enumerate(scores.trained) if trained]
    strange = [place for place, trained in enumerate(scores.trained) if not trained]
    head = "".join(f"<th>{escape(_shown(scores.patterns[place]))}</th>" for place in strange)
    rows = []
    for row, name in enumerate(scores.networks):
        met = scores.right[row, known].sum() / (scores.cases * len(known))
        worst = known[int(scores.right[row, known].argmin())]
        cells = "".join(_cell(scores.right[row, place] / scores.cases, name) for place in strange)
        weakest = (
            f"{escape(_shown(scores.patterns[worst]))}: {exact_percent(scores.right[row, worst] / scores.cases, 0)}"
        )
        rows.append(
            f'<tr><td><i style="background:{colour_of(name)}"></i>{escape(ARCHITECTURES[name].title)}</td>'
            f"{_cell(met, name)}<td>{weakest if met < 1 else 'none'}</td>{cells}</tr>"
        )
    return (
        f"<table><tr><th></th><th>{len(known)} patterns<br>trained on</th><th>the hardest of them</th>"
        f"{head}</tr>{''.join(rows)}</table>"
    )


def _cell(share: float, name: str) -> str:
    bar = f'<b style="width:{100 * share:.0f}%;background:{colour_of(name)}"></b>'
    return f'<td style="min-width:7rem">{exact_percent(share)}{bar}</td>'


def _shown(pattern: str) -> str:
    """Return a pattern with words in it."""
    return pattern.format(p="good", q="bad", n="film", m="cast")
