"""All runs as rows of a table, and the filter above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from natsort import natsorted, ns

from core.data.images.datasets import title_of
from core.data.images.own_sets import OWN
from core.data.sources import PUBLISHED
from core.figures.percent import exact_percent
from core.runs.store.record import RunSummary, Status
from core.runs.store.rights import COMMAND_LINE, Person
from core.ui.widgets.score_words import MAJORITY_HELP, RECALL_HELP
from core.ui.widgets.tables import TableColumn, as_cell, number_column, percent_column, text_column

STATUSES: dict[str, frozenset[Status]] = {
    "in progress": frozenset({"queued", "starting", "running", "paused"}),
    "finished": frozenset({"finished"}),
    "stopped": frozenset({"stopped"}),
    "interrupted": frozenset({"interrupted", "lost"}),
    "went wrong": frozenset({"diverged", "out of memory", "failed"}),
}
"""Statuses in the groups of the filter."""

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


@dataclass(frozen=True)
class RunFilter:
    """Which runs are shown.

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


def choose_filter(runs: Sequence[RunSummary], me: Person) -> RunFilter:
    """Show the controls of the filter; return the choice."""
    tags = natsorted({tag for run in runs for tag in run.tags}, alg=ns.IGNORECASE)
    for key, there in (("runs-wanted-status", STATUSES), ("runs-wanted-tags", tags)):
        chosen = st.session_state.get(key)
        if chosen and any(one not in there for one in chosen):
            st.session_state[key] = [one for one in chosen if one in there]
    kept: dict[str, Any] = {"persist_state": "session"}
    words_help = "Words in the title, tags, data, kind of network or number; all of them must be there."
    words = st.text_input("Search", key="runs-words", help=words_help, max_chars=100, width=220, **kept)
    status_help = "Nothing chosen: all of them."
    statuses = st.multiselect("Status", list(STATUSES), key="runs-wanted-status", help=status_help, width=240, **kept)
    tags_help = "Runs that have all of these."
    wanted = st.multiselect("Tags", tags, key="runs-wanted-tags", help=tags_help, width=220, **kept)
    only = st.toggle("Only mine", key="runs-only-mine", help="Runs that this browser has started.", **kept)
    return RunFilter(str(words or ""), tuple(statuses), tuple(wanted), me.session if only else None)


def filter_runs(runs: Sequence[RunSummary], wanted: RunFilter) -> list[RunSummary]:
    """Return the runs that pass the filter, in their order."""
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


def table_columns(runs: Sequence[RunSummary], me: Person) -> dict[str, TableColumn]:
    """Return the columns of the table of runs."""
    accuracies, times = [run.accuracy for run in runs], [round(run.created, 3) for run in runs]
    zone = st.context.timezone or "UTC"
    started = st.column_config.DatetimeColumn("Started", format="MMM D, HH:mm", timezone=zone, width=125)
    numbers_help = "The beginning of its number, as in links."
    return {
        "title": text_column("Run", [run.title for run in runs], width=190, pinned=True),
        "number": text_column("No.", [run.id[:6] for run in runs], width=75, help=numbers_help),
        "status": text_column("Status", [run.status for run in runs], width=105),
        "accuracy": percent_column("Test", accuracies, "Test cases that it got right.", width=80),
        **majority_columns(runs),
        "by": text_column("By", ["you" if run.session == me.session else _by(run.session) for run in runs], width=120),
        "network": text_column("Network", [network_kind(run) for run in runs], width=95),
        "data": text_column("Data", [data_title(run.data) for run in runs], width=110),
        "tags": TableColumn(
            [[as_cell(tag) for tag in run.tags] for run in runs], st.column_config.ListColumn("Tags", width=130)
        ),
        "parameters": number_column("Parameters", [run.parameters for run in runs], width=105),
        "epochs": number_column("Epochs", [run.epoch for run in runs], "%.2f", width=80),
        "seconds": number_column("Seconds", [run.seconds for run in runs], "%.1f", "Spent on updates.", width=85),
        "created": TableColumn([datetime.fromtimestamp(time, UTC) for time in times], started),
    }


def majority_columns(runs: Sequence[RunSummary]) -> dict[str, TableColumn]:
    """Return what the largest class alone would get, and the mean recall where a run has one."""
    recalls = [run.score.mean_recall if run.score else None for run in runs]
    majorities = [run.score.majority if run.score else None for run in runs]
    columns = {"majority": percent_column("Largest class alone", majorities, MAJORITY_HELP)}
    if any(recall is not None for recall in recalls):
        columns["recall"] = percent_column("Mean recall", recalls, RECALL_HELP)
    return columns


def status_text(run: RunSummary) -> str:
    """Return the status of a run, with its progress."""
    if run.status in {"running", "paused"} and run.total_steps:
        return f"{run.status}, {exact_percent(min(1.0, run.step / run.total_steps), 0)}"
    return str(run.status)


def data_title(data: str | None) -> str:
    """Return the title of a data set."""
    if data and (data in PUBLISHED or data.startswith(OWN)):
        return title_of(data)
    return data or ""


def _by(session: str) -> str:
    return COMMAND_LINE if session.startswith(COMMAND_LINE) else "somebody else"
