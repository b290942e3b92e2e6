"""The loss around trained weights as a surface to turn, with the ways of SGD and Adam on it."""

import streamlit as st

from core.figures.interactive.loss_surface import loss_surface
from core.figures.percent import percent
from core.inspection.points.landscape import UPDATES, Directions, Landscape, survey
from core.models.points import Activation
from core.ui.widgets.figure import show_figure

SGD_RATES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
ADAM_RATES = (0.001, 0.003, 0.01, 0.02, 0.05, 0.1)
_DIRECTIONS: dict[str, Directions] = {"Along the paths": "paths", "Random, filter-normalised": "random"}
_ROOM = 1.6  # the surface is cut off at so many times the loss at which the paths begin


@st.fragment
def show_landscape(wanted: tuple[int, ...], activation: Activation) -> None:
    """Show the landscape of the network that learns `wanted`."""
    st.markdown(
        "The same network, from one seed, once with SGD and once with Adam. The picture cuts through its many weights "
        "along two directions; the point where Adam ended is at (0, 0). **Turn it with the mouse or a finger.**"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        directions = st.segmented_control(
            "Directions",
            list(_DIRECTIONS),
            default=next(iter(_DIRECTIONS)),
            required=True,
            key="landscape-directions",
            bind="query-params",
            help="Random directions are scaled to the weights of each unit (Li and others, 2018). The main directions "
            "of the paths are their principal components.",
        )
        sgd = st.select_slider(
            "Rate of SGD", SGD_RATES, 0.5, key="landscape-sgd", bind="query-params", width=110, help="Its step size."
        )
        adam = st.select_slider(
            "Rate of Adam",
            ADAM_RATES,
            0.02,
            key="landscape-adam",
            bind="query-params",
            width=110,
            help="Its step size.",
        )
        seed = st.number_input(
            "Seed", 0, 999, 0, key="landscape-seed", bind="query-params", width=100, help="For the first weights."
        )
    chosen = _DIRECTIONS.get(str(directions), "paths")
    found = _survey(wanted, activation, (float(sgd), float(adam)), chosen, int(seed))
    ceiling = max(0.2, _ROOM * max(float(path.losses[0]) for path in found.paths))
    paths = [(path.name, path.places, path.losses) for path in found.paths]
    show_figure(
        loss_surface(found.first, found.second, found.losses, paths, ceiling),
        name="loss-landscape",
        alt="The loss over two directions as a surface. "
        + " ".join(f"{path.name} went from {path.losses[0]:.3f} to {path.losses[-1]:.4f}." for path in found.paths),
        height=450,
    )
    st.markdown(_in_words(found))


@st.cache_data(max_entries=64, show_spinner="Walking down twice ...")
def _survey(
    wanted: tuple[int, ...], activation: Activation, rates: tuple[float, float], directions: Directions, seed: int
) -> Landscape:
    return survey(wanted, activation, rates, directions, seed)


def _in_words(found: Landscape) -> str:
    """Return where both ways led, and how much of them the picture shows."""
    sentences = []
    for path in found.paths:
        sentences.append(
            f"**{path.name}** went from a loss of {path.losses[0]:.3f} to {path.losses[-1]:.4f} in {UPDATES:,} "
            f"updates; this plane holds {percent(path.held)} of its way."
        )
    return " ".join(sentences) + " Where a path leaves the plane, its line does not lie on the surface."
