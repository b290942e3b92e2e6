"""Train it here: the three cells on stories of one distance, as ordinary runs."""

import streamlit as st

from core.data.text.stories import LANGUAGES
from core.figures.palette import colour_of
from core.models.cells import CELLS
from core.models.text.design import CellDesign
from core.training.recipes import remember
from core.training.tasks.stories import NEAREST, StoryTask
from core.ui.widgets.train_here import Exercise, choose_amounts, show_exercise

MOST = 60
"""Words of the longest stories that are trained on here."""


def show_training() -> None:
    """Show what is trained, and the curves of RNN, GRU and LSTM while they learn."""
    st.caption(
        "Each cell learns from 3,000 stories in which the question always stands as far from the country as you "
        "choose, and is tested on stories of other cities and sentences. From which distance on does it learn nothing?"
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        distance = st.slider(
            "Words to remember over",
            NEAREST,
            MOST,
            20,
            key="distance-learnt",
            bind="query-params",
            width=300,
            help="From the country to the question, in every story.",
        )
        hidden, epochs, seed = choose_amounts("distance", (8, 16, 24, 32, 48, 64), 32, 6, 20)
        shorter = st.toggle(
            "Shorter stories too",
            key="distance-shorter",
            help="Train on stories of all lengths up to this distance: from the near ones the far ones are learnt.",
        )
    task = StoryTask(distance=int(distance), shorter_too=bool(shorter), network=CellDesign(hidden_size=hidden))
    base = remember(task, epochs, seed)
    show_exercise(
        Exercise(
            learns="stories",
            button="Train RNN, GRU and LSTM",
            name=lambda values: values["network"].upper(),
            colour=lambda values: colour_of(f"sentence-{values['network']}"),
            cases="stories",
            level=(1 / len(LANGUAGES), "pure chance"),
            invitation="Nothing trained here yet. One click trains all three, one after the other, in seconds each.",
        ),
        base,
        tuple(CELLS),
    )
