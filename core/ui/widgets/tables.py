"""Tables in which each column says once what it holds and how it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class TableColumn:
    """The values of a column, and how Streamlit shows them."""

    values: Sequence[Any]
    config: Any


def text_column(label: str, values: Sequence[str], **more: Any) -> TableColumn:
    """Return a column of texts, which spreadsheets do not take for formulas."""
    return TableColumn([as_cell(value) for value in values], st.column_config.TextColumn(label, **more))


def number_column(
    label: str, values: Sequence[float | None], form: str = "localized", help: str = "", **more: Any
) -> TableColumn:
    """Return a column of numbers in a printf form, ``%.1f`` for example, or with the separators of the reader."""
    return TableColumn(values, st.column_config.NumberColumn(label, format=form, help=help or None, **more))


def percent_column(label: str, shares: Sequence[float | None], help: str = "", **more: Any) -> TableColumn:
    """Return a column of shares in 0-1, shown in percent."""
    values = [None if share is None else 100 * share for share in shares]
    return number_column(f"{label}, %", values, "%.2f", help, **more)


def show_table(columns: Mapping[str, TableColumn], *, key: str, alt: str, **more: Any) -> Any:
    """Show columns by their names; return what is selected, where `more` allows a selection."""
    return st.dataframe(
        {name: column.values for name, column in columns.items()},
        column_config={name: column.config for name, column in columns.items()},
        hide_index=True,
        placeholder="",
        key=key,
        alt=alt,
        **more,
    )


def as_cell(text: str) -> str:
    """Return a text as a cell that spreadsheets, too, take for text and not for a formula."""
    return _JOINER + text if text.startswith(_FORMULAS) else text
