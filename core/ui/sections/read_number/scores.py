"""Honest scores: cutting, convolutions alone, and convolutions with a GRU, by how the digits stand."""

import streamlit as st

from core.data.numbers.writing import LAYOUTS
from core.figures.percent import exact_percent
from core.figures.tables import table
from core.inspection.numbers.reading import number_card
from core.inspection.numbers.scores import ALL, CUTTING, card_scores
from core.models.cards import CardScore
from core.models.numbers import TITLES
from core.ui.sections.read_number.look import Look


def show_scores(look: Look) -> None:
    """Show what each way reads here, and the scores on the cards."""
    st.markdown(
        f"Here: **{TITLES['cnn-gru']}** {look.together.digits or 'nothing'}, **{TITLES['cnn']}** "
        f"{look.alone.digits or 'nothing'}, **cut at gaps** {look.cut.digits or 'nothing'}."
    )
    together, alone = number_card("cnn-gru"), number_card("cnn")
    ways = {
        "Cut at gaps": card_scores(together, CUTTING),
        TITLES["cnn"]: card_scores(alone),
        TITLES["cnn-gru"]: card_scores(together),
    }
    head = ["Digits right / whole lines right", *ways]
    rows = [[layout.capitalize(), *(_both(scores[layout]) for scores in ways.values())] for layout in (ALL, *LAYOUTS)]
    with st.container(key="number-scores"):
        st.html(table(head, rows, strong=(0,)))
    lines = ways[TITLES["cnn-gru"]][ALL][1].cases
    st.markdown(
        f"Counted once on {lines:,} generated lines of 2 to 8 digits: half of MNIST's test digits, half by 20 people "
        "no network was trained on. **Digits right** is 1 − edit distance / length: digits to insert, to delete and "
        f"to replace. With {alone.parameters:,} parameters the CNN alone sees about one digit at a time; the GRU "
        f"({together.parameters:,} with it) tells each column what stands beside it. The CNN alone went through its "
        f"{int(alone.recipe['lines']):,} lines {alone.recipe['epochs']:g} times, with the GRU "
        f"{together.recipe['epochs']:g} times: about the same training time."
    )
    others = [score for score in together.also if score.data.startswith(("further", "lines of", "scribbles"))]
    with st.expander("Other lines, read by CNN + GRU"):
        st.html(table(["Lines", "Right"], [[score.data.capitalize(), _share(score)] for score in others]))


def _both(scores: tuple[CardScore, CardScore]) -> str:
    digits, lines = scores
    return f"{exact_percent(digits.accuracy)} / {exact_percent(lines.accuracy)}"


def _share(score: CardScore) -> str:
    return f"{exact_percent(score.accuracy)} of {score.cases:,}"
