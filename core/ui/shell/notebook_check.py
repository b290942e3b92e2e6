"""Spares Streamlit the question whether somebody types the app into a notebook.

Before it sends the first element it reads the source of every function on its stack to find out: a tenth of a second,
in which the first visitor waits. What is served is no notebook. There is no setting for it, so a function is wrapped.
"""

from streamlit import env_util

from core.ui.shell.wrapping import wrap_once


def skip_notebook_check() -> None:
    """Have Streamlit take the app for a script that is served; once in a process is enough."""
    wrap_once(env_util, "is_repl", lambda _is_repl: lambda: False)
