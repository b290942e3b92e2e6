"""The badges in the sidebar: what the app computes on, which data it has, and for a teacher how the server is doing."""

import streamlit as st

from core.models.device import describe_device
from core.ui.shell.health import health
from core.ui.state.person import member_here
from core.ui.widgets.run_actions import current_runner
from core.wording import counted

BEAT = 5.0
"""Seconds between two looks at the server's health."""


def show_machine() -> None:
    """Show the device and the data as badges."""
    device = describe_device()
    st.badge(device, icon=":material/memory:", color="blue", help="Where the networks of this server compute.")
    if cluster := current_runner().about():
        # It is too long for a badge, which would cut it.
        st.caption(f":blue[:material/memory: {cluster}]", help="Where trainings of this server go on.")
    st.badge(
        "MNIST, 70,000 digits",
        icon=":material/database:",
        color="green",
        help="All 60,000 training and 10,000 test digits come with this app.",
    )
    me = member_here()
    if me is not None and me.teaches:
        st.fragment(_show_health, run_every=BEAT)()


def _show_health() -> None:
    """Show a teacher whether the server keeps up with the class."""
    now = health()
    slow = "" if now.p95_ms is None else f", 95 of 100 within {now.p95_ms / 1000:.2f} s"
    st.caption(
        f"{counted(now.people, 'page')} open; {now.answers_per_second:.1f} answers a second{slow}. "
        f"{counted(now.training, 'training')} going on, {now.waiting} waiting. "
        f"{now.server_mb + now.training_mb:,.0f} MB in use.",
        help="Of the last minute. The same as JSON for the owner of the server: /health.",
    )
