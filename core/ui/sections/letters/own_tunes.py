"""Train networks that write tunes, and count how often the bars of what they write add up."""

import streamlit as st

from core.figures.percent import exact_percent
from core.figures.tables import bar, swatch, table
from core.inspection.letters.tunes import write_and_judge
from core.models.cells import CELLS, TITLES, Cell
from core.models.text.letters import NextLetter
from core.ui.sections.letters.training import TUNES
from core.ui.widgets.train_here import networks_trained_here, train_here

JUDGED = 20
"""Tunes that each network writes to be judged: together they take some seconds."""
TEMPERATURE = 0.5


def show_training() -> None:
    """Show the controls, what was trained, and how often its bars add up, in the container `own-tunes`."""
    train_here(TUNES)
    own = own_writers()
    if not own:
        return
    asked = st.button(
        f"Let each write {JUDGED} tunes",
        icon=":material/edit:",
        key="tunes-judge",
        help=f"From nothing, at temperature {TEMPERATURE:g}. It takes some seconds.",
    )
    if asked:
        with st.container(key="own-tunes"), st.spinner("The networks write ..."):
            st.html(_judged(own))
    st.caption("Under “Write a tune” your networks write as well: choose **Yours** beside a network.")


def own_writers() -> dict[Cell, NextLetter]:
    """Return the networks that this person last trained on tunes."""
    trained = dict(networks_trained_here(TUNES.learns))
    return {cell: found for cell in CELLS if isinstance(found := trained.get(cell), NextLetter)}


def _judged(own: dict[Cell, NextLetter]) -> str:
    rows = []
    for cell, network in own.items():
        colour = TUNES.colours[cell]
        shares = [count / JUDGED for count in write_and_judge(network, JUDGED, TEMPERATURE)]
        cells = [exact_percent(share) + bar(share, colour) for share in shares]
        rows.append([f"{swatch(colour)}Your {TITLES[cell]}", *cells])
    return table(["", "a tune", "bars add up"], rows)
