"""Arrays as text for the browser: `lib/bytes.js` reads them."""

import base64
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import DIVERGING, SHARES


def base64_of(array: NDArray[Any]) -> str:
    """Return the bytes of an array as base64, row by row; numbers of several bytes must be little-endian."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def pixels_of(picture: NDArray[np.uint8]) -> dict[str, Any]:
    """Return a picture (H, W) for `lib/painting.js`, which paints it: a PNG for each would take ten times as long."""
    return {"width": picture.shape[1], "values": base64_of(picture)}


@cache
def diverging_palette() -> str:
    """Return the palette for signed values, 256 colours of three bytes."""
    return base64_of(DIVERGING)


@cache
def share_palette() -> str:
    """Return the palette for shares of 0-1, 256 colours of three bytes."""
    return base64_of(SHARES)
