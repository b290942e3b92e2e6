"""What may be sent to a component: strict JSON.

One NumPy number in a component's data makes Streamlit send all of it as text, which the
browser's side does not expect; NaN and Infinity are no JSON, and no browser can read them.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class NotJson(TypeError):
    """A component was given what JSON cannot hold: a mistake in our code. The message says where it is."""


def strict_json(data: Any, place: str = "data") -> Any:
    """Return data of plain Python types; tuples become lists, NumPy numbers become Python's.

    Args:
        data: mappings with texts as keys, lists, tuples, texts, numbers, booleans and None.
        place: how an error calls it.

    Raises:
        NotJson: anything else, NaN and infinite numbers included. Arrays too: how they travel is a decision.
    """
    if data is None or type(data) in (str, int, bool):
        return data
    if isinstance(data, float | np.floating):
        if not math.isfinite(data):
            raise NotJson(f"{place} is {float(data)}, which is no JSON. Send None, or what the browser is to show.")
        return float(data)
    if isinstance(data, Mapping):
        for key in data:
            if not isinstance(key, str):
                raise NotJson(f"{place} has the key {key!r}, but the keys of JSON are texts.")
        return {str(key): strict_json(value, f"{place}.{key}") for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [strict_json(value, f"{place}[{number}]") for number, value in enumerate(data)]
    for kind, plain in ((str, str), (bool | np.bool_, bool), (int | np.integer, int)):
        if isinstance(data, kind):
            return plain(data)
    raise NotJson(f"{place} is a {type(data).__name__}, which is no JSON.")
