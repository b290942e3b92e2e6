"""From the path to the number: repeats, blanks, and a beam search that adds paths up."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from core.figures.percent import percent
from core.figures.tables import table
from core.inspection.numbers.ctc import beam_search
from core.models.numbers import BLANK
from core.ui.sections.read_number.columns import symbol
from core.ui.sections.read_number.look import Look
from core.ui.widgets.bound_controls import choose_number

_STYLE = """<style>
.path { display: flex; flex-wrap: wrap; gap: 2px; font-variant-numeric: tabular-nums; margin: 0 0 .7rem; }
.path span { border: 1px solid #8a949e; border-radius: 3px; min-width: 1.05rem; padding: 0 .18rem; text-align: center; }
.path .blank { opacity: .75; }
.path .digit { background: #e69f0033; font-weight: 700; }
</style>"""


def show_decoding(look: Look) -> None:
    """Show how the best path becomes a number, and what a beam search finds."""
    if look.line.blank:
        st.caption("Write a number first.")
        return
    found = look.together.collapse
    digits = "".join(_box([int(one)]) for one in found.digits) or "<span>nothing</span>"
    with st.container(key="number-collapse"):
        st.html(
            f"{_STYLE}<p><b>1. The likeliest answer of every column</b>, · is the blank: no new digit here</p>"
            f'<div class="path">{"".join(_box(list(run)) for _, run in groupby(found.path))}</div>'
            "<p><b>2. Repeats become one</b>: a wide digit fills several columns</p>"
            f'<div class="path">{"".join(_box([one]) for one in found.merged)}</div>'
            "<p><b>3. Blanks are dropped</b>: without a blank between them, two equal digits would have become one</p>"
            f'<div class="path">{digits}</div>'
        )
    width = choose_number(
        "Beam width", 1, 20, 5, 1, key="beam", help="How many beginnings are kept after every column.", width=260
    )
    st.html(table(["", "Number", "Probability"], _rows(look, width), strong=(0,)))
    st.caption(
        "The greedy path is only one way to write a number on the columns. Beam search adds up all the ways it meets, "
        "for the likeliest beginnings only; a wider beam misses fewer."
    )


def _box(run: Sequence[int]) -> str:
    kind = "blank" if run[0] == BLANK else "digit"
    return f'<span class="{kind}">{escape("".join(map(symbol, run)))}</span>'


def _rows(look: Look, width: int) -> list[list[str]]:
    guesses = beam_search(look.together.probabilities, width)
    return [
        [str(place), guess.digits or "nothing", percent(guess.probability)]
        for place, guess in enumerate(guesses[:8], 1)
    ]
