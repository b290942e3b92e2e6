"""All runs in a table: found, chosen, renamed, tagged, deleted, and sent on to the other sections."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from core.runs.store.record import RunSummary
from core.ui.plain_text import plain
from core.ui.sections.runs.active import show_active
from core.ui.sections.runs.edit_runs import show_edit_buttons, show_undo
from core.ui.sections.runs.import_run import show_import
from core.ui.sections.runs.run_list import choose_filter, filter_runs, table_columns
from core.ui.sections.runs.state import COMPARED, RunsState
from core.ui.widgets.run_actions import current_runner

_CHOSEN = "runs-chosen"
"""Ids of the runs that are chosen in the table."""
_CLEARED = "runs-cleared"
"""How often all of them were let go."""
_TALL = 420


def show_table(state: RunsState, me: str) -> None:
    """Show all runs, and what can be done with those that are chosen.

    Raises:
        StoreProblem: the store cannot be read.
    """
    runs = current_runner().store.summaries()
    show_active(runs)
    show_undo(state)
    if not runs:
        st.info(
            "There are no runs yet. “Train” makes some; the shipped networks can be examined meanwhile.",
            icon=":material/info:",
        )
        show_import(state, me)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="runs-filters"):
        shown = filter_runs(runs, choose_filter(runs, me))
    buttons = st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="runs-buttons"
    )  # above the table, filled below it: what is chosen is known then
    chosen = _table(runs, shown, me)
    with buttons:
        _send_on(state, chosen)
        show_edit_buttons(state, chosen, me)
        _show_chosen(chosen)
    many = f"{len(shown):,} of {len(runs):,} runs" if len(shown) < len(runs) else f"{len(runs):,} runs"
    st.caption(
        f"{many}, the newest first. A click on a heading sorts. Choose one to examine it, up to five to compare."
    )
    show_import(state, me)


def _table(runs: Sequence[RunSummary], shown: Sequence[RunSummary], me: str) -> list[RunSummary]:
    """Show some of the runs and return those of all that are chosen: a choice outlives a search and new runs."""
    wanted = set(st.session_state.get(_CHOSEN, ()))
    ids = [run.id for run in shown]
    # Choices are places in the table, so other runs need another table: with what is chosen marked again.
    content = " ".join([str(st.session_state.get(_CLEARED, 0)), *ids])
    key = f"runs-table-{hashlib.blake2b(content.encode(), digest_size=6).hexdigest()}"
    places = [place for place, run in enumerate(ids) if run in wanted]
    table = table_columns(shown, me)
    table["created"] = [datetime.fromtimestamp(when / 1000, UTC) for when in table["created"]]
    event = st.dataframe(
        table,
        height=min(_TALL, 42 + 37 * max(1, len(shown))),
        hide_index=True,
        column_config=_config(),
        key=key,
        placeholder="",
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": places}},
        alt="All runs, the newest first",
    )
    rows: list[int] = [row for row in event["selection"]["rows"] if 0 <= row < len(shown)]
    there = set(ids)
    hidden = [run for run in runs if run.id in wanted and run.id not in there]
    chosen = [*(shown[row] for row in rows), *hidden]
    st.session_state[_CHOSEN] = tuple(run.id for run in chosen)
    return chosen


def _show_chosen(chosen: Sequence[RunSummary]) -> None:
    """Say how many runs are chosen, as some may not be on show, and offer to let go of them."""
    if chosen:
        st.button(
            f"{len(chosen)} chosen",
            icon=":material/close:",
            key="runs-unchoose",
            type="tertiary",
            on_click=_unchoose,
            help="Let go of: " + ", ".join(plain(run.title) for run in chosen[:10]),
        )


def _unchoose() -> None:
    st.session_state[_CHOSEN] = ()
    st.session_state[_CLEARED] = st.session_state.get(_CLEARED, 0) + 1


def _config() -> dict[str, Any]:
    column = st.column_config
    return {
        "title": column.TextColumn("Run", width=190, pinned=True),
        "number": column.TextColumn("No.", width=75, help="The beginning of its number, as in links."),
        "status": column.TextColumn("Status", width=105),
        "accuracy": column.NumberColumn("Test, %", format="%.2f", width=80, help="Test cases that it got right."),
        "network": column.TextColumn("Network", width=95),
        "data": column.TextColumn("Data", width=110),
        "tags": column.ListColumn("Tags", width=130),
        "parameters": column.NumberColumn("Parameters", format="localized", width=105),
        "epochs": column.NumberColumn("Epochs", format="%.2f", width=80),
        "seconds": column.NumberColumn("Seconds", format="%.1f", width=85, help="Spent on updates."),
        "created": column.DatetimeColumn(
            "Started", format="MMM D, HH:mm", timezone=st.context.timezone or "UTC", width=125
        ),
        "by": column.TextColumn("By", width=120),
    }


def _send_on(state: RunsState, chosen: Sequence[RunSummary]) -> None:
    one = len(chosen) == 1
    st.button(
        "Examine",
        icon=":material/troubleshoot:",
        key="runs-examine",
        type="primary" if one else "secondary",
        disabled=not one,
        on_click=_examine,
        args=(state, chosen),
        help="How good is it, and where does it err? Choose one run.",
    )
    several = 2 <= len(chosen) <= COMPARED
    st.button(
        f"Compare {len(chosen)}" if several else "Compare",
        icon=":material/compare_arrows:",
        key="runs-compare",
        type="primary" if several else "secondary",
        disabled=not several,
        on_click=_compare,
        args=(state, chosen),
        help=f"Curves, settings and scores side by side. Choose two to {COMPARED} runs.",
    )


def _examine(state: RunsState, chosen: Sequence[RunSummary]) -> None:
    state.examine(chosen[0].id)


def _compare(state: RunsState, chosen: Sequence[RunSummary]) -> None:
    state.compare(tuple(run.id for run in chosen))
