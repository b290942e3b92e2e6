"""All runs in a table: filter, select, rename, tag, delete, examine and compare."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from core.runs.store.record import RunSummary
from core.runs.store.rights import Person
from core.ui.plain_text import plain
from core.ui.sections.runs.active import show_active
from core.ui.sections.runs.edit_runs import show_edit_buttons, show_undo
from core.ui.sections.runs.import_run import show_import
from core.ui.sections.runs.listing import list_anew, steady_listing
from core.ui.sections.runs.run_list import choose_filter, filter_runs, table_columns
from core.ui.sections.runs.state import COMPARED, RunsState
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.space import show_space
from core.ui.widgets.tables import show_table
from core.wording import counted

_CHOSEN = "runs-chosen"
"""Ids of the runs that are chosen in the table."""
_CLEARED = "runs-cleared"
"""How often all of them were unselected."""
_TALL = 420


def show_all_runs(state: RunsState, me: Person) -> None:
    """Show all runs, and what can be done with those that are chosen.

    Raises:
        StoreProblem: the store cannot be read.
    """
    runs = current_runner().store.summaries()
    show_active(runs)
    show_undo(state, me)
    if not runs:
        empty = "There are no runs yet. A training makes one; the shipped networks can be looked at under “Examine”."
        st.info(empty, icon=":material/info:")
        link_to("train", "Train “98.6 % fast”: some seconds", recipe="fast")
        show_import(state, me)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="runs-filters"):
        wanted = choose_filter(runs, me)
    shown = filter_runs(runs, wanted)
    by_id = {run.id: run for run in runs}
    listing = steady_listing(shown, (wanted, state.changes, st.session_state.get(_CLEARED, 0)))
    listed = listing.as_now(by_id)
    # Above the table, but filled below it: what is chosen is known then.
    buttons = st.container(horizontal=True, gap="small", vertical_alignment="center", key="runs-buttons")
    chosen = [run for run in _table(runs, listed, listing.key, me) if run.id in by_id]
    with buttons:
        _show_next_steps(state, chosen)
        show_edit_buttons(state, chosen, me)
        _show_chosen(chosen)
        _show_news(len({run.id for run in shown} - {run.id for run in listed}))
    show_space(me)
    there = sum(run.id in by_id for run in listed)
    some = f"{there:,} of " * (there < len(runs))
    st.caption(
        f"{some}{counted(len(runs), 'run')}, the newest first. A click on a heading sorts. "
        "Choose one to examine it, up to five to compare."
    )
    show_import(state, me)


def _table(runs: Sequence[RunSummary], shown: Sequence[RunSummary], key: str, me: Person) -> list[RunSummary]:
    """Show the listed runs; return the chosen ones, also those that the filter hides."""
    wanted = set(st.session_state.get(_CHOSEN, ()))
    ids = [run.id for run in shown]
    # Another table begins with what is chosen marked again.
    places = [place for place, run in enumerate(ids) if run in wanted]
    event = show_table(
        table_columns(shown, me),
        key=key,
        height=min(_TALL, 42 + 37 * max(1, len(shown))),
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
    """Say how many runs are chosen, as some may not be on show, and offer to unselect them."""
    if chosen:
        label, words = f"{len(chosen)} chosen", "Unselect: " + ", ".join(plain(run.title) for run in chosen[:10])
        st.button(label, icon=":material/close:", key="runs-unchoose", type="tertiary", on_click=_unchoose, help=words)


def _show_news(number: int) -> None:
    """Offer to list the runs that have come since; the table itself never changes under a click."""
    if number:
        label, words = f"Show {counted(number, 'new run')}", "Started since this table was made, here or elsewhere."
        st.button(label, icon=":material/refresh:", key="runs-news", type="tertiary", on_click=list_anew, help=words)


def _unchoose() -> None:
    st.session_state[_CHOSEN] = ()
    st.session_state[_CLEARED] = st.session_state.get(_CLEARED, 0) + 1


def _show_next_steps(state: RunsState, chosen: Sequence[RunSummary]) -> None:
    """Show the buttons that lead to the other sections with what is chosen."""
    ids = tuple(run.id for run in chosen)
    one, several = len(ids) == 1, 2 <= len(ids) <= COMPARED
    examine_help = "How good is it, and where does it err? Choose one run."
    compare_help = f"Curves, settings and scores side by side. Choose two to {COMPARED} runs."
    compare = f"Compare {len(ids)}" if several else "Compare"
    for label, name, icon, on, action, words in (
        ("Examine", "examine", ":material/troubleshoot:", one, lambda: state.examine(ids[0]), examine_help),
        (compare, "compare", ":material/compare_arrows:", several, lambda: state.compare(ids), compare_help),
    ):
        kind: Literal["primary", "secondary"] = "primary" if on else "secondary"
        st.button(label, icon=icon, key=f"runs-{name}", type=kind, disabled=not on, on_click=action, help=words)
