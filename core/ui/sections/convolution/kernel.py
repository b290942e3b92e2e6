"""The kernel that slides: chosen from a list, or edited by hand and kept in the address."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.inspection.images import kernels
from core.inspection.images.kernels import BadKernel, check_weights
from core.ui.components.convolution.convolution import sent_kernel
from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.widgets.bound_controls import choose_from_list

BENCH_KEY = "convolution-bench"
RANDOM, LEARNED = "random", "learned (CNN)"


@dataclass
class KernelState:
    """The kernel of a session.

    Attributes:
        text: the kernel as it was edited, as it stands in the address; empty while nothing is edited.
        number: grows with every kernel that the browser has not made itself.
        token: names the kernel that is shown.
        size: of the kernel that is shown.
        chosen: the kernel from the list as text, before any edit.
    """

    text: str = ""
    number: int = 0
    token: str = ""
    size: int = 3
    chosen: str = ""


def _arrived(state: KernelState, _taken: Collection[str]) -> None:
    state.number += 1


KERNEL = PageState(
    "convolution-kernel", KernelState, {"text": text("conv-weights", 5000)}, follow=True, arrive=_arrived
)


@dataclass(frozen=True)
class KernelChoice:
    """What was chosen from the list: a name, and which of its kind (a seed, the number of a filter, or 0)."""

    name: str
    which: int = 0


@dataclass(frozen=True)
class Kernel:
    """A kernel.

    Attributes:
        weights: (size, size).
        token: under which the bench knows it.
        origin: under which the bench knows it in all its sizes.
        bias: it was learnt with, or 0.
        listed: whether it is that of the list, not edited.
    """

    weights: NDArray[np.float64]
    token: str
    origin: str
    bias: float
    listed: bool


def choose_kernel() -> KernelChoice:
    """Show the list of kernels, with the seed of a random one or the number of a learned one."""
    kernel_help = (
        "A kernel to start from. Every cell can be changed below. Other sizes follow the same rule; "
        "a learned filter is 3 x 3 and gets zeros around it."
    )
    options = [*kernels.CLASSICS, RANDOM, LEARNED]
    name = choose_from_list("Kernel", options, key="conv-kernel", help=kernel_help, on_change=_chosen_anew, width=180)
    if name == RANDOM:
        seed_help = "Each seed gives another random kernel, and always the same one. Networks start like this."
        return KernelChoice(RANDOM, _number("Seed", 0, 9999, "conv-seed", seed_help, forget_edits))
    if name == LEARNED:
        filter_help = (
            f"One of the {kernels.LEARNED_FILTERS} filters in the first layer of the CNN that reads your digit, "
            "with its bias. In the CNN a ReLU follows."
        )
        number = _number("Filter", 1, kernels.LEARNED_FILTERS, "conv-filter", filter_help, _chosen_anew)
        return KernelChoice(LEARNED, number)
    return KernelChoice(name)


def _number(label: str, low: int, high: int, key: str, help: str, on_change: Callable[[], None]) -> int:
    return st.number_input(
        label, low, high, low, key=key, bind="query-params", on_change=on_change, width=130, help=help
    )


def current_kernel(choice: KernelChoice, size: int) -> Kernel:
    """Return the kernel in use, (size, size): the edited one in the address, or the chosen one."""
    weights, bias = _listed(choice, size)
    state = KERNEL.open()
    state.chosen, state.size = kernels.weights_text(weights), size
    if state.text:
        try:
            weights = kernels.read_weights(state.text)
        except BadKernel as problem:
            st.warning(f"{problem} The kernel from the list is used instead.", icon=":material/link_off:")
            state.text = ""
        else:
            if len(weights) != size:
                weights = kernels.resized(weights, size)
                state.text = kernels.weights_text(weights)
    KERNEL.keep(state)
    origin = f"{choice.name}/{choice.which}/{state.number}"
    state.token = f"{origin}/{size}"
    return Kernel(weights, state.token, origin, bias, not state.text)


def read_edit() -> None:
    """Take over the kernel that the browser has sent; what is no kernel is left alone.

    The page writes it into the address. A callback must not: it would pull a person back who is just leaving.
    """
    state = KERNEL.open()
    try:
        weights = edited_kernel(st.session_state.get(BENCH_KEY), state.token, state.size)
    except BadKernel:
        return
    edited = kernels.weights_text(weights)
    state.text = "" if edited == state.chosen else edited


def edited_kernel(value: object, token: str, size: int) -> NDArray[np.float64]:
    """Return the kernel (size, size) in what the bench has sent.

    Args:
        value: `st.session_state[BENCH_KEY]`, untrusted.
        token: of the kernel that is on the bench now.
        size: cells along one side.

    Raises:
        BadKernel: not a kernel, or not this one.
    """
    weights = check_weights(sent_kernel(value, token))
    if weights.shape != (size, size):
        raise BadKernel(f"A kernel of {size} x {size} is on the bench, but another size arrived.")
    return weights


def forget_edits() -> None:
    """Put the kernel from the list back."""
    state = KERNEL.open()
    state.number, state.text = state.number + 1, ""


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
