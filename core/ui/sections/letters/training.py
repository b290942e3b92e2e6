"""Train it here: RNN, GRU and LSTM on the list of surnames, as ordinary runs."""

import streamlit as st

from core.data.text.surnames import LANGUAGES
from core.models.text.design import CellDesign
from core.training.config import TrainConfig
from core.training.recipes import read_surnames
from core.training.tasks.surnames import SurnameTask
from core.ui.widgets.train_here import RECURRENT, Exercise, choose_amounts


def _configure() -> TrainConfig:
    hidden, epochs, seed = choose_amounts("names", (16, 32, 64, 128), 64, 4, 12)
    balance = st.slider(
        "Balance",
        0.0,
        1.0,
        0.25,
        0.25,
        key="names-balance",
        width=180,
        help="A language weighs its number of names to the power of minus this; 1 makes all languages equal.",
    )
    return read_surnames(SurnameTask(balance=float(balance), network=CellDesign(hidden_size=hidden)), epochs, seed)


SURNAMES = Exercise(
    key="names",
    learns="surnames",
    about="Three cells read seven of ten names of the list letter by letter; the others are for validation and test. "
    "Russian names are half of the list: with a balance of 0 whoever always says “Russian” is right half the time.",
    configure=_configure,
    contenders=RECURRENT,
    button="Train RNN, GRU and LSTM",
    cases="names",
    level=(1 / len(LANGUAGES), "pure chance"),
    needs=("names", "the list of surnames"),
)
