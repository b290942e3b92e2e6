"""The trained weights of one filter or unit."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.enlarge import enlarge
from core.figures.palette import colour_signed
from core.inspection.images.blocks import Block
from core.ui.widgets.gallery import Picture, gallery

MOST = 64
"""How many slices or weights are shown of one filter."""


def show_filter(block: Block, unit: int) -> None:
    """Show the weights that make one map or unit, strongest slices first, or say why there are none."""
    if block.batch_norm is not None:
        factor, added = block.batch_norm[unit]
        st.markdown(
            f"**Its two numbers**: every value is multiplied by {factor:.3f}, and {added:+.3f} is added. Training has "
            "found both: mean and deviation over the training pictures, and a learned factor and offset, in one."
        )
        return
    if block.weight is None or block.bias is None:
        st.markdown(
            f"**No filter.** {block.kind} {block.description}: there is nothing to learn, so it has no parameters."
        )
        return
    weight, bias = block.weight[unit], float(block.bias[unit])
    limit = float(np.abs(block.weight).max())
    if weight.ndim == 3 and weight.shape[0] == 1:
        st.markdown(f"**Its filter**, {weight.shape[1]} x {weight.shape[2]} weights and a bias of {bias:+.3f}")
        st.html(matrix(weight[0], limit))
        st.caption("Red weights want light pixels, blue weights want dark ones. The sum is what the map shows.")
        return
    slices = weight if weight.ndim == 3 else weight.reshape(block.flattened_shape) if block.flattened_shape else None
    if slices is None:
        strengths = np.argsort(-np.abs(weight))[:MOST]
        titles = [f"{place}" for place in strengths]
        pictures = [enlarge(colour_signed(weight[place : place + 1, None], limit), 8) for place in strengths]
        captions = [f"{weight[place]:+.2f}" for place in strengths]
        st.markdown(f"**Its {weight.size:,} weights**, {_first(weight.size)}, and a bias of {bias:+.3f}")
        width = 40
    else:
        sizes = np.abs(slices).sum((1, 2))
        strengths = np.argsort(-sizes)[:MOST]
        titles = [f"map {place}" if len(slices) > 1 else "pixel by pixel" for place in strengths]
        pictures = [enlarge(colour_signed(slices[place], limit), 8) for place in strengths]
        captions = [f"{sizes[place]:.2f}" for place in strengths]
        height, width = slices.shape[1:]
        of_what = "one for each map before" if weight.ndim == 3 else "as it reads the maps before"
        many = f"{len(slices)} slices of {height} x {width}, {of_what}, {_first(len(slices))}"
        one = f"{height} x {width} weights, as it reads the picture"
        st.markdown(f"**Its filter**: {many if len(slices) > 1 else one}, and a bias of {bias:+.3f}")
        width = 44 if len(slices) > 1 else 224
    with st.container(height=336 if len(pictures) > 12 else "content", border=False):
        gallery(
            [Picture(*parts, width, signed=True) for parts in zip(pictures, titles, captions, strict=True)],
            key="inside-filter",
        )
    if slices is not None:
        st.caption("The number under a slice is the sum of its weights' magnitudes.")


def _first(count: int) -> str:
    return "the strongest first" if count <= MOST else f"the {MOST} strongest"


def matrix(values: NDArray[np.float32], limit: float) -> str:
    """Return signed numbers (H, W) as an HTML table, coloured."""
    rows = []
    for line in values:
        cells = []
        for value in line:
            red, green, blue = colour_signed(np.array([value], np.float32), limit)[0]
            ink = "#000" if int(red) + int(green) + int(blue) > 380 else "#fff"
            cells.append(f'<td style="background:rgb({red},{green},{blue});color:{ink}">{value:+.2f}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    small = len(values) > 3
    style = (
        "<style>.filter{overflow-x:auto}.filter td{padding:.9rem .5rem;min-width:4rem;text-align:center}"
        ".filter.small td{padding:.3rem .1rem;min-width:2.3rem;font-size:.7rem}</style>"
    )
    return f'{style}<div class="filter{" small" if small else ""}"><table>{"".join(rows)}</table></div>'
