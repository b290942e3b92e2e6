"""Buttons that save pictures and numbers."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from core.data.csv_files import Cell
from core.ui.widgets.csv_download import offer_csv_file


def offer_csv(label: str, values: NDArray[np.generic], name: str, key: str) -> None:
    """Show a button that saves numbers as CSV: (H, W) as they stand, (maps, H, W) with the map and row in front."""
    offer_csv_file(label, lambda: rows_of(values), name, key, help="All these numbers, for a spreadsheet.")


def offer_png(label: str, picture: Callable[[], NDArray[np.uint8]], name: str, key: str) -> None:
    """Show a button that saves a picture (H, W, 3) as PNG, pixel by pixel; it is made when it is saved."""
    st.download_button(
        f"{label} (PNG)",
        lambda: as_png(picture()),
        file_name=f"{name}.png",
        mime="image/png",
        key=key,
        on_click="ignore",
        icon=":material/image:",
        help="This picture as a PNG file.",
    )


def rows_of(values: NDArray[np.generic]) -> Iterator[list[Cell]]:
    """Yield an array of one, two or three axes as rows of a table, the heading first; numbers have six digits."""
    places = ("map", "row")[3 - values.ndim :] if values.ndim > 1 else ("unit",)
    columns = [f"column {column}" for column in range(values.shape[-1])] if values.ndim > 1 else ["value"]
    yield [*places, *columns]
    table = values.reshape(*values.shape[: len(places)], -1)
    for place in np.ndindex(table.shape[:-1]):
        yield [*place, *(float(f"{value:.6g}") for value in table[place])]


def as_png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()
