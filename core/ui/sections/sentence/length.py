"""Any length: one word or two hundred, read with the same weights."""

from functools import cache

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence, read_text
from core.figures.comparison import Panel
from core.figures.interactive.curves import curves_figure
from core.figures.palette import colour_of, dash_of
from core.figures.tables import table
from core.figures.training import Axis, Trace, VerticalAxis
from core.inspection.text.reading import CELLS
from core.inspection.text.reading_times import ReadingTimes, measure_times, reader_size
from core.models.cells import TITLES
from core.ui.sections.sentence.state import FIRST, SentenceState
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted, counted_words

_HIGH = 360  # pixels


def show_length(state: SentenceState, sentence: Sentence) -> None:
    """Show that steps and time grow with the sentence, and the number of weights does not."""
    cell, count = state.cell, len(sentence.tokens)
    size = reader_size(cell)
    taken = f"{counted_words(sentence.words)}: {counted(count, 'step')}"
    st.markdown(
        f"Your sentence has **{taken}**, each through the same **{size.parameters:,} weights** of the {TITLES[cell]}. "
        f"What goes from step to step is always {size.state} numbers"
        + (" (the state h and the cell state c)." if cell == "lstm" else ".")
    )
    if st.button(
        "Measure here",
        icon=":material/timer:",
        key="sentence-measure",
        help="Time the three networks on your sentence, cut or repeated to 1 to 200 words, "
        "on the machine that serves this page.",
    ):
        state.timed = measure_times(sentence.words or read_text(FIRST).words)
    timed = state.timed or _once()
    picture, numbers = side_by_side(2, key="length", gap="medium")
    with picture:
        lengths = np.array(timed.lengths, float)
        traces = [
            Trace(
                TITLES[one],
                lengths,
                np.array(timed.milliseconds[one]),
                colour_of(f"sentence-{one}"),
                dash_of(f"sentence-{one}"),
                points=True,
            )
            for one in CELLS
        ]
        slowest = max(CELLS, key=lambda one: timed.milliseconds[one][-1])
        show_figure(
            curves_figure(
                [Panel(traces, VerticalAxis("time to read it, ms"))],
                Axis("words in the sentence", 0, lengths[-1]),
                name="length",
                heights=(_HIGH,),
            ),
            name="length",
            height=_HIGH + TOOLS,
            alt=f"Time against the number of words for RNN, GRU and LSTM. With {timed.lengths[-1]} words the "
            f"{TITLES[slowest]} takes longest, {timed.milliseconds[slowest][-1]:.3g} ms.",
        )
    with numbers:
        st.html(_table(state, timed))
    st.caption(
        f"Measured on this machine in {1000 * timed.seconds:.0f} ms: the median of {timed.repeats} readings of one "
        "sentence, from word vectors to answer, with PyTorch's own layers. Every further word costs one more step, "
        "which has to wait for the one before it. PyTorch hands the LSTM to the library oneDNN as a whole, and runs "
        "RNN and GRU step by step, so the LSTM can be the fastest although it computes most: a matter of "
        "programming."
    )


@cache
def _once() -> ReadingTimes:
    """Return times that are measured once per process, for all who have not asked for their own."""
    return measure_times(read_text(FIRST).words)


def _table(state: SentenceState, timed: ReadingTimes) -> str:
    size, cells = reader_size(state.cell), list(timed.milliseconds)
    always = (f'<td class="same">{size.parameters:,}</td>', f'<td class="same">{size.state}</td>')
    rows = [
        (f"{length}", f"{length}", *(f"{timed.milliseconds[cell][place]:.2f}" for cell in cells), *always)
        for place, length in enumerate(timed.lengths)
    ]
    slopes = [1000 * float(np.polyfit(timed.lengths, timed.milliseconds[cell], 1)[0]) for cell in cells]
    rows.append(("<td colspan=2>µs a word</td>", *(f"{slope:.1f}" for slope in slopes), "", ""))
    head = (
        f"<tr><th></th><th></th><th colspan=3>time in ms</th><th colspan=2>{TITLES[state.cell]}, always</th></tr>"
        f"<tr><th>words</th><th>steps</th>{''.join(f'<th>{TITLES[cell]}</th>' for cell in cells)}"
        "<th>weights</th><th>state</th></tr>"
    )
    return table((head,), rows)
