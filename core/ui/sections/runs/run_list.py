"""The runs of the store as lines of a table, and which of them are on show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.data.images.datasets import title_of
from core.data.images.own_sets import OWN
from core.data.sources import PUBLISHED
from core.figures.percent import exact_percent
from core.runs.store.record import RunSummary, Status

STATUSES: dict[str, frozenset[Status]] = {
    "on its way": frozenset({"queued", "starting", "running", "paused"}),
    "finished": frozenset({"finished"}),
    "stopped": frozenset({"stopped"}),
    "interrupted": frozenset({"interrupted", "lost"}),
    "went wrong": frozenset({"diverged", "out of memory", "failed"}),
}
"""Where runs stand, in groups that people look for."""
COMMAND_LINE = "command line"
"""How the session of a run begins that was started without a browser."""

_NETWORKS = {
    "cnn": "CNN",
    "mlp": "MLP",
    "rows": "RNN, rows",
    "columns": "CNN + RNN",
    "forward": "LSTM, forward",
    "bidirectional": "LSTM, both ways",
    "rnn": "RNN",
    "gru": "GRU",
    "lstm": "LSTM",
}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class RunFilter:
    """Which runs are looked for.

    Attributes:
        words: all of them must stand somewhere in title, tags, data, network or number.
        statuses: keys of `STATUSES`; none means all.
        tags: all of them must be there.
        only: the session whose runs are shown, or None for everyone's.
    """

    words: str = ""
    statuses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    only: str | None = None


def choose_filter(runs: Sequence[RunSummary], me: str) -> RunFilter:
    """Show what runs can be looked for by; return the choice."""
    tags = sorted({tag for run in runs for tag in run.tags}, key=str.casefold)
    for key, there in (("runs-wanted-status", STATUSES), ("runs-wanted-tags", tags)):
        chosen = st.session_state.get(key)
        if chosen and any(one not in there for one in chosen):
            st.session_state[key] = [one for one in chosen if one in there]
    words = st.text_input(
        "Search",
        key="runs-words",
        persist_state="session",
        max_chars=100,
        width=220,
        help="Words in the title, the tags, the data, the kind of network or the number; all of them must be there.",
    )
    statuses = st.multiselect(
        "Status",
        list(STATUSES),
        key="runs-wanted-status",
        persist_state="session",
        width=240,
        help="Nothing chosen: all of them.",
    )
    wanted = st.multiselect(
        "Tags", tags, key="runs-wanted-tags", persist_state="session", width=220, help="Runs that have all of these."
    )
    only = st.toggle(
        "Only mine", key="runs-only-mine", persist_state="session", help="Runs that this browser has started."
    )
    return RunFilter(str(words or ""), tuple(statuses), tuple(wanted), me if only else None)


def filter_runs(runs: Sequence[RunSummary], wanted: RunFilter) -> list[RunSummary]:
    """Return the runs that are looked for, in their order."""
    words = wanted.words.casefold().split()
    allowed = frozenset[Status]().union(*(STATUSES[name] for name in wanted.statuses if name in STATUSES))
    return [
        run
        for run in runs
        if (wanted.only is None or run.session == wanted.only)
        and (not wanted.statuses or run.status in allowed)
        and set(wanted.tags) <= set(run.tags)
        and all(word in _described(run) for word in words)
    ]


def _described(run: RunSummary) -> str:
    return " ".join((run.title, *run.tags, run.data or "", network_kind(run), run.status, run.id)).casefold()


def network_kind(run: RunSummary) -> str:
    """Return the kind of network that a run trains."""
    return _NETWORKS.get(run.network or "", run.network or "")


def table_columns(runs: Sequence[RunSummary], me: str) -> dict[str, list[Any]]:
    """Return the table of runs, column by column."""
    return {
        "title": [as_cell(run.title) for run in runs],
        "number": [as_cell(run.id[:6]) for run in runs],
        "status": [str(run.status) for run in runs],
        "accuracy": [None if run.accuracy is None else 100 * run.accuracy for run in runs],
        "network": [network_kind(run) for run in runs],
        "data": [data_title(run.data) for run in runs],
        "tags": [[as_cell(tag) for tag in run.tags] for run in runs],
        "parameters": [run.parameters for run in runs],
        "epochs": [run.epoch for run in runs],
        "seconds": [run.seconds for run in runs],
        "created": [round(run.created * 1000) for run in runs],
        "by": ["you" if run.session == me else _by(run.session) for run in runs],
    }


def as_cell(text: str) -> str:
    """Return a text as a cell of a table that a spreadsheet, too, takes for text and not for a formula."""
    return _JOINER + text if text.startswith(_FORMULAS) else text


def status_text(run: RunSummary) -> str:
    """Return where a run stands, and how far it is."""
    if run.status in {"running", "paused"} and run.total_steps:
        return f"{run.status}, {exact_percent(min(1.0, run.step / run.total_steps), 0)}"
    return str(run.status)


def data_title(data: str | None) -> str:
    """Return what to call a data set."""
    if data and (data in PUBLISHED or data.startswith(OWN)):
        return title_of(data)
    return data or ""


def _by(session: str) -> str:
    return COMMAND_LINE if session.startswith(COMMAND_LINE) else "somebody else"


def may_change(run: RunSummary, me: str) -> bool:
    """Whether this browser may rename, tag and delete a run: its own, and those of the command line, which has none."""
    return run.session == me or run.session.startswith(COMMAND_LINE)
