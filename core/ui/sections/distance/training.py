"""Train it here: the three cells on stories of one distance, as ordinary runs."""

import streamlit as st

from core.data.text.stories import LANGUAGES
from core.models.text.design import CellDesign
from core.training.config import TrainConfig
from core.training.recipes import remember
from core.training.tasks.stories import NEAREST, StoryTask
from core.ui.widgets.train_here import RECURRENT, Exercise, choose_amounts

LONGEST = 60
"""Words of the longest stories that are trained on here."""


def _configure() -> TrainConfig:
    distance = st.slider(
        "Words to remember over",
        NEAREST,
        LONGEST,
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
        help="Train on stories of all lengths up to this distance: the near ones teach the far ones.",
    )
    task = StoryTask(distance=int(distance), shorter_too=bool(shorter), network=CellDesign(hidden_size=hidden))
    return remember(task, epochs, seed)


STORIES = Exercise(
    key="distance",
    learns="stories",
    about="Each cell learns from 3,000 stories in which the question always stands as far from the country as you "
    "choose. It is tested on stories of other cities and sentences. From which distance on does it learn nothing?",
    configure=_configure,
    contenders=RECURRENT,
    button="Train RNN, GRU and LSTM",
    cases="stories",
    level=(1 / len(LANGUAGES), "pure chance"),
)
