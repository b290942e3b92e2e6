"""Convolution by hand: a kernel slides over a picture, and every sum is spelled out."""

import streamlit as st

from core.inspection.images.convolution import convolve, find_problems
from core.inspection.images.kernels import MAX_WEIGHT
from core.ui.components.convolution.convolution import Bench, show_bench
from core.ui.sections.convolution.input import choose_picture
from core.ui.sections.convolution.kernel import BENCH_KEY, choose_kernel, current_kernel, read_edit
from core.ui.sections.convolution.notes import seen_bench, show_code, show_parameters, show_size
from core.ui.sections.convolution.settings import choose_conv, choose_pool, choose_size, reset_button
from core.ui.state.csv_style import csv_style
from core.ui.state.lesson import report
from core.ui.widgets.csv_download import offer_csv_style

st.markdown(
    "A kernel slides over the picture. At every place, the numbers under it are multiplied by its own and **added up**."
)

row = st.container(horizontal=True, vertical_alignment="bottom", key="conv-what")
below = st.container()
with row:
    picture = choose_picture(below)
    choice = choose_kernel()
    size = choose_size()
    reset_button()
bench = st.container()
with st.container(horizontal=True, gap="xsmall", key="conv-how"):
    kernel = current_kernel(choice, size)
    conv = choose_conv(size, kernel.bias)
    pool = choose_pool()
    offer_csv_style("conv-csv")

height, width = picture.pixels.shape
problem, pool_problem = find_problems(conv, pool, height, width)
if problem is None and pool_problem is None:
    report(lambda: seen_bench(choice, kernel, conv, pool, (height, width)))
with bench:
    show_bench(
        Bench(
            picture.pixels,
            picture.name,
            kernel.weights,
            kernel.token,
            kernel.origin,
            conv,
            MAX_WEIGHT,
            pool,
            problem,
            pool_problem,
            csv_style(),
        ),
        BENCH_KEY,
        read_edit,
    )

if problem is None:
    computed = pool if pool_problem is None else None
    left, right = st.columns(2, gap="large")
    with left:
        show_size(height, width, conv, computed)
    with right:
        show_parameters(height, width, conv)
    show_code(kernel.weights, conv, computed, convolve(picture.pixels, kernel.weights, conv, computed))
