"""One way to download a table: the style of the file is chosen beside the button, and remembered."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from core.data.csv_files import STYLES, Cell, write_csv
from core.ui.state.csv_style import choose_csv_style, csv_style, csv_style_name


def offer_csv_file(label: str, rows: Callable[[], Iterable[Sequence[Cell]]], name: str, key: str, *, help: str) -> None:
    """Show a button that opens the choice of a style, and there a button that saves the table.

    Args:
        label: what is saved.
        rows: makes the table, its heading first; called when it is saved.
        name: of the file, without its ending.
        key: of the button that saves.
        help: what the table holds.
    """
    with st.popover(f"{label} (CSV)", icon=":material/table:", key=f"{key}-open", help=help):
        choose_style(key)
        style = csv_style()
        st.download_button(
            "Save",
            lambda: write_csv(rows(), style),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=key,
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            help="To your computer.",
        )


def offer_csv_style(key: str) -> None:
    """Show the choice of a style behind a button, for tables that the browser saves by itself."""
    with st.popover("CSV files", icon=":material/table:", key=f"{key}-open", help="How tables are saved."):
        choose_style(key)


def choose_style(key: str) -> None:
    """Show the choice of a style, which counts for all CSV files of this person.

    Args:
        key: tells several such choices on a page apart.
    """
    control = f"{key}-style"
    st.session_state[control] = csv_style_name()
    st.selectbox(
        "Numbers and columns",
        list(STYLES),
        format_func=lambda name: STYLES[name].title,
        key=control,
        on_change=lambda: choose_csv_style(st.session_state[control]),
        help="How your spreadsheet writes numbers, and what it expects between columns. It applies to all CSV files.",
    )
