"""The picture as a matrix of numbers, and softmax worked out."""

from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.enlarge import grey
from core.figures.palette import colour_grey, colour_of
from core.figures.percent import percent
from core.figures.probabilities import STYLE, bars
from core.inspection.images.forward import logits_of
from core.inspection.images.softmax import SoftmaxSteps, softmax_steps
from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_network
from core.ui.state.drawing import Drawing
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.downloads import offer_csv
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.side_by_side import side_by_side

_STYLE = """<style>
.pixels { overflow-x: auto; }
.pixels table { border-collapse: collapse; font-size: 0.824rem; line-height: 1; font-variant-numeric: tabular-nums; }
.pixels td { width: 25px; min-width: 25px; height: 20px; padding: 0; text-align: center; }
.softmax table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
.softmax { overflow-x: auto; }
.softmax th, .softmax td { padding: .22rem .6rem; text-align: right; white-space: nowrap; }
.softmax td { border-bottom: 1px solid #8a949e55; }
.softmax tr.best { font-weight: 700; }
.softmax tr.sum td { border-top: 2px solid #8a949e; font-weight: 700; }
</style>"""


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the 28x28 numbers beside the picture, then how softmax turns logits into probabilities."""
    pixels = drawing.prepared.pixels
    st.header("A picture is a matrix of numbers")
    scale_help = "Files store a grey value as a byte, 0 to 255; the networks read the same value divided by 255."
    scale = choose_option("Scale", ("0 to 255", "0 to 1"), key="inside-scale", help=scale_help)
    left, right = side_by_side([1, 3], key="pixels", gap="medium")
    with left:
        gallery(
            [Picture(grey(pixels, 8), "What you see", "0 is black, the largest number white", 224)],
            "inside-seen",
        )
        offer_csv("The matrix", pixels, "digit", "inside-pixels-csv")
    with right:
        st.markdown("**What the network gets**: 28 rows of 28 numbers, nothing else")
        st.html(f'{_STYLE}<div class="pixels" tabindex="0">{_matrix(pixels, scale == "0 to 255")}</div>')
    st.header("Softmax worked: from logits to probabilities")
    choice = choose_network("inside-softmax-network")
    logits = logits_of(choice.network, pixels)
    if not np.isfinite(logits).all():
        st.warning(
            f"The {plain(choice.title)} gives outputs that are not numbers: its training diverged. "
            "Choose another network, or train it again with a smaller learning rate.",
            icon=":material/warning:",
        )
        return
    _softmax(choice, softmax_steps(logits))


def _softmax(choice: Choice, worked: SoftmaxSteps) -> None:
    """Show every logit with its exponential and its share of the sum."""
    table, chart = side_by_side([3, 2], key="softmax", gap="large")
    with table:
        st.html(_table(choice, worked))
    with chart:
        best = int(worked.logits.argmax())
        st.latex(r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}")
        if worked.subtracted:
            m = worked.subtracted
            st.latex(rf"p_i = \frac{{e^{{z_i - m}}}}{{\sum_j e^{{z_j - m}}}},\quad m = \max_i z_i = {m:.4f}")
        st.latex(
            rf"p_{{{best}}} = \frac{{{worked.exponentials[best]:,.4f}}}{{{worked.total:,.4f}}}"
            rf" = {worked.percent[best]:.4f}\,\%"
        )
        st.html(STYLE + bars(worked.percent / 100, colour_of(choice.name), choice.classes))
    taken = ": here the largest, m, is subtracted first, or e to the z would be too large"
    taken = taken if worked.subtracted else ""
    st.caption(
        "Softmax makes every number positive and the sum 1, and it makes differences larger: adding 1 to a logit "
        f"multiplies its exponential by 2.718. Adding the same number to all logits changes nothing{taken}. "
        "The logits are rounded to four decimals here and all else is computed from them, so a calculator agrees."
    )


def _matrix(pixels: NDArray[np.float32], whole: bool) -> str:
    greys = colour_grey(pixels)
    rows = []
    for line in greys:
        cells = []
        for value in line.tolist():
            text = str(value) if whole else ("1" if value == 255 else "0" if value == 0 else f"{value / 255:.2f}"[1:])
            ink = "#000" if value > 127 else "#fff" if value else "#8a949e"
            cells.append(f'<td style="background:rgb({value},{value},{value});color:{ink}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _table(choice: Choice, worked: SoftmaxSteps) -> str:
    best = int(worked.logits.argmax())
    rows = [
        f'<tr class="{"best" if place == best else ""}"><td>{escape(name)}</td><td>{worked.logits[place]:.4f}</td>'
        f"<td>{worked.exponentials[place]:,.4f}</td><td>{percent(worked.percent[place] / 100, 4)}</td></tr>"
        for place, name in enumerate(choice.classes)
    ]
    power = "e<sup>z - m</sup>" if worked.subtracted else "e<sup>z</sup>"
    first = "digit" if choice.reads_digits else "class"
    head = f"<tr><th>{first}</th><th>logit z</th><th>{power}</th><th>{power} / sum</th></tr>"
    total = (
        f'<tr class="sum"><td>sum</td><td></td><td>{worked.total:,.4f}</td><td>{worked.percent.sum():.4f} %</td></tr>'
    )
    return f'<div class="softmax" tabindex="0"><table>{head}{"".join(rows)}{total}</table></div>'
