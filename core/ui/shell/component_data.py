"""Keeps pandas and PyArrow out of the server until a page shows a table.

Streamlit looks whether a component is told a table, and imports both to look at the first list or dictionary: a third
of a second on the way to the first answer, and 79 MB. A list or a dictionary is no table, unless it holds some.
Streamlit has no setting for that, so its private function is wrapped. Where a new Streamlit looks in another way, pages
stay as they are, and `tests/core/ui/shell/test_component_data.py` says what to do.
"""

from functools import wraps
from typing import Any

from streamlit.components.v2.bidi_component import serialization

_MARK = "_knows_plain_data"


def keep_pandas_out() -> None:
    """Have components take lists and dictionaries for what they are; once in a process is enough."""
    look = getattr(serialization, "is_dataframe_like", None)
    if look is None or hasattr(look, _MARK):
        return

    @wraps(look)
    def look_at_others(value: Any) -> bool:
        return not isinstance(value, list | dict) and look(value)

    setattr(look_at_others, _MARK, True)
    serialization.is_dataframe_like = look_at_others  # type: ignore[assignment]
