"""The settings of the convolution and the pooling, all of them in the address."""

from typing import Literal, cast

import streamlit as st

from core.inspection.images.convolution import Activation, Conv, Padding, Pool
from core.inspection.images.kernels import MAX_SIZE
from core.ui.sections.convolution.kernel import forget_edits
from core.ui.widgets.bound_controls import choose_from_list, choose_number

_START = {
    "conv-kernel": "Sobel x",
    "conv-seed": 0,
    "conv-filter": 1,
    "conv-size": 3,
    "conv-stride": 1,
    "conv-padding": "none",
    "conv-dilation": 1,
    "conv-bias": 0.0,
    "conv-activation": "none",
    "conv-pooling": "none",
    "conv-pool-size": 2,
    "conv-pool-stride": 2,
}


def choose_size() -> int:
    """Show the slider for the size of the kernel; return cells along one side."""
    size_help = "Cells along one side of the kernel."
    return choose_number("Kernel size", 1, MAX_SIZE, 3, 1, key="conv-size", help=size_help, width=150)


def reset_button() -> None:
    """Show the button that puts kernel and settings back as they were at the start."""
    reset_help = "Kernel and settings as at the start. The picture stays."
    st.button("Reset", icon=":material/restart_alt:", key="conv-reset", on_click=_reset, help=reset_help)


def choose_conv(size: int, learned_bias: float) -> Conv:
    """Show the settings of the convolution and return it as chosen.

    Args:
        size: of the kernel, cells along one side.
        learned_bias: where the bias starts when the address does not name one.
    """
    stride = choose_number("Stride", 1, 4, 1, 1, key="conv-stride", help="Cells from one step to the next.", width=95)
    padding_help = 'Rings of zeros around the picture. "same" adds as many as keep its size; it needs stride 1.'
    paddings = ["none", "same", *map(str, range(1, 10))]
    padding = choose_from_list("Padding", paddings, key="conv-padding", help=padding_help, width=95)
    dilation_help = "Cells from one number of the kernel to the next. 1: they touch. 2: every second cell is skipped."
    dilation = choose_number("Dilation", 1, 3, 1, 1, key="conv-dilation", help=dilation_help, width=95)
    if learned_bias and "conv-bias" not in st.session_state and "conv-bias" not in st.query_params:
        st.session_state["conv-bias"] = learned_bias
    bias = st.number_input(
        "Bias",
        -10.0,
        10.0,
        0.0,
        0.1,
        format="%.4g",
        key="conv-bias",
        width=150,
        help="A number added to every sum. A learned filter brings its own.",
        bind="query-params",
    )
    activation_help = (
        "What happens to every sum. **ReLU is max(0, x)**: what is below *zero* becomes 0. You may read "
        'elsewhere that it turns everything "below 1" into 0. That is wrong: 0.5 stays 0.5. '
        "Sigmoid squeezes into 0 to 1, tanh into -1 to 1."
    )
    activations = ("none", "ReLU", "sigmoid", "tanh")
    activation = choose_from_list("Activation", activations, key="conv-activation", help=activation_help, width=115)
    pads: Padding = "same" if padding == "same" else 0 if padding == "none" else int(padding)
    return Conv(size, stride, pads, dilation, bias, cast(Activation, activation))


def choose_pool() -> Pool | None:
    """Show the settings of the pooling and return it as chosen, None without one."""
    kind_help = "A second window slides over the output and keeps the largest number under it, or the average."
    kind = choose_from_list("Pooling", ("none", "max", "average"), key="conv-pooling", help=kind_help, width=110)
    if kind == "none":
        return None
    size = choose_number("Pool size", 1, 6, 2, 1, key="conv-pool-size", help="Side of the pooling window.", width=95)
    stride_help = "Cells from one window to the next."
    stride = choose_number("Pool stride", 1, 6, 2, 1, key="conv-pool-stride", help=stride_help, width=95)
    return Pool(cast(Literal["max", "average"], kind), size, stride)


def _reset() -> None:
    forget_edits()
    for key, value in _START.items():
        if st.session_state.get(key, value) != value:
            st.session_state[key] = value
