"""The library of sentences behind the sections that look something up: which it is, and where more can be had."""

import streamlit as st

from core.data.sources import NotHere
from core.data.text.corpora import is_here
from core.inspection.text.library import LibraryReading, forget_library, read_library
from core.models.cells import TITLES, Cell
from core.ui.widgets.download_data import offer_download


def take_library(cell: Cell) -> LibraryReading | None:
    """Return the library as a network has read it; say so and return None where it cannot be read."""
    try:
        with st.spinner(f"The {TITLES[cell]} reads the library, once ..."):
            return read_library(cell)
    except NotHere as problem:
        st.warning(str(problem), icon=":material/warning:")
        return None


def name_library(read: LibraryReading, key: str) -> None:
    """Say which sentences were looked through, and offer to fetch the film reviews where they are not at hand.

    Args:
        read: the library.
        key: a beginning for the key of the button.
    """
    st.caption(
        f"Looked through: {read.corpus.source}; {len(read.words):,} words. No network was trained on these sentences."
    )
    if is_here():
        return
    st.info(
        "Only sentences made by rule are looked through: the film reviews (the Stanford Sentiment Treebank) are not on "
        "this machine. With them there is much more to find.",
        icon=":material/info:",
    )
    if offer_download("sst2", "the film reviews", f"{key}-download", "go on with the made sentences"):
        forget_library()
        st.rerun()
