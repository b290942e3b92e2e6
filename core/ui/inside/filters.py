"""The trained weights of one filter or unit."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.enlarge import enlarge
from core.figures.palette import colour_signed
from core.inspection.anatomy import Station
from core.ui.gallery import Exhibit, gallery


def show_filter(station: Station, unit: int) -> None:
    """Show the weights that make one map or unit, strongest slices first, or say why there are none."""
    if station.weight is None or station.bias is None:
        st.markdown(
            f"**No filter.** {station.kind} {station.doing}: there is nothing to learn, so it has no parameters."
        )
        return
    weight, bias = station.weight[unit], float(station.bias[unit])
    limit = float(np.abs(station.weight).max())
    if weight.ndim == 3 and weight.shape[0] == 1:
        st.markdown(f"**Its filter**, {weight.shape[1]} x {weight.shape[2]} weights and a bias of {bias:+.3f}")
        st.html(matrix(weight[0], limit))
        st.caption("Red weights want light pixels, blue weights want dark ones. The sum is what the map shows.")
        return
    slices = weight if weight.ndim == 3 else _as_slices(weight)
    if slices is None:
        strengths = np.argsort(-np.abs(weight))
        titles = [f"{place}" for place in strengths]
        pictures = [enlarge(colour_signed(weight[place : place + 1, None], limit), 8) for place in strengths]
        captions = [f"{weight[place]:+.2f}" for place in strengths]
        st.markdown(f"**Its {weight.size} weights**, the strongest first, and a bias of {bias:+.3f}")
        width = 40
    else:
        sizes = np.abs(slices).sum((1, 2))
        strengths = np.argsort(-sizes)
        titles = [f"map {place}" for place in strengths]
        pictures = [enlarge(colour_signed(slices[place], limit), 8) for place in strengths]
        captions = [f"{sizes[place]:.2f}" for place in strengths]
        side = slices.shape[1]
        st.markdown(
            f"**Its filter**: {len(slices)} slices of {side} x {side}, one for each map before, "
            f"the strongest first, and a bias of {bias:+.3f}"
        )
        width = 44
    with st.container(height=336 if len(pictures) > 12 else "content", border=False):
        gallery([Exhibit(*parts, width) for parts in zip(pictures, titles, captions, strict=True)], key="inside-filter")
    if slices is not None:
        st.caption("The number under a slice is the sum of its weights' magnitudes.")


def _as_slices(weight: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return the 1,600 weights of a dense unit as the 64 maps of 5 x 5 that they read, or None for other sizes."""
    return weight.reshape(64, 5, 5) if weight.size == 1600 else None


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
    style = "<style>.filter td{padding:.9rem .5rem;min-width:4rem;text-align:center}</style>"
    return f'{style}<table class="filter">{"".join(rows)}</table>'
