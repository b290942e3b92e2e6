"""Below the convolution: the size formula, the parameters, the same in PyTorch."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.course.live import ConvolutionSeen
from core.inspection.images.convolution import Conv, ConvolutionResult, Pool, conv_size, count_parameters, pool_size
from core.ui.sections.convolution.kernel import Kernel, KernelChoice

Shape = tuple[int, int]


def seen_bench(choice: KernelChoice, kernel: Kernel, conv: Conv, pool: Pool | None, shape: Shape) -> ConvolutionSeen:
    """Return what a lesson may know of the bench, of a picture of that shape."""
    high, wide = (conv_size(length, conv) for length in shape)
    return ConvolutionSeen(
        choice.name,
        not kernel.listed,
        conv.kernel_size,
        conv.stride,
        any(conv.pads),
        conv.activation,
        pool.kind if pool else "none",
        (high, wide) if pool is None else (pool_size(high, pool), pool_size(wide, pool)),
    )


def show_size(height: int, width: int, conv: Conv, pool: Pool | None) -> None:
    """Show the formula for the size of the output with the numbers in it, and that of the pooling."""
    st.header("How large is the output?", help="The formula in the documentation of torch.nn.Conv2d.")
    st.markdown("**output** = ⌊(input + padding before and after - dilation · (kernel - 1) - 1) / stride⌋ + 1")
    sides = [("both sides", height)] if height == width else [("height", height), ("width", width)]
    before, after = conv.pads
    pads = rf"2 \cdot {before}" if before == after else f"{before} + {after}"
    for name, length in sides:
        st.markdown(
            rf"{name}: $\left\lfloor\frac{{{length} + {pads} - {conv.dilation} \cdot ({conv.kernel_size} - 1) - 1}}"
            rf"{{{conv.stride}}}\right\rfloor + 1 = \mathbf{{{conv_size(length, conv)}}}$"
        )
    if pool is not None:
        st.markdown("**pooled** = ⌊(output - window) / stride⌋ + 1")
        for name, length in sides:
            size = conv_size(length, conv)
            st.markdown(
                rf"{name}: $\left\lfloor\frac{{{size} - {pool.kernel_size}}}{{{pool.stride}}}\right\rfloor + 1"
                rf" = \mathbf{{{pool_size(size, pool)}}}$"
            )


def show_parameters(height: int, width: int, conv: Conv) -> None:
    """Show how many numbers the kernel has, and how many a dense layer would need for the same output."""
    counts = count_parameters(height, width, conv)
    inputs, outputs = height * width, conv_size(height, conv) * conv_size(width, conv)
    st.header(
        "How many parameters would a dense layer need for the same output?",
        help="A dense layer has a number of its own for every pair of an input cell and an output cell.",
    )
    with st.container(horizontal=True, gap="large"):
        st.metric("This kernel", f"{counts.kernel:,}", width="content", help="Every cell of it, and the bias.")
        st.metric("A dense layer", f"{counts.dense:,}", width="content", help="Inputs times outputs, and a bias each.")
    side = conv.kernel_size
    st.markdown(
        f"Kernel: {side} · {side} + 1 = {counts.kernel:,}. Dense: {inputs:,} · {outputs:,} + {outputs:,} = "
        f"{counts.dense:,}, **{counts.dense / counts.kernel:,.0f} times as many**. "
        "The kernel uses the same few numbers at every place: its weights are *shared*."
    )


def show_code(weights: NDArray[np.float64], conv: Conv, pool: Pool | None, result: ConvolutionResult) -> None:
    """Show the same computation as a PyTorch program, and what PyTorch got on the server."""
    with st.expander("The same in PyTorch", icon=":material/code:"):
        rows = ",\n    ".join("[" + ", ".join(f"{weight:.6g}" for weight in row) + "]" for row in weights)
        padding = '"same"' if conv.padding == "same" else str(conv.padding)
        lines = [
            "import torch",
            "import torch.nn.functional as F",
            "",
            f"kernel = torch.tensor([\n    {rows},\n])[None, None]  # (1, 1, {conv.kernel_size}, {conv.kernel_size})",
            f"bias = torch.tensor([{conv.bias:.6g}])",
            "# x: the picture, (1, 1, height, width)",
            f"y = F.conv2d(x, kernel, bias, stride={conv.stride}, padding={padding}, dilation={conv.dilation})",
        ]
        if conv.activation != "none":
            lines.append(f"y = torch.{conv.activation.lower()}(y)")
        if pool is not None:
            function = "max_pool2d" if pool.kind == "max" else "avg_pool2d"
            lines.append(f"y = F.{function}(y, kernel_size={pool.kernel_size}, stride={pool.stride})")
        st.code("\n".join(lines), language="python")
        last = result.activated if result.pooled is None else result.pooled
        shape = f"{last.shape[0]} x {last.shape[1]}"
        st.caption(f"PyTorch's own answer on this server: {shape}, from {last.min():.4g} to {last.max():.4g}.")
