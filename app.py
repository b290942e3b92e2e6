"""The launcher: `streamlit run app.py`. The frame around every page is `core/ui/frame.py`."""

import streamlit as st
from starlette.middleware import Middleware

from core.ui.components import serving
from core.ui.components.live.serving import routes
from core.ui.launch import lifespan, on_script_error
from core.ui.packed import PackedFiles
from core.ui.person import RememberBrowser

app = st.App(
    "core/ui/frame.py",
    lifespan=lifespan,
    on_script_error=on_script_error,
    middleware=[Middleware(PackedFiles), Middleware(RememberBrowser)],
    routes=[*routes(), *serving.routes()],
)
