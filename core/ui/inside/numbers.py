"""The picture as a matrix of numbers, and softmax worked out."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.enlarge import grey
from core.figures.palette import FAMILY_COLOURS, colour_grey
from core.figures.probabilities import STYLE, bars
from core.inspection.anatomy import stations
from core.inspection.softmax import Worked, work_out
from core.ui.gallery import Exhibit, gallery
from core.ui.inside.choice import choose_network
from core.ui.inside.downloads import offer_csv
from core.ui.state import Drawing

_STYLE = """<style>
.pixels { overflow-x: auto; }
.pixels table { border-collapse: collapse; font-size: 10.5px; line-height: 1; font-variant-numeric: tabular-nums; }
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
    """Show the 28x28 numbers beside the picture, then the ten logits on their way to probabilities."""
    pixels = drawing.prepared.pixels
    st.subheader("A picture is a matrix of numbers")
    scale = st.segmented_control(
        "Scale",
        ["0 to 255", "0 to 1"],
        default="0 to 255",
        required=True,
        key="inside-scale",
        bind="query-params",
        help="Files store a grey value as a byte, 0 to 255; the networks read the same value divided by 255.",
    )
    left, right = st.columns([1, 3], gap="medium")
    with left:
        gallery([Exhibit(grey(pixels, 8), "What you see", "0 is black, the largest number white", 224)], "inside-seen")
        offer_csv("The matrix", pixels, "digit", "inside-pixels-csv")
    with right:
        st.markdown("**What the network gets**: 28 rows of 28 numbers, nothing else")
        st.html(f'{_STYLE}<div class="pixels" tabindex="0">{_matrix(pixels, scale == "0 to 255")}</div>')
    st.subheader("Softmax worked: from ten logits to ten probabilities")
    choice = choose_network("inside-softmax-network", convolutional=True)
    assert choice.layered is not None  # only such networks were offered
    logits = stations(choice.layered, pixels)[-1].output
    worked = work_out(logits)
    table, chart = st.columns([3, 2], gap="large")
    with table:
        st.html(_table(worked))
    with chart:
        best = int(logits.argmax())
        st.latex(r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}")
        st.latex(
            rf"p_{{{best}}} = \frac{{{worked.exponentials[best]:,.4f}}}{{{worked.total:,.4f}}}"
            rf" = {worked.percent[best]:.4f}\,\%"
        )
        st.html(STYLE + bars(worked.percent / 100, FAMILY_COLOURS.get(choice.name, "#0072B2")))
    st.caption(
        "Softmax makes every number positive and the sum 1, and it makes differences larger: one more in a logit is "
        "2.718 times the exponential. Adding the same number to all ten logits changes nothing. "
        "The logits are rounded to four decimals here and all else follows from them, so a calculator agrees."
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


def _table(worked: Worked) -> str:
    best = int(worked.logits.argmax())
    rows = [
        f'<tr class="{"best" if digit == best else ""}"><td>{digit}</td><td>{worked.logits[digit]:.4f}</td>'
        f"<td>{worked.exponentials[digit]:,.4f}</td><td>{worked.percent[digit]:.4f} %</td></tr>"
        for digit in range(len(worked.logits))
    ]
    head = "<tr><th>digit</th><th>logit z</th><th>e<sup>z</sup></th><th>e<sup>z</sup> / sum</th></tr>"
    total = (
        f'<tr class="sum"><td>sum</td><td></td><td>{worked.total:,.4f}</td><td>{worked.percent.sum():.4f} %</td></tr>'
    )
    return f'<div class="softmax" tabindex="0"><table>{head}{"".join(rows)}{total}</table></div>'
