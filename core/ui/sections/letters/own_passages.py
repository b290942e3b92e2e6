"""Train networks that write like Shakespeare, and let them go on from the text above."""

from html import escape

import streamlit as st

from core.data.text.shakespeare import Letters
from core.figures.tables import swatch, table
from core.inspection.letters.writing import CELLS, TextGenerator
from core.models.cells import TITLES
from core.models.text.letters import NextLetter
from core.ui.sections.letters.state import LettersState
from core.ui.sections.letters.training import PASSAGES
from core.ui.widgets.train_here import networks_trained_here, train_here

WRITTEN = 120
"""Letters that each network writes on."""
TEMPERATURE = 0.5


def show_training(_state: LettersState, letters: Letters) -> None:
    """Show the controls, what was trained, and how it writes on from the text, in the container `own-passages`."""
    train_here(PASSAGES)
    trained = dict(networks_trained_here(PASSAGES.learns))
    rows = []
    for cell in CELLS:
        network = trained.get(cell)
        if isinstance(network, NextLetter):
            writer = TextGenerator(cell, letters.text, TEMPERATURE, 1, WRITTEN, network)
            written = escape(writer.generate(WRITTEN)).replace("\n", "<br>")
            rows.append([f"{swatch(PASSAGES.colours[cell])}Your {TITLES[cell]}", f'<td class="text">{written}</td>'])
    if rows:
        with st.container(key="own-passages"):
            st.html(table(["", f"goes on from your text, at temperature {TEMPERATURE:g}"], rows, left=True))
