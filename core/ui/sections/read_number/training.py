"""Train it here: with the GRU and without it, on lines of MNIST's digits, as ordinary runs; both read the number."""

from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import swatch, table
from core.inspection.numbers.reading import read_line_with
from core.models.numbers import TITLES, LineReader
from core.training.tasks.numbers import NumberTask
from core.ui.sections.read_number.look import Look
from core.ui.widgets.train_here import Exercise, networks_trained_here, train_here

NUMBERS = Exercise(
    NumberTask,
    key="numbers",
    about="Both networks learn from the same lines, and nobody tells them where a digit stands: CTC adds up all ways "
    "to place the number on the columns. At first every column says “blank”; then the digits appear within a few "
    "hundred updates.",
    button="Train both",
    colours={"cnn-gru": colour_of("digit-gru"), "cnn": colour_of("digit-cnn")},
)


def show_training(look: Look) -> None:
    """Show the controls, what was trained, and how it reads the number above, in the container `number-yours`."""
    train_here(NUMBERS)
    if look.line.blank:
        return
    trained = dict(networks_trained_here(NUMBERS.learns))
    rows = []
    for kind, title in TITLES.items():
        network = trained.get(kind)
        if isinstance(network, LineReader):
            found = read_line_with(network, kind, look.line.pixels)
            name = f"{swatch(NUMBERS.colours[kind])}Your {title}"
            rows.append([name, escape(found.digits) or "nothing", percent(found.probability)])
    if rows:
        with st.container(key="number-yours"):
            st.html(table(["", "the number above", "Probability"], rows))
