"""The launcher: `streamlit run app.py`. The frame around every page is `core/ui/shell/frame.py`."""

import streamlit as st
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from core.settings import require_valid, settings
from core.ui.components.serving import routes
from core.ui.shell.component_packages import look_by_name
from core.ui.shell.compression import PackedFiles
from core.ui.shell.cookie import RememberBrowser
from core.ui.shell.gate import Gate
from core.ui.shell.headers import SafeHeaders
from core.ui.shell.health import MeasureAnswers, health_routes
from core.ui.shell.joined_requests import AnswerEveryClick
from core.ui.shell.notebook_check import skip_notebook_check
from core.ui.shell.page_switch import LeaveQuietly
from core.ui.shell.room_routes import room_routes
from core.ui.shell.startup import lifespan, on_script_error
from core.ui.shell.upload_limit import LimitUploads

require_valid()
look_by_name()
skip_notebook_check()
app = st.App(
    "core/ui/shell/frame.py",
    lifespan=lifespan,
    on_script_error=on_script_error,
    middleware=[
        Middleware(ProxyHeadersMiddleware, trusted_hosts=settings().trusted_proxies),
        Middleware(SafeHeaders),
        Middleware(Gate),
        Middleware(LimitUploads),
        Middleware(LeaveQuietly),
        Middleware(AnswerEveryClick),
        Middleware(MeasureAnswers),
        Middleware(PackedFiles),
        Middleware(RememberBrowser),
    ],
    routes=[*room_routes(), *health_routes(), *routes()],
)
