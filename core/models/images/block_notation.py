"""Convolutional blocks as a short text: ``32,64-k5-s2-p1-avg-bn-drop0.25`` are two blocks.

A block is its number of channels, then whatever is not the default.
"""

from collections.abc import Mapping
from typing import Any

from core.models.images.design import ConvBlock

_DEFAULTS = ConvBlock().model_dump()
_LETTERS = {"k": "kernel_size", "s": "stride", "p": "padding"}


def write_block(block: Mapping[str, Any]) -> str:
    """Return the fields of a `ConvBlock` as text."""
    parts = [str(block["channels"])]
    parts += [f"{letter}{block[field]}" for letter, field in _LETTERS.items() if block[field] != _DEFAULTS[field]]
    if block["pooling"] != _DEFAULTS["pooling"]:
        parts.append({"none": "nopool"}.get(block["pooling"], block["pooling"]))
    if block["batch_norm"]:
        parts.append("bn")
    if block["dropout"]:
        parts.append(f"drop{block['dropout']:.12f}".rstrip("0").rstrip("."))  # no exponent: it may have a "-"
    return "-".join(parts)


def read_block(text: str) -> dict[str, Any]:
    """Return the fields of a block; whether their values are allowed is for `ConvBlock` to say.

    Raises:
        ValueError: a part that no block has; the message is a sentence for people.
    """
    channels, *parts = text.split("-")
    block: dict[str, Any] = {"channels": channels}
    for part in parts:
        if part in {"max", "avg", "nopool"}:
            block["pooling"] = "none" if part == "nopool" else part
        elif part == "bn":
            block["batch_norm"] = True
        elif part.startswith("drop"):
            block["dropout"] = part[4:]
        elif part[:1] in _LETTERS:
            block[_LETTERS[part[0]]] = part[1:]
        else:
            raise ValueError(f"“{part[:80]}” is not a setting of a block.")
    return block
