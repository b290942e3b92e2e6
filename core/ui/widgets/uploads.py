"""Files that people bring: how many, and how fast."""

import streamlit as st

from core.data.columns import UnreadableColumns, decode_file
from core.rate_limit import per_minute
from core.runs.store.rights import Person
from core.settings import settings
from core.ui.state.person import person

PHOTO_HELP = (
    "For a larger photo, send a smaller version, or take a screenshot of it. HEIC photos of an iPhone: under Settings, "
    "Camera, Formats choose “Most Compatible”, or take a screenshot."
)
"""What to do with a photo that no page reads."""
TOO_MANY = "That was a lot of files in one minute. Wait a moment, then bring this one again."


def may_upload(by: Person) -> bool:
    """Return whether somebody may bring one more file now, and count it."""
    return per_minute("uploads", settings().uploads_per_minute).take(by.session)


def uploaded_text(key: str) -> str:
    """Return the text of the table that a file field holds.

    Raises:
        UnreadableColumns: there were too many files within a minute, or it is no text.
    """
    if not may_upload(person()):
        raise UnreadableColumns(TOO_MANY)
    return decode_file(st.session_state[key].getvalue())
