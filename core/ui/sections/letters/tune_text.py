"""The ABC text of a tune: what was given, what the network has added, and both as a file."""

from html import escape

import streamlit as st

from core.data.tunes.beginnings import as_file

_STYLE = """<style>
.abc { margin: 0; font-family: monospace; font-size: 1rem; line-height: 1.45; white-space: pre-wrap;
  overflow-wrap: anywhere; max-height: 20rem; overflow-y: auto; color: inherit; background: none; padding: 0; }
.abc .given { opacity: .65; }
</style>"""


def show_text(head: str, given: str, written: str) -> None:
    """Show the text of a tune, in the container `tune-text`, with a button that saves it."""
    with st.expander("The tune as text", icon=":material/abc:"), st.container(key="tune-text"):
        st.html(
            f'{_STYLE}<pre class="abc" tabindex="0"><span class="given">{escape(head + given)}</span>'
            f"{escape(written.rstrip())}</pre>"
        )
    st.download_button(
        "Save as ABC",
        as_file(head + given + written),
        "tune.abc",
        "text/vnd.abc",
        icon=":material/download:",
        key="tunes-download",
        on_click="ignore",
        help="A text file that programs for folk music can read.",
    )
