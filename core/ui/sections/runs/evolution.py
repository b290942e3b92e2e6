"""What happens in the layers over a training: the flow of gradients, and the spread of weights and activations."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import streamlit as st
import torch

from core.figures.interactive.evolution import gradient_heat_map, ridgelines
from core.figures.run_charts import CurveOptions
from core.inspection.images.evolution import Spreads, layers_with_weights, outputs_of, spreads, weights_of
from core.runs.networks import NoNetwork
from core.runs.store.watching import watch
from core.ui.plain_text import plain
from core.ui.sections.runs.examined_network import ExaminedNetwork
from core.ui.sections.runs.moments import network_of_moment, steps_of
from core.ui.widgets.figure import show_figure
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.run_curves import curves_of
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

PICTURES = 200
"""Held-out pictures for which activations are looked at."""
_MOST = 10  # moments
Kind = Literal["weights", "activations"]


def show_evolution(examined: ExaminedNetwork) -> None:
    """Show the layers of a network over its training."""
    _gradients(examined)
    steps = steps_of(examined)
    if not steps:
        st.info("No moments of this network's training are kept.")
        return
    taken = [steps[place] for place in np.unique(np.linspace(0, len(steps) - 1, _MOST).round().astype(int))]
    layers = layers_with_weights(examined.choice.network)
    layer = st.selectbox(
        "Layer",
        layers,
        key=f"runs-evolution-{examined.choice.name}",
        width=260,
        help="Whose weights and activations are shown, from the beginning of the training (at the back) to its end.",
    )
    try:
        found = {kind: _spreads(_key(examined), layer, kind, taken, examined) for kind in ("weights", "activations")}
    except NoNetwork as problem:
        st.info(plain(str(problem)))
        return
    for place, (kind, spread) in zip(side_by_side(2, key="evolution", gap="medium"), found.items(), strict=True):
        with place:
            st.markdown(f"**{kind.capitalize()} of {plain(layer)}**")
            show_figure(
                ridgelines([f"update {step:,}" for step in taken], spread.edges, spread.counts, kind[:-1]),
                name=f"ridges-{kind}",
                alt=f"How the {kind} of {layer} spread at {counted(len(taken), 'moment')} of the training, from "
                f"{spread.edges[0]:.3g} to {spread.edges[-1]:.3g}",
                height=480,
            )
    st.caption(
        f"A ridge is a histogram, as high as the share of the values. Activations are what the layer puts out for "
        f"{counted(min(PICTURES, len(examined.images)), 'held-out picture')}, before any activation function."
    )


def _gradients(examined: ExaminedNetwork) -> None:
    """Show the norms of the gradients of a run that was trained here."""
    view = watch(current_runner().store, examined.run.id) if examined.run is not None else None
    run = curves_of(view, CurveOptions()) if view else None
    layers = {name: norms for name, norms in run.gradient_norms.items() if name} if run else {}
    if run is None or len(run.checked) < 2 or not layers:
        st.caption(
            "How gradients flow is measured once a second in trainings on this server; for this one there are no "
            "measurements."
        )
        return
    st.markdown("**How strongly the gradient reaches every layer**")
    show_figure(
        gradient_heat_map(run.checked, layers, "update"),
        name="gradient-flow",
        alt=f"The norm of the loss gradient of {counted(len(layers), 'layer')}, measured {len(run.checked):,} times",
        height=300,
    )


def _key(examined: ExaminedNetwork) -> str:
    return f"{examined.choice.name} {examined.run.ended if examined.run else ''} {examined.images.source}"


@st.cache_data(max_entries=64, show_spinner="Looking into the moments of the training ...")
def _spreads(key: str, layer: str, kind: Kind, steps: Sequence[int], _examined: ExaminedNetwork) -> Spreads:
    """Return the histograms of a layer; `key` tells networks apart."""
    networks = [network_of_moment(_examined, step) for step in steps]
    if kind == "weights":
        return spreads([weights_of(network, layer) for network in networks])
    pictures = _examined.images.spread(PICTURES)
    batch = torch.from_numpy(pictures.images.copy()).unsqueeze(1).float() / 255
    return spreads([outputs_of(network, layer, batch) for network in networks])
