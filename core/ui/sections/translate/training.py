"""Train it here: all three networks on the same numbers, as ordinary runs, and what they make of the number above."""

from html import escape

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import table
from core.inspection.translation.reading import translate_with
from core.models.text.translation import TITLES, Translator
from core.training.tasks.translation import TranslationTask
from core.ui.sections.translate.look import TranslatedNumber
from core.ui.widgets.train_here import Exercise, networks_trained_here, train_here

TRANSLATION = Exercise(
    TranslationTask,
    key="translation",
    about="All three learn from the same numbers, in different languages in every epoch. For a while nothing is right "
    "to the letter; then, within a few hundred updates, nearly all is. Who gets there first, and who stays behind?",
    button="Train all three",
    colours={str(kind): colour_of(f"translate-{kind}") for kind in TITLES},
)


def show_training(look: TranslatedNumber | None) -> None:
    """Show the controls, what was trained, and how it translates the number above, if there is one."""
    train_here(TRANSLATION)
    if look is None:
        return
    rows = []
    for kind, network in networks_trained_here(TRANSLATION.learns):
        if kind in TITLES and isinstance(network, Translator):
            found = translate_with(network, kind, look.read.pieces, look.target)
            right = ("yes" if found.text == look.truth else "no") if look.truth else ""
            said = f'<td class="text">{escape(found.text) or "(nothing)"}</td>'
            rows.append([f"Your {TITLES[kind]}", said, percent(found.probability, small=4), right])
    if rows:
        with st.container(key="translate-yours"):
            st.html(table(["the number above", "", "Probability", "Right"], rows, left=True))
