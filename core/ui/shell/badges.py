"""The badges in the sidebar: what the app computes on, and which data it has."""

import streamlit as st

from core.models.device import describe_device


def show_machine() -> None:
    """Show the device and the data as badges."""
    device = describe_device()
    st.badge(device, icon=":material/memory:", color="blue", help="Where the networks of this server compute.")
    st.badge(
        "MNIST, 70,000 digits",
        icon=":material/database:",
        color="green",
        help="All 60,000 training and 10,000 test digits come with this app.",
    )
