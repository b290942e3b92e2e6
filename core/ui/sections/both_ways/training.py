"""Train it here: a forward and a bidirectional reader on tagged words, as ordinary runs."""

import streamlit as st

from core.data.sources import folder_of
from core.figures.palette import colour_of
from core.inspection.tagging.tagging import BOTH, FORWARD
from core.models.text.design import TaggerDesign
from core.training.recipes import tag_words
from core.training.tasks.tagging import TaggingTask
from core.ui.widgets.download_data import offer_download
from core.ui.widgets.train_here import Exercise, choose_amounts, show_exercise

_NAMES = {"forward": FORWARD, "bidirectional": BOTH}
_TITLES = {"forward": "Forward", "bidirectional": "Both ways"}


@st.fragment
def show_training() -> None:
    """Show what is trained, and the curves of both readers while they learn."""
    if folder_of("wnut17") is None:
        st.caption("The posts of WNUT 2017 are not on this server: without them nothing can be trained here.")
        if not offer_download("wnut17", "WNUT 2017", "both-ways-download", "the shipped networks read on"):
            return
    st.caption(
        "Both learn every word of WNUT 2017's posts and of sentences made by rule. They are validated and tested on "
        "pairs of sentences that only what follows decides, and there on the name alone. Who can get above 50 %?"
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        hidden, epochs, seed = choose_amounts("both-ways", (16, 24, 40, 64), 40, 4, 10)
    base = tag_words(TaggingTask(network=TaggerDesign(hidden_size=hidden)), epochs, seed)
    show_exercise(
        Exercise(
            learns="tags",
            button="Train both readers",
            name=lambda values: _TITLES[values["network"]],
            colour=lambda values: colour_of(_NAMES[values["network"]]),
            cases="names",
            level=(0.5, "the most without what follows"),
            invitation="Nothing trained here yet. One click trains both, one after the other, in some seconds each.",
            validation=True,
        ),
        base,
        tuple(_NAMES),
    )
