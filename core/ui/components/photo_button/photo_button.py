"""Lets a file button open the camera of a phone, which a page may do over plain http, too."""

from core.ui.components.component import component

_show = component("photo_button", missing="")


def photo_button(container: str) -> None:
    """Change the file buttons in the container with that key; on machines without a touch screen they stay."""
    _show(key=f"{container}-photo", data={"container": container}, height="content", width="content")
