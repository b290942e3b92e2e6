"""Whether a GPU would help: this machine's CPU, measured now, beside the GPU that was measured last."""

import threading

import streamlit as st

from core.figures.tables import table
from core.training.recorded_gpu import RecordedGPU, recorded_gpu
from core.training.throughput import BATCHES, SIZES, Throughput, measure_cpu

LOSES = 1.1
"""Up to how many times as fast as a CPU a GPU counts as no faster."""

_measured: dict[tuple[str, int], float] = {}
_measuring = threading.Lock()


def show_need_gpu() -> None:
    """Show throughput by network and batch size, and measure this machine where somebody asks for it."""
    with st.expander("Do I need a GPU?", icon=":material/memory:", key="train-need-gpu"):
        _compare()


@st.fragment
def _compare() -> None:
    recorded = recorded_gpu()
    st.markdown(
        "A GPU multiplies thousands of numbers at once, but every step has to be started by the CPU. "
        "**Large networks and large batches keep it busy; small ones leave it waiting.**"
    )
    place = st.container(gap="xsmall", key="train-need-gpu-table")
    pressed = st.button(
        "Measure this machine" if not _measured else "Measure again",
        icon=":material/speed:",
        key="train-measure",
        help="Trains three networks with two batch sizes for a second each, some 20 seconds in all, in "
        "a separate process. Other work on this machine makes it slower.",
    )
    if pressed:
        _measure(place)
    with place:
        st.html(table(*_rows(recorded)))
        if recorded:
            st.markdown(verdict(recorded, _measured))
            name = recorded.device.removeprefix("GPU: ")
            st.caption(
                f"{name}: measured on {recorded.measured:%-d %B %Y} with PyTorch {recorded.torch} by "
                f"`python -m core.training check-gpu`, its own CPU ({recorded.cpu.removeprefix('CPU, ')}) beside it. "
                "Images per second in the training loop of this page."
            )


def _measure(place: st.delta_generator.DeltaGenerator) -> None:
    if not _measuring.acquire(blocking=False):
        place.info("Somebody else is measuring this machine just now. Their figures will be here in half a minute.")
        return
    try:
        done = place.progress(0.0, "Starting a process that measures ...")
        total = len(SIZES) * len(BATCHES)
        for count, one in enumerate(measure_cpu(BATCHES), start=1):
            _measured[one.network, one.batch_size] = one.images_a_second
            done.progress(count / total, f"{describe(one)}: {one.images_a_second:,.0f} images a second")
        done.empty()
    finally:
        _measuring.release()


def describe(one: Throughput) -> str:
    """Return which network learns in which batches, for people."""
    return f"{one.network.capitalize()}, batches of {one.batch_size}"


def _rows(recorded: RecordedGPU | None) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table: a row for every network and batch size."""
    head = ["Network", "Batch", "This machine's CPU"]
    there = {(one.network, one.batch_size): one for one in recorded.figures.throughput} if recorded else {}
    if recorded:
        head += [recorded.device.removeprefix("GPU: "), "CPU beside it", "GPU ÷ that CPU"]
    rows = []
    for name in SIZES:
        for batch_size in BATCHES:
            here = _measured.get((name, batch_size))
            row = [name.capitalize(), f"{batch_size}", f"{here:,.0f}" if here else "not measured yet"]
            if one := there.get((name, batch_size)):
                row += [f"{one.gpu:,.0f}", f"{one.cpu:,.0f}", f"{one.gpu / one.cpu:.1f}"]
            rows.append(row)
    return head, rows


def verdict(recorded: RecordedGPU, here: dict[tuple[str, int], float]) -> str:
    """Return in words where the GPU wins and where it does not, against this machine where it has been measured."""
    against = "this machine" if here else "the CPU beside it"
    ratios = {
        (one.network, one.batch_size): one.gpu / (here.get((one.network, one.batch_size)) or one.cpu)
        for one in recorded.figures.throughput
    }
    (best, most), (worst, least) = (pick(ratios.items(), key=lambda item: item[1]) for pick in (max, min))
    said = f"It gains most with {_place(best)}: **{most:,.0f} times** as fast as {against}. "
    if least <= LOSES:
        return said + f"With {_place(worst)} it is no faster ({least:.1f} times): the CPU is enough."
    return said + f"It gains least with {_place(worst)}: {least:,.1f} times."


def _place(which: tuple[str, int]) -> str:
    network, batch_size = which
    owner = "the lab's" if network == "the lab" else f"the {network}"
    return f"{owner} network and batches of {batch_size}"
