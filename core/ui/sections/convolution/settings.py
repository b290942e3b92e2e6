"""The knobs of the convolution and the pooling, all of them in the address."""

from typing import Any, Literal, cast

import streamlit as st

from core.inspection.images.convolution import Activation, Conv, Padding, Pool
from core.inspection.images.kernels import MAX_SIZE
from core.ui.sections.convolution.kernel import forget_edits

_BOUND: dict[str, Any] = {"bind": "query-params"}
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
    return int(
        st.slider(
            "Kernel size",
            1,
            MAX_SIZE,
            _START["conv-size"],
            key="conv-size",
            width=150,
            help="Cells along one side of the kernel.",
            **_BOUND,
        )
    )


def reset_button() -> None:
    """Show the button that puts kernel and settings back as they were at the start."""
    st.button(
        "Reset",
        icon=":material/restart_alt:",
        key="conv-reset",
        on_click=_reset,
        help="Kernel and settings as at the start. The picture stays.",
    )


def choose_conv(size: int, learned_bias: float) -> Conv:
    """Show the knobs of the convolution and return it as chosen.

    Args:
        size: of the kernel, cells along one side.
        learned_bias: where the bias starts when the address does not name one.
    """
    stride = st.slider(
        "Stride", 1, 4, 1, key="conv-stride", width=95, help="Cells from one step to the next.", **_BOUND
    )
    padding = st.selectbox(
        "Padding",
        ["none", "same", *map(str, range(1, 10))],
        key="conv-padding",
        width=95,
        help='Rings of zeros around the picture. "same" lays as many as keep its size; it goes with stride 1 only.',
        **_BOUND,
    )
    dilation = st.slider(
        "Dilation",
        1,
        3,
        1,
        key="conv-dilation",
        width=95,
        help="Cells from one number of the kernel to the next. 1: they touch. 2: every second cell is skipped.",
        **_BOUND,
    )
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
        **_BOUND,
    )
    activation = st.selectbox(
        "Activation",
        ["none", "ReLU", "sigmoid", "tanh"],
        key="conv-activation",
        width=115,
        help="What is done to every sum. **ReLU is max(0, x)**: what is below *zero* becomes 0. You may read "
        'elsewhere that it turns everything "below 1" into 0. That is wrong: 0.5 stays 0.5. '
        "Sigmoid squeezes into 0 to 1, tanh into -1 to 1.",
        **_BOUND,
    )
    pads: Padding = "same" if padding == "same" else 0 if padding == "none" else int(padding)
    return Conv(size, stride, pads, dilation, bias, cast(Activation, activation))


def choose_pool() -> Pool | None:
    """Show the knobs of the pooling and return it as chosen, None without one."""
    kind = st.selectbox(
        "Pooling",
        ["none", "max", "average"],
        key="conv-pooling",
        width=110,
        help="A second window slides over the output and keeps the largest number under it, or the average.",
        **_BOUND,
    )
    if kind == "none":
        return None
    size = st.slider("Pool size", 1, 6, 2, key="conv-pool-size", width=95, help="Side of the pooling window.", **_BOUND)
    stride = st.slider(
        "Pool stride", 1, 6, 2, key="conv-pool-stride", width=95, help="Cells from one window to the next.", **_BOUND
    )
    return Pool(cast(Literal["max", "average"], kind), size, stride)


def _reset() -> None:
    forget_edits()
    for key, value in _START.items():
        if st.session_state.get(key, value) != value:
            st.session_state[key] = value
