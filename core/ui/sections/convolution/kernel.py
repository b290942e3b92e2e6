"""Which kernel is on the bench: chosen from a list, or edited by hand and kept in the address."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.inspection.images import kernels
from core.inspection.images.kernels import BadKernel
from core.ui.components.convolution.convolution import edited_kernel

BENCH_KEY = "convolution-bench"
ADDRESS = "conv-weights"
RANDOM, LEARNED = "random", "learned (CNN)"
_KEPT = "convolution-kernel"


@dataclass
class KernelState:
    """What this session knows of the kernel on the bench.

    Attributes:
        number: grows with every kernel that does not come from the bench itself.
        text: the edited kernel as it stands in the address, None while nothing is edited.
        fresh: whether `text` has yet to be written into the address. Only the page itself
            does that: written by a callback, it would pull a person back who is just leaving.
        token: of the kernel that is on the bench.
        size: of the kernel that is on the bench.
        chosen: the text of the kernel from the list, before any edit.
    """

    number: int = 0
    text: str | None = None
    fresh: bool = False
    token: str = ""
    size: int = 3
    chosen: str = ""


@dataclass(frozen=True)
class KernelChoice:
    """What was chosen from the list: a name, and which of its kind (a seed, the number of a filter, or 0)."""

    name: str
    which: int = 0


@dataclass(frozen=True)
class Kernel:
    """A kernel (size, size), the token under which the bench knows it, and the bias it was learnt with, or 0."""

    weights: NDArray[np.float64]
    token: str
    bias: float


def kernel_state() -> KernelState:
    """Return what this session knows of its kernel."""
    known: KernelState = st.session_state.setdefault(_KEPT, KernelState())
    return known


def choose_kernel() -> KernelChoice:
    """Show the list of kernels, with the seed of a random one or the number of a learned one."""
    name = st.selectbox(
        "Kernel",
        [*kernels.CLASSICS, RANDOM, LEARNED],
        key="conv-kernel",
        bind="query-params",
        on_change=_chosen_anew,
        width=180,
        help="A kernel to start from. Every cell can be changed below. Other sizes follow the same rule; "
        "a learned filter is 3 x 3 and gets zeros around it.",
    )
    if name == RANDOM:
        seed = st.number_input(
            "Seed",
            0,
            9999,
            0,
            key="conv-seed",
            bind="query-params",
            on_change=forget_edits,
            width=130,
            help="Each seed gives another random kernel, and always the same one. Networks start like this.",
        )
        return KernelChoice(RANDOM, seed)
    if name == LEARNED:
        number = st.number_input(
            "Filter",
            1,
            kernels.LEARNED_FILTERS,
            1,
            key="conv-filter",
            bind="query-params",
            on_change=_chosen_anew,
            width=130,
            help=f"One of the {kernels.LEARNED_FILTERS} filters in the first layer of the CNN that reads your digit, "
            "with its bias. In the CNN a ReLU follows.",
        )
        return KernelChoice(LEARNED, number)
    return KernelChoice(name)


def current_kernel(choice: KernelChoice, size: int) -> Kernel:
    """Return the kernel in use, (size, size): the edited one in the address, or the chosen one."""
    weights, bias = _listed(choice, size)
    memory = kernel_state()
    memory.chosen, memory.size = kernels.weights_text(weights), size
    edited = _from_address(memory, size)
    memory.token = f"{choice.name}/{choice.which}/{size}/{memory.number}"
    return Kernel(weights if edited is None else edited, memory.token, bias)


def read_edit() -> None:
    """Keep the kernel that the bench has sent in the address; what is no kernel is left alone."""
    memory = kernel_state()
    try:
        weights = edited_kernel(st.session_state.get(BENCH_KEY), memory.token, memory.size)
    except BadKernel:
        return
    text = kernels.weights_text(weights)
    memory.text, memory.fresh = None if text == memory.chosen else text, True


def forget_edits() -> None:
    """Put the kernel from the list back."""
    memory = kernel_state()
    memory.number, memory.text, memory.fresh = memory.number + 1, None, True


def _chosen_anew() -> None:
    """Another kernel was chosen: edits go, and so does the bias of a learned filter; a learned one brings its own."""
    forget_edits()
    if st.session_state["conv-kernel"] == LEARNED:
        st.session_state["conv-bias"] = kernels.learned(st.session_state.get("conv-filter", 1) - 1, 3)[1]
    else:
        st.session_state["conv-bias"] = 0.0


def _listed(choice: KernelChoice, size: int) -> tuple[NDArray[np.float64], float]:
    """Return the chosen kernel and its bias."""
    if choice.name == RANDOM:
        return kernels.random_kernel(size, choice.which), 0.0
    if choice.name == LEARNED:
        return kernels.learned(choice.which - 1, size)
    return kernels.classic(choice.name, size), 0.0


def _from_address(memory: KernelState, size: int) -> NDArray[np.float64] | None:
    """Return the edited kernel in the address, in the size that is asked for, or None."""
    if BENCH_KEY not in st.session_state and memory.text is not None and ADDRESS not in st.query_params:
        memory.fresh = True  # back from another page, which has cleared the address
    if memory.fresh:
        _write(memory.text)
        memory.fresh = False
    text = st.query_params.get(ADDRESS)
    if text != memory.text:  # a link, or the browser's back button
        memory.number, memory.text = memory.number + 1, text
    if text is None:
        return None
    try:
        weights = kernels.read_weights(text)
    except BadKernel as problem:
        st.warning(f"{problem} The kernel from the list is used instead.", icon=":material/link_off:")
        memory.text = None
        _write(None)
        return None
    if len(weights) != size:
        weights = kernels.resized(weights, size)
        memory.text = kernels.weights_text(weights)
        _write(memory.text)
    return weights


def _write(text: str | None) -> None:
    if text is None:
        st.query_params.pop(ADDRESS, None)
    else:
        st.query_params[ADDRESS] = text
