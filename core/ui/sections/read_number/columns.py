"""Column by column: the table that CTC reads, its greedy path, and what one column sees."""

import numpy as np
import streamlit as st

from core.figures.palette import SHARES, index_share
from core.figures.percent import exact_percent, percent
from core.inspection.numbers.ctc import Floats
from core.inspection.numbers.reading import NumberReading, influence, seen_by
from core.models.numbers import BLANK, REACH, STRIDE, TITLES, NumberKind
from core.ui.components.strips.strips import Chosen, Heat, Word, strips
from core.ui.sections.read_number.look import Look
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.gallery import Picture, gallery

BLANK_SIGN = "·"
"""How the blank is written."""

_COLUMN = "number-column"
_SCALE, _WIDEST = 4, 400  # CSS pixels to one column of pixels, and of a whole line


def show_columns(look: Look) -> None:
    """Show eleven probabilities for every column, the path through them, and what a column that is clicked sees."""
    if look.line.blank:
        st.caption("Write a number first.")
        return
    kinds: dict[str, NumberKind] = {title: kind for kind, title in TITLES.items()}
    title = choose_option("Network", list(kinds), key="with", help="With the GRU over the columns, or without it.")
    reading = look.together if kinds[title] == "cnn-gru" else look.alone
    path = reading.collapse.path
    columns = len(path)
    chosen = min(int(st.session_state.get(_COLUMN, columns // 2)), columns - 1)
    st.markdown(tell(reading, chosen))
    strips(
        [Word(symbol(one)) for one in path],
        [
            Heat("The line", thinned(look.line.pixels, columns), "unit", row_name="row", name="line"),
            Heat(
                "0 to 9 and, at the bottom, the blank",
                reading.probabilities.T,
                "unit",
                row_name="output",
                name="table",
                path=path,
            ),
        ],
        key="number-table",
        chosen=Chosen(path[chosen], "table", chosen),
        on_choose=_choose,
        describe=f"What {title} says in each of {columns} columns, {BLANK_SIGN} for the blank. {tell(reading, chosen)}",
    )
    _show_column(look, reading, chosen)


def tell(reading: NumberReading, column: int) -> str:
    """Return in words what the network says in one column."""
    answer = reading.collapse.path[column]
    share = percent(float(reading.probabilities[column, answer]))
    return (
        f"One column for every {STRIDE} columns of pixels, {len(reading.collapse.path)} in all. In column "
        f"**{column + 1}**, {reading.title} says **{'blank' if answer == BLANK else answer}** with {share}. Click "
        "another one."
    )


def symbol(one: int) -> str:
    """Return a digit, or the sign for the blank."""
    return BLANK_SIGN if one == BLANK else str(one)


def thinned(pixels: Floats, columns: int) -> Floats:
    """Return a line (H, W) with one column for every column of the network (H / 2, columns), the brightest counting."""
    height, width = pixels.shape
    full = np.pad(pixels, ((0, 0), (0, STRIDE * columns - width)))
    brightest: Floats = full.reshape(height // 2, 2, columns, STRIDE).max((1, 3))
    return brightest


def _choose(cell: Chosen) -> None:
    if cell.word is not None:
        st.session_state[_COLUMN] = cell.word


def _show_column(look: Look, reading: NumberReading, column: int) -> None:
    pixels = look.line.pixels
    width = pixels.shape[1]
    begin, end = seen_by(column, width)
    window = np.where((np.arange(width) >= begin) & (np.arange(width) < end), pixels, pixels * 0.25)
    window[:, [begin, end - 1]] = np.maximum(window[:, [begin, end - 1]], 0.6)
    counts = influence(pixels, column, reading.kind)
    beyond = float(counts[:begin].sum() + counts[end:].sum()) / max(float(counts.sum()), 1e-9)
    shown = index_share(np.concatenate([pixels, np.repeat(counts[None], 6, 0)]))
    both = (
        "the GRU brings information from the whole line" if reading.kind == "cnn-gru" else "nothing else can reach it"
    )
    shown_width = min(_WIDEST, _SCALE * width)
    gallery(
        [
            Picture(
                index_share(window.astype(np.float32)),
                f"What column {column + 1} sees",
                f"Through its convolutions, {end - begin} of {width} columns of pixels, never more than {REACH}.",
                shown_width,
                SHARES,
            ),
            Picture(
                shown,
                "What counted for its answer",
                f"Below: gradients. {exact_percent(beyond)} of them lie outside that window: {both}.",
                shown_width,
                SHARES,
            ),
        ],
        key="number-column-seen",
    )
