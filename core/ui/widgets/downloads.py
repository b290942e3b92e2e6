"""Buttons that save pictures and numbers."""

import io

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image


def offer_csv(label: str, values: NDArray[np.generic], name: str, key: str) -> None:
    """Show a button that saves numbers as CSV: (H, W) as they stand, (maps, H, W) with the map and row in front."""
    st.download_button(
        f"{label} (CSV)",
        lambda: as_csv(values),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/table:",
        help="All these numbers as a CSV file, for a spreadsheet.",
    )


def offer_png(label: str, picture: NDArray[np.uint8], name: str, key: str) -> None:
    """Show a button that saves a picture (H, W, 3) as PNG, pixel by pixel."""
    st.download_button(
        f"{label} (PNG)",
        lambda: as_png(picture),
        file_name=f"{name}.png",
        mime="image/png",
        key=key,
        on_click="ignore",
        icon=":material/image:",
        help="This picture as a PNG file.",
    )


def as_csv(values: NDArray[np.generic]) -> str:
    """Return an array of one, two or three axes as CSV with a header line."""
    out = io.StringIO()
    if values.ndim == 1:
        out.write("unit,value\n")
        out.writelines(f"{unit},{value:.6g}\n" for unit, value in enumerate(values))
        return out.getvalue()
    columns = ",".join(f"column {column}" for column in range(values.shape[-1]))
    if values.ndim == 2:
        out.write(f"row,{columns}\n")
        out.writelines(f"{row},{','.join(f'{value:.6g}' for value in line)}\n" for row, line in enumerate(values))
        return out.getvalue()
    out.write(f"map,row,{columns}\n")
    for number, part in enumerate(values):
        out.writelines(f"{number},{row},{','.join(f'{v:.6g}' for v in line)}\n" for row, line in enumerate(part))
    return out.getvalue()


def as_png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()
