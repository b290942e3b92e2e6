"""Files that people bring: how many, and how fast."""

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from core.data.columns import UnreadableColumns, decode_file
from core.rate_limit import per_minute
from core.runs.store.rights import Person
from core.settings import settings
from core.ui.state.person import person

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

PHOTO_HELP = (
    "For a larger photo, send a smaller version, or take a screenshot of it. HEIC photos of an iPhone: under Settings, "
    "Camera, Formats choose “Most Compatible”, or take a screenshot."
)
"""What to do with a photo that no page reads."""
TOO_MANY = "That was a lot of files in one minute. Wait a moment, then bring this one again."


def may_upload(by: Person) -> bool:
    """Return whether somebody may bring one more file now, and count it."""
    return per_minute("uploads", settings().uploads_per_minute).take(by.session)


def files_in(key: str) -> list["UploadedFile"]:
    """Return the files that are in a field, a camera or a microphone, whether it holds one or several.

    A browser goes on showing a file whose session is forgotten, which the server has no more. Then a field returns
    nothing, but the session's state has a note in its place that cannot be read.
    """
    held = st.session_state.get(key)
    several = held if isinstance(held, list) else [] if held is None else [held]
    return [file for file in several if not isinstance(file, DeletedFile)]


def file_in(key: str) -> "UploadedFile | None":
    """Return the file that is in a field, a camera or a microphone, as `files_in` finds it; the first of several."""
    return next(iter(files_in(key)), None)


def uploaded_text(key: str) -> str:
    """Return the text of the table that a file field holds.

    Raises:
        UnreadableColumns: there were too many files within a minute, or it is no text.
    """
    file = file_in(key)
    assert file is not None, "the field is empty"
    if not may_upload(person()):
        raise UnreadableColumns(TOO_MANY)
    return decode_file(file.getvalue())
