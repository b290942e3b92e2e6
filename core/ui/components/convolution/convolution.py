"""The bench on which a kernel slides over a picture: what it is told, and what is read back from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.palette import DIVERGING
from core.inspection.images.convolution import Conv, Pool
from core.inspection.images.kernels import MAX_WEIGHT, BadKernel, check_weights
from core.ui.components.concatenated import script

_HERE = Path(__file__).parent
# One module in the browser, fetched once: the last file uses what those before it define.
_SCRIPTS = ("arithmetic.js", "wording.js", "painting.js", "parts.js", "saving.js", "convolution.js")

_BENCH = st.components.v2.component(
    "convolution-bench",
    html='<div class="cv"></div>',
    js=script(_HERE, _SCRIPTS, "convolution.css"),
)


@dataclass(frozen=True)
class Bench:
    """What lies on the bench.

    Attributes:
        picture: (H, W) in 0-1, in hundredths.
        name: of the picture, in a few words.
        weights: (kernel_size, kernel_size).
        token: names this kernel; the browser takes over `weights` when it changes, and
            otherwise keeps those that are being edited there.
        conv: the convolution.
        pool: the pooling after it, if any.
        problem: why the convolution cannot be computed, a sentence.
        pool_problem: why the pooling cannot be computed, a sentence.
    """

    picture: NDArray[np.float64]
    name: str
    weights: NDArray[np.float64]
    token: str
    conv: Conv
    pool: Pool | None = None
    problem: str | None = None
    pool_problem: str | None = None


def show_bench(bench: Bench, key: str, on_edit: Callable[[], None]) -> None:
    """Show the bench; `on_edit` is called when a kernel has been edited, see `edited_kernel`."""
    conv, pool = bench.conv, bench.pool
    _BENCH(
        key=key,
        data={
            "picture": {
                "height": bench.picture.shape[0],
                "width": bench.picture.shape[1],
                "hundredths": np.rint(bench.picture * 100).astype(int).ravel().tolist(),
            },
            "name": bench.name,
            "weights": bench.weights.tolist(),
            "token": bench.token,
            "conv": {
                "kernelSize": conv.kernel_size,
                "stride": conv.stride,
                "pads": list(conv.pads),
                "dilation": conv.dilation,
                "bias": conv.bias,
                "activation": conv.activation,
            },
            "pool": pool and {"kind": pool.kind, "kernelSize": pool.kernel_size, "stride": pool.stride},
            "problem": bench.problem,
            "poolProblem": bench.pool_problem,
            "palette": _palette(),
            "maxWeight": MAX_WEIGHT,
        },
        on_kernel_change=on_edit,
    )


def edited_kernel(value: object, token: str, size: int) -> NDArray[np.float64]:
    """Return the kernel (size, size) in what the bench has sent, which is untrusted.

    Args:
        value: `st.session_state[key]` of the bench.
        token: of the kernel that is on the bench now; an edit of another one comes too late.
        size: cells along one side.

    Raises:
        BadKernel: not a kernel, or not this one.
    """
    sent = value.get("kernel") if isinstance(value, Mapping) else None
    if not isinstance(sent, Mapping) or sent.get("token") != token:
        raise BadKernel("The kernel that arrived is not the one on the bench.")
    weights = check_weights(sent.get("weights"))
    if weights.shape != (size, size):
        raise BadKernel(f"A kernel of {size} x {size} is on the bench, but another size arrived.")
    return weights


@cache
def _palette() -> list[list[int]]:
    colours: list[list[int]] = DIVERGING.tolist()
    return colours
