"""A photo: from the camera, or from a file where a browser gives no camera."""

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from core.ui.components.photo_button.photo_button import photo_button
from core.ui.widgets.uploads import PHOTO_HELP

_HERE = ("localhost", "127.0.0.1", "::1")


def take_photo(label: str, key: str) -> Any:
    """Show a camera, and return the photo that was taken, or None.

    Over plain http from another machine no browser gives one; a button for a file takes its place and says why.
    """
    if camera_allowed(st.context.url or ""):
        return st.camera_input(label, key=key)
    with st.container(key=f"{key}-button", width=520):
        st.info(
            "Browsers allow the camera on https pages only, and this page is http. Take a photo with the button below "
            "(on a phone it opens the camera), or ask the person who runs the server for https: the README says how.",
            icon=":material/no_photography:",
        )
        photo = st.file_uploader(
            "A photo, PNG or JPEG, up to 20 MB", type=["png", "jpg", "jpeg"], key=key, help=PHOTO_HELP
        )
        photo_button(f"{key}-button")
    return photo


def camera_allowed(address: str) -> bool:
    """Whether browsers take the address of a page for secure enough for the camera."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" or host in _HERE or host.endswith(".localhost") or not address
