"""The address of a page: how a setting stands in it, and the one function that writes it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

Value = TypeVar("Value")
_INTEGER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Field(Generic[Value]):
    """One setting in the address.

    Attributes:
        name: in the address.
        parse: makes a value of the text in the address; raises ValueError where the text is nonsense.
        format: makes the text of a value.
        complaint: a sentence for the person whose link holds nonsense; where it is empty the default is used silently.
        browser: the browser writes this one itself (a typing field does so with every key), so Python only reads it.
    """

    name: str
    parse: Callable[[str], Value]
    format: Callable[[Value], str] = str
    complaint: str = ""
    browser: bool = False


def text(name: str, limit: int, *, browser: bool = False) -> Field[str]:
    """Read a text of which the first `limit` characters count."""
    return Field(name, lambda asked: asked[:limit], browser=browser)


def number(name: str, low: int, high: int, complaint: str = "") -> Field[int]:
    """Read a whole number from `low` to `high`."""

    def parse(asked: str) -> int:
        if not _INTEGER.fullmatch(asked) or not low <= int(asked) <= high:
            raise ValueError(asked)
        return int(asked)

    return Field(name, parse, complaint=complaint)


def choice(name: str, choices: Sequence[Value], complaint: str = "") -> Field[Value]:
    """Read one of some values, written as `str` writes it."""
    by_text = {str(one): one for one in choices}

    def parse(asked: str) -> Value:
        if asked not in by_text:
            raise ValueError(asked)
        return by_text[asked]

    return Field(name, parse, complaint=complaint)


def read_query(names: Collection[str]) -> dict[str, str]:
    """Return what the address holds under some names; of a repeated name the last one counts."""
    return {name: st.query_params[name] for name in names if name in st.query_params}


def write_query(wanted: Mapping[str, str], names: Collection[str]) -> None:
    """Have `wanted` in the address, and nothing else under `names`. All other names are left alone.

    What changes within a page replaces the address, and only another page is an entry in the browser's history: the
    browser sees to that (`core.ui.components.page_history`).
    """
    for name in names:
        if name not in wanted:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
