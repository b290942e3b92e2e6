"""Rename, tag and delete own runs; deleting asks once and can be undone for a minute."""

import time
from collections.abc import Callable, Sequence

import streamlit as st

from core.runs.store.labels import TAG, TITLE, BadLabel
from core.runs.store.record import RunSummary
from core.runs.store.rights import Person, may_change
from core.runs.store.store import StoreProblem
from core.runs.store.tidying_rows import UNDO
from core.ui.plain_text import plain
from core.ui.sections.runs.state import DeletedRuns, RunsState
from core.ui.widgets.run_actions import current_runner
from core.wording import counted

_MARGIN = 2.0  # seconds before the last moment at which Undo is no longer offered


def show_edit_buttons(state: RunsState, chosen: Sequence[RunSummary], me: Person) -> None:
    """Show buttons to rename, tag and delete the chosen runs."""
    mine = bool(chosen) and all(may_change(me, run.session) for run in chosen)
    foreign = " Not possible: some of these are somebody else's." if chosen and not mine else ""
    with st.popover(
        "Rename, tag",
        icon=":material/label:",
        disabled=not mine,
        key=f"runs-naming-{state.changes}",  # after a change it is another popover: a closed one
        help=f"Another title for one run, tags for one or more.{foreign}",
    ):
        if mine:
            _names(state, chosen, me)
    with st.popover(
        "Delete",
        icon=":material/delete:",
        disabled=not mine,
        key=f"runs-deleting-{state.changes}",
        help=f"You are asked once, and can undo it for a minute.{foreign}",
    ):
        if mine:
            _deletion(state, chosen, me)


def _names(state: RunsState, chosen: Sequence[RunSummary], me: Person) -> None:
    who = "-".join(run.id for run in chosen[:5])
    if len(chosen) == 1:
        title = st.text_input(
            "Title", chosen[0].title, max_chars=TITLE, key=f"runs-title-{who}", help="What this run is called."
        )
    tags = st.text_input(
        "Tags, with commas",
        ", ".join(chosen[0].tags) if len(chosen) == 1 else "",
        max_chars=10 * TAG,
        key=f"runs-tags-{who}",
        help="Short words by which you find it again." if len(chosen) == 1 else "Added to the tags of all these runs.",
    )
    if st.button("Save", key=f"runs-save-{who}", type="primary", help="Keep title and tags."):
        words = [tag.strip() for tag in str(tags or "").split(",")]
        store = current_runner().store
        if len(chosen) == 1:
            actions: list[Callable[[], None]] = [
                lambda: store.rename(chosen[0].id, str(title or ""), me),
                lambda: store.set_tags(chosen[0].id, words, me),
            ]
        else:
            actions = [lambda run=run: store.set_tags(run.id, [*run.tags, *words], me) for run in chosen]  # type: ignore[misc]
        _attempt(state, actions)
        st.rerun()


def _deletion(state: RunsState, chosen: Sequence[RunSummary], me: Person) -> None:
    what = _called(chosen)
    active = sum(run.active for run in chosen)
    stop = " It is still in progress and will be stopped." if active and len(chosen) == 1 else ""
    stop = f" {active} of them are still in progress and will be stopped." if active and len(chosen) > 1 else stop
    st.markdown(f"Delete {plain(what)}, with curves and weights?{stop}")
    if st.button("Yes, delete", key="runs-delete", type="primary", help="You can undo it for a minute."):
        store = current_runner().store
        _attempt(state, [lambda run=run: store.delete(run.id, me) for run in chosen])  # type: ignore[misc]
        state.deleted = DeletedRuns(tuple(run.id for run in chosen), time.time(), what)
        st.rerun()


def show_undo(state: RunsState, me: Person) -> None:
    """Offer to undo the last deletion while that is possible."""
    if state.deleted is not None and time.time() - state.deleted.when < UNDO - _MARGIN:
        st.fragment(_undo, run_every=5.0)(state, me)


def _undo(state: RunsState, me: Person) -> None:
    if state.deleted is None:
        return
    left = UNDO - _MARGIN - (time.time() - state.deleted.when)
    if left <= 0:
        state.deleted = None
        st.rerun()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="runs-undo"):
        st.markdown(f"Deleted: {plain(state.deleted.words)}.")
        if st.button("Undo", icon=":material/undo:", key="runs-undelete", help="Bring it back; possible for a minute."):
            runs, state.deleted, store = state.deleted.runs, None, current_runner().store
            state.changes += 1
            back = 0
            try:
                back = sum(store.undelete(run, me) for run in runs)
            except StoreProblem as problem:
                state.notice = str(problem)
            if back < len(runs):
                state.notice = state.notice or "It was too late: some of them are gone for good."
            st.rerun()


def _called(chosen: Sequence[RunSummary]) -> str:
    return f"“{chosen[0].title}”" if len(chosen) == 1 else counted(len(chosen), "run")


def _attempt(state: RunsState, actions: Sequence[Callable[[], object]]) -> None:
    state.changes += 1
    try:
        for action in actions:
            action()
    except (BadLabel, StoreProblem) as problem:
        state.notice = str(problem)
