"""A series as text, so that a run can carry it: its values in single precision, packed."""

import base64
import binascii
import zlib

import numpy as np

from core.data.series.series import LEAST, MOST, Numbers

LONGEST = 120_000
"""Letters of the longest text."""
LARGEST = 1e12
"""The largest value, beside its sign."""


def encode_values(values: Numbers) -> str:
    """Return values (N,) as text, seven digits of each."""
    return base64.b64encode(zlib.compress(values.astype("<f4").tobytes(), 9)).decode("ascii")


def decode_values(text: str) -> Numbers:
    """Return values (N,), which are untrusted.

    Raises:
        ValueError: they make no sense; the message is a sentence.
    """
    try:
        packed = base64.b64decode(text[: LONGEST + 1], validate=True)
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(packed, 4 * (MOST + 1))
        values = np.frombuffer(data, "<f4").astype(np.float64)
    except (binascii.Error, zlib.error, ValueError):
        raise ValueError("These values make no sense.") from None
    if not LEAST <= len(values) <= MOST:
        raise ValueError(f"A series has {LEAST} to {MOST:,} values.")
    if not np.isfinite(values).all() or np.abs(values).max() > 1.001 * LARGEST:
        raise ValueError("A value of the series is not a number.")
    return values
