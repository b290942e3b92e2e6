"""Keeps pandas and PyArrow out of the server until a page shows a table.

Streamlit looks whether a component is told a table, and imports both to look at the first list or dictionary: a third
of a second on the way to the first answer, and 79 MB. A list or a dictionary is no table, unless it holds some.
Streamlit has no setting for that, so its private function is wrapped. Where a new Streamlit looks in another way, pages
stay as they are, and `tests/core/ui/shell/test_component_data.py` says what to do.
"""

from collections.abc import Callable
from typing import Any

from streamlit.components.v2.bidi_component import serialization

from core.ui.shell.wrapping import wrap_once


def keep_pandas_out() -> None:
    """Have components take lists and dictionaries for what they are; once in a process is enough."""
    wrap_once(serialization, "is_dataframe_like", _of_others)


def _of_others(look: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, list | dict) and look(value)
