"""Where a network looks: the alignment of Bahdanau's attention, and every head of the Transformer."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.alignment import alignment_chart, alignment_height, alignment_width
from core.figures.percent import percent
from core.inspection.translation.reading import END_SIGN, Alignment
from core.models.text.translation import TITLES, TranslatorKind
from core.ui.plain_text import plain
from core.ui.sections.translate.look import TranslatedNumber
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.heat_map import show_chart_with_palette

_WITH_ATTENTION: dict[str, TranslatorKind] = {TITLES[kind]: kind for kind in ("gru-attention", "transformer")}
_AMONG = {
    "From written to read": ("across", "written", "read"),
    "Among what is read": ("reading", "read", "read"),
    "Among what is written": ("writing", "written so far", "written so far"),
}
_ALL = "Mean"
_CHART = ".st-key-paper-palette-alignment-chart"


def show_alignment(look: TranslatedNumber) -> None:
    """Show the attention of a network as a heatmap on words."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        title = choose_option(
            "Network",
            list(_WITH_ATTENTION),
            key="translate-attention",
            help="The GRU without attention has nowhere to look.",
        )
        translation = look.translations[_WITH_ATTENTION[title]]
        among = "From written to read"
        if "reading" in translation.looks:
            among = choose_option(
                "Attention", list(_AMONG), key="translate-among", help="A Transformer has three kinds of it."
            )
        name, rows, columns = _AMONG[among]
        found = translation.looks[name]
        weights, which = _choose_head(found)
    width = alignment_width(found.rows, found.columns)
    with st.container(key="alignment"):
        st.html(f"<style>.st-key-alignment {{ overflow-x: auto }} {_CHART} {{ min-width: {width}px }}</style>")
        show_chart_with_palette(
            alignment_chart(weights, found.rows, found.columns, (rows, columns)),
            "paper",
            key="alignment-chart",
            height=alignment_height(found.rows, found.columns),
            alt=f"How much each piece that is {rows} looks at each piece that is {columns}.",
        )
    st.markdown(_in_words(found, weights, title, which, rows))
    st.caption(
        f"The stronger the colour, the more; a row adds up to 100\xa0%. {END_SIGN} is the end, “-” a hyphen. "
        "Attention says where a network looked, not why it answered so: other weights can lead to the same answer. "
        "The plain GRU looks nowhere: all it has read has to fit into the numbers of one state."
    )


def _choose_head(found: Alignment) -> tuple[NDArray[np.float32], str]:
    """Show the choice of block and head where there are several; return weights (rows, columns) and their name."""
    blocks, heads = found.weights.shape[:2]
    if blocks * heads == 1:
        return found.weights[0, 0], ""
    block = choose_option(
        "Block", [str(number) for number in range(1, blocks + 1)], key="translate-block", help="Of the stack."
    )
    options = [*(str(number) for number in range(1, heads + 1)), _ALL]
    head = choose_option(
        "Head", options, key="translate-head", help="Each head looks for something else.", default=_ALL
    )
    of_block = found.weights[int(block) - 1]
    if head == _ALL:
        return of_block.mean(0), f", block {block}, mean of its heads"
    return of_block[int(head) - 1], f", block {block}, head {head}"


def _in_words(found: Alignment, weights: NDArray[np.float32], title: str, which: str, rows: str) -> str:
    """Return the strongest looks in a sentence, as Markdown."""
    best = weights.argmax(1)
    pieces = [row for row, piece in enumerate(found.rows) if piece != END_SIGN]
    strongest = sorted(pieces, key=lambda row: -weights[row, best[row]])[:3]
    said = ", ".join(
        f"**{plain(found.rows[row])}** at **{plain(found.columns[best[row]])}** "
        f"({percent(float(weights[row, best[row]]))})"
        for row in sorted(strongest)
    )
    return f"{title}{which}. Of the pieces {rows}, these look most strongly: {said}."
