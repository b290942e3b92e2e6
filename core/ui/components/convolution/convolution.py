"""The bench on which a kernel slides over a picture: what it is told, and what is read back from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.data.csv_files import STYLES, CsvStyle
from core.ui.components.component import component
from core.ui.components.encoding import diverging_palette

_show = component("convolution")


class ConvSettings(Protocol):
    """A convolution, square in all its sizes; `core.inspection.images.convolution.Conv` is one."""

    @property
    def kernel_size(self) -> int: ...  # noqa: D102
    @property
    def stride(self) -> int: ...  # noqa: D102
    @property
    def pads(self) -> tuple[int, int]: ...  # noqa: D102
    @property
    def dilation(self) -> int: ...  # noqa: D102
    @property
    def bias(self) -> float: ...  # noqa: D102
    @property
    def activation(self) -> str: ...  # noqa: D102


class PoolSettings(Protocol):
    """A pooling without padding; `core.inspection.images.convolution.Pool` is one."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def kernel_size(self) -> int: ...  # noqa: D102
    @property
    def stride(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Bench:
    """What lies on the bench.

    Attributes:
        picture: (H, W) in 0-1, in hundredths.
        name: of the picture, in a few words.
        weights: (kernel_size, kernel_size).
        token: names this kernel; the browser takes over `weights` when it changes, and
            otherwise keeps those that are being edited there.
        origin: names this kernel in all its sizes; what is edited while another size is on its way is carried over.
        conv: the convolution.
        max_weight: largest magnitude of a weight that may be typed.
        pool: the pooling after it, if any.
        problem: why the convolution cannot be computed, a sentence.
        pool_problem: why the pooling cannot be computed, a sentence.
        csv: how numbers are saved.
    """

    picture: NDArray[np.float64]
    name: str
    weights: NDArray[np.float64]
    token: str
    origin: str
    conv: ConvSettings
    max_weight: float
    pool: PoolSettings | None = None
    problem: str | None = None
    pool_problem: str | None = None
    csv: CsvStyle = STYLES["point"]


def show_bench(bench: Bench, key: str, on_edit: Callable[[], None]) -> None:
    """Show the bench; `on_edit` is called when a kernel has been edited, see `sent_kernel`."""
    conv, pool = bench.conv, bench.pool
    _show(
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
            "origin": bench.origin,
            "conv": {
                "kernelSize": conv.kernel_size,
                "stride": conv.stride,
                "pads": conv.pads,
                "dilation": conv.dilation,
                "bias": conv.bias,
                "activation": conv.activation,
            },
            "pool": pool and {"kind": pool.kind, "kernelSize": pool.kernel_size, "stride": pool.stride},
            "problem": bench.problem,
            "poolProblem": bench.pool_problem,
            "palette": diverging_palette(),
            "maxWeight": bench.max_weight,
            "csv": {"separator": bench.csv.separator, "decimal": bench.csv.decimal},
        },
        on_kernel_change=on_edit,
    )


def sent_kernel(value: object, token: str) -> object:
    """Return the rows of weights that the bench has sent, untrusted; None where they are those of another kernel.

    Args:
        value: `st.session_state[key]` of the bench.
        token: of the kernel that is on the bench now; an edit of another one comes too late.
    """
    sent = value.get("kernel") if isinstance(value, Mapping) else None
    return sent.get("weights") if isinstance(sent, Mapping) and sent.get("token") == token else None
