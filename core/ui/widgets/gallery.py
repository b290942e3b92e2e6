"""Rows of small pictures with captions, enlarged with sharp pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.images.pictures import encode_data_url

_STYLE = """<style>
.gallery { display: flex; flex-wrap: wrap; gap: 1rem 1.1rem; align-items: flex-start; }
.gallery figure { margin: 0; max-width: 100%; }
.gallery.wide { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
.gallery.wide img { width: 100%; }
.gallery img { image-rendering: pixelated; display: block; max-width: 100%; height: auto; }
.gallery img { border: 1px solid #8a949e; border-radius: 3px; }
.gallery b { display: block; margin-bottom: .2rem; }
.gallery figcaption { font-size: .82rem; opacity: .85; margin-top: .25rem; }
</style>"""


@dataclass(frozen=True)
class Picture:
    """One picture of a gallery.

    Attributes:
        picture: grey (H, W), RGB (H, W, 3), or places in `palette` (H, W).
        title: above the picture.
        caption: below it.
        width: on screen, CSS pixels; the height follows. None fills the column of a grid.
        palette: (256, 3), the colours of `picture`, or None.
        signed: whether white is zero; in the dark theme such a picture is shown with a dark zero.
    """

    picture: NDArray[np.uint8]
    title: str
    caption: str
    width: int | None = None
    palette: NDArray[np.uint8] | None = None
    signed: bool = False


def gallery(images: Sequence[Picture], key: str) -> None:
    """Show pictures side by side, wrapping on narrow screens, in a container with the key `key`.

    All travel in one element, so they change together and nothing flickers.
    """
    wide = " wide" if all(image.width is None for image in images) else ""
    with st.container(key=key):
        st.html(f'{_STYLE}<div class="gallery{wide}">{"".join(map(_figure, images))}</div>')


def _figure(image: Picture) -> str:
    title, caption = escape(image.title), escape(image.caption)
    width = f' style="width:{image.width}px"' if image.width else ""
    height, natural = image.picture.shape[:2]
    across = image.width or natural
    # Firefox and Safari read a picture only after they have laid out the page: its room must be known before.
    room = f'width="{across}" height="{round(across * height / natural)}"'
    mark = ' class="signed"' if image.signed else ""
    source = encode_data_url(image.picture, image.palette)
    return (
        f'<figure{width}><b>{title}</b><img{mark} src="{source}" {room} alt="{title}: {caption}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )
