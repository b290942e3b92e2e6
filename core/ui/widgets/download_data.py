"""A button that fetches a published data set."""

import streamlit as st

from core.data.sources import DownloadFailed, download, published


def offer_download(name: str, title: str, key: str, instead: str) -> bool:
    """Show a button that fetches a data set, with its progress; return whether it has just arrived.

    Args:
        name: of the data set, as `core.data.sources` knows it.
        title: what it is called on the button.
        key: of the button.
        instead: what a person can do when it cannot be had, to end "Nothing is lost: ...".
    """
    size = published(name).size
    label = f"Download {title} ({size / 1e6:.{0 if size > 5e6 else 1}f} MB)"
    if not st.button(label, icon=":material/download:", key=key, help="Once for this server."):
        return False
    title = f"{title[:1].upper()}{title[1:]}"
    bar = st.progress(0.0, f"Downloading {title} ...")

    def show(done: int, total: int) -> None:
        bar.progress(done / total, f"{title}: {done / 1e6:.1f} of {total / 1e6:.1f} MB")

    try:
        download(name, show)
    except DownloadFailed as failure:
        bar.empty()
        reason = str(failure)
        st.warning(f"{reason[:1].upper()}{reason[1:]} Nothing is lost: {instead}, or try again.")
        return False
    return True
