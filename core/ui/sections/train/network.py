"""The group "Network": its kind and its layers."""

from html import escape
from typing import Any

import streamlit as st

from core.models import initialisation, scaling
from core.models.images.block_notation import write_block
from core.models.images.design import (
    ACTIVATION_TITLES,
    CNN,
    DESIGNS,
    POOLING_TITLES,
    ColumnReader,
    ConvBlock,
    Design,
    LayerSummary,
)
from core.ui.sections.train.fields import FIELD, Fields

_TABLE_STYLE = """<style>
.layers { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
.layers th { text-align: left; font-weight: 600; opacity: .8; }
.layers td, .layers th { padding: .12rem .5rem .12rem 0; border-bottom: 1px solid #8a949e44; }
.layers .n { text-align: right; padding-right: 0; }
</style>"""


def choose_network(fields: Fields) -> None:
    """Show the kind of the network, and the controls of that kind."""
    key = fields.key("network", fields.base.images.network.kind)
    kind = st.segmented_control(
        "Kind of network",
        list(DESIGNS),
        format_func=lambda one: DESIGNS[one].title,
        default=fields.base.images.network.kind,
        required=True,
        key=key,
        help="A CNN slides filters over the picture; an MLP takes all pixels at once; an RNN reads the picture row by "
        "row, top to bottom; CNN + RNN reads the columns of feature maps from left to right.",
    )
    fields.set_network(str(kind))
    network = fields.base.images.network
    if isinstance(network, CNN | ColumnReader):
        _choose_blocks(fields, network.blocks)
    with st.container(horizontal=True):
        _choose_size(fields, network)
        if hasattr(network, "activation"):
            fields.choose("activation", "Activation", ACTIVATION_TITLES, "After every layer but the last.")
        init_help = "How weights are drawn before the first update. With zeros, all units of a layer stay the same."
        fields.choose("initialisation", "First weights", initialisation.TITLES, init_help)
        scaling_help = "What the network does to pixels first. Standardised: mean 0, standard deviation 1."
        fields.choose("scaling", "Input scaling", scaling.TITLES, scaling_help)


def layer_table(layers: tuple[LayerSummary, ...]) -> str:
    """Return all layers with shapes and parameters as HTML."""
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.kind)}</td><td>{' x '.join(map(str, one.output_shape))}</td>"
        f'<td class="n" title="{escape(one.how)}">{f"{one.parameters:,}" if one.parameters else ""}</td></tr>'
        for one in layers
    )
    total = sum(one.parameters for one in layers)
    return (
        f'{_TABLE_STYLE}<table class="layers"><tr><th>layer</th><th>kind</th><th>shape</th><th class="n">parameters'
        f'</th></tr>{rows}<tr><td colspan="3"><b>all</b></td><td class="n"><b>{total:,}</b></td></tr></table>'
    )


def _choose_blocks(fields: Fields, blocks: tuple[ConvBlock, ...]) -> None:
    """Show how many convolutional blocks there are, and a tab for each."""
    key = fields.key("blocks", len(blocks))
    blocks_help = "A block: convolution, activation, pooling. Maps get smaller."
    count = int(st.slider("Convolutional blocks", 1, 4, len(blocks), key=key, help=blocks_help))
    tokens = []
    for place, tab in enumerate(st.tabs([f"Block {place + 1}" for place in range(count)])):
        with tab, st.container(horizontal=True):
            tokens.append(_choose_block(fields, place, blocks[place] if place < len(blocks) else ConvBlock()))
    fields.wanted["blocks"] = ",".join(tokens)


def _choose_block(fields: Fields, place: int, block: ConvBlock) -> str:
    def whole(field: str, label: str, help: str) -> int:
        begin = int(getattr(block, field))
        key = fields.key(f"block{place}-{field}", begin)
        return int(st.number_input(label, value=begin, step=1, key=key, help=help, width=FIELD))

    values: dict[str, Any] = {
        "channels": whole("channels", "Channels", "Filters, and so feature maps: 1 to 256."),
        "kernel_size": whole("kernel_size", "Kernel", "Side of a filter in cells: 1 to 9."),
        "stride": whole("stride", "Stride", "Cells from one place of the filter to the next: 1 to 4."),
        "padding": whole("padding", "Padding", "Rings of zeros around the maps: 0 to 4."),
    }
    pooling_help = "Keep the largest, or the mean, of every 2 x 2 cells."
    values["pooling"] = fields.pick(f"block{place}-pooling", "Pooling", POOLING_TITLES, block.pooling, pooling_help)
    key = fields.key(f"block{place}-dropout", block.dropout)
    dropout_help = "Share of cells set to 0 at random during training."
    values["dropout"] = st.slider("Dropout", 0.0, 0.9, block.dropout, 0.05, key=key, help=dropout_help, width=FIELD)
    key = fields.key(f"block{place}-batch_norm", block.batch_norm)
    values["batch_norm"] = st.toggle(
        "Batch norm",
        value=block.batch_norm,
        key=key,
        help="Scale every map to mean 0, standard deviation 1 over the batch.",
    )
    return write_block(values)


def _choose_size(fields: Fields, network: Design) -> None:
    """Show the settings that only this kind of network has."""
    if network.kind == "cnn":
        fields.sizes("dense", "Dense layers", "Units of each, with commas: 64 or 128,64; “none” for none.")
    elif network.kind == "mlp":
        fields.sizes("hidden", "Hidden layers", "Units of each, with commas: 256,128. One to eight layers.")
        fields.switch("batch_norm", "Batch norm", "Scale every unit to mean 0, standard deviation 1 over the batch.")
    else:
        cell_help = "What happens at every step. GRU and LSTM have gates that let them remember."
        fields.choose("cell", "Cell", ("rnn", "gru", "lstm"), cell_help)
        fields.number("hidden_size", "State", "Numbers in the hidden state: 1 to 512.", step=1)
    if network.kind == "rows":
        fields.number("num_layers", "Layers", "Recurrent layers on top of each other: 1 to 3.", step=1)
