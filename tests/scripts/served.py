"""Serves a script of the tests as `app.py` serves the frame: with the scripts of the components."""

import os

import streamlit as st

from core.ui.components.serving import routes

app = st.App(os.environ["PLAYGROUND_TEST_SCRIPT"], routes=routes())
