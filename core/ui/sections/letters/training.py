"""Train it here: RNN, GRU and LSTM on the list of surnames, as ordinary runs."""

import streamlit as st

from core.data.sources import folder_of
from core.data.text.surnames import LANGUAGES
from core.figures.palette import colour_of
from core.models.cells import CELLS
from core.models.text.design import CellDesign
from core.training.recipes import read_surnames
from core.training.tasks.surnames import SurnameTask
from core.ui.widgets.download_data import offer_download
from core.ui.widgets.train_here import Exercise, choose_amounts, show_exercise


@st.fragment
def show_training() -> None:
    """Show what is trained, and the curves of the three cells while they learn."""
    st.subheader("Train it here")
    if folder_of("names") is None:
        st.caption("The list of surnames is not on this server: without it nothing can be trained here.")
        if not offer_download("names", "the list of surnames", "names-download", "the shipped network reads on"):
            return
    st.caption(
        "Three cells read seven of ten names of the list letter by letter; the others are for validation and test. "
        "Russian names are half of the list: with a balance of 0 whoever always says “Russian” is right half the time."
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
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
    task = SurnameTask(balance=float(balance), network=CellDesign(hidden_size=hidden))
    base = read_surnames(task, epochs, seed)
    show_exercise(
        Exercise(
            learns="surnames",
            button="Train RNN, GRU and LSTM",
            name=lambda values: values["network"].upper(),
            colour=lambda values: colour_of(f"sentence-{values['network']}"),
            cases="names",
            level=(1 / len(LANGUAGES), "pure chance"),
            invitation="Nothing trained here yet. One click trains all three, one after the other, in seconds each.",
        ),
        base,
        tuple(CELLS),
    )
