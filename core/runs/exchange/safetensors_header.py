"""The header of a safetensors file, read and held against what is expected before anything is allocated.

The format: eight bytes with the length of the header, the header (JSON: name ->
type, shape, place), then the numbers, one tensor after the other without gaps.
https://huggingface.co/docs/safetensors/index#format
"""

import json
import math
from collections.abc import Mapping
from itertools import starmap
from typing import Any

import torch

LONGEST = 100_000
"""Bytes of a header: ours have a few thousand."""
TYPES = {torch.float32: "F32", torch.int64: "I64"}
"""The types that our weights have, as the format names them."""

Expected = Mapping[str, tuple[torch.dtype, tuple[int, ...]]]


class BadHeader(ValueError):
    """Weights that are not those expected; the message says to people why."""


def check_weights(data: bytes, expected: Expected) -> None:
    """Hold a safetensors file against names, types and shapes; nothing but its header is read.

    Raises:
        BadHeader: it is another kind of file, damaged, or holds other weights.
    """
    if data[:1] == b"\x80" or data[:2] == b"PK":
        raise BadHeader("The weights are a pickle. Pickles can run any program, so none is ever opened here.")
    length = int.from_bytes(data[:8], "little")
    if len(data) < 10 or data[8:9] != b"{":
        raise BadHeader("The weights are not a safetensors file.")
    if length > LONGEST:
        raise BadHeader(f"The weights claim a header of {length:,} bytes; at most {LONGEST:,} are read.")
    if 8 + length > len(data):
        raise BadHeader("The weights are cut short.")
    header = _json(data[8 : 8 + length])
    header.pop("__metadata__", None)
    _same_names(header, expected)
    places = sorted(starmap(_place, ((name, header[name], *expected[name]) for name in expected)))
    end = 0
    for begins, ends in places:
        if begins != end:
            raise BadHeader("The header of the weights lies: its tensors overlap, or leave gaps.")
        end = ends
    if end != len(data) - 8 - length:
        raise BadHeader("The weights are cut short, or something was added to them.")


def _json(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadHeader("The header of the weights is damaged.") from None
    if not isinstance(header, dict):
        raise BadHeader("The header of the weights is damaged.")
    return header


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of a name that comes twice readers would see different things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _same_names(header: Mapping[str, Any], expected: Expected) -> None:
    missing, unknown = expected.keys() - header.keys(), header.keys() - expected.keys()
    if missing:
        raise BadHeader(f"The weights do not belong to this network: {min(missing)!r} is missing.")
    if unknown:
        raise BadHeader(f"The weights do not belong to this network: it has no {min(unknown)[:80]!r}.")


def _place(name: str, entry: Any, dtype: torch.dtype, shape: tuple[int, ...]) -> tuple[int, int]:
    """Return where the numbers of a tensor begin and end."""
    if not isinstance(entry, dict) or entry.keys() != {"dtype", "shape", "data_offsets"}:
        raise BadHeader(f"The header of the weights is damaged at {name!r}.")
    if entry["dtype"] != TYPES[dtype]:
        kind = str(entry["dtype"])[:20]
        raise BadHeader(f"The weights {name!r} have the type {kind!r}; {TYPES[dtype]!r} was expected.")
    if not _whole(entry["shape"]) or tuple(entry["shape"]) != shape:
        found = str(entry["shape"])[:60]
        raise BadHeader(f"The weights {name!r} have the shape {found}; {list(shape)} was expected.")
    places = entry["data_offsets"]
    if not _whole(places) or len(places) != 2 or places[1] - places[0] != math.prod(shape) * dtype.itemsize:
        raise BadHeader(f"The header of the weights lies about the size of {name!r}.")
    return places[0], places[1]


def _whole(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) is int and value >= 0 for value in values)
