"""Which runs the table lists: the same ones while a person chooses, whatever others start or delete meanwhile.

What is chosen in a table is a place in it. Were the table another one with every run that comes or goes, a click would
meet a table that is gone; in a class that is every second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core.runs.store.record import RunSummary

_KEPT, _NUMBER = "runs-listing", "runs-listing-number"


@dataclass(frozen=True)
class Listing:
    """The runs in the table, in order; the key of that table; and what a person asked for to see them."""

    runs: tuple[RunSummary, ...]
    key: str
    asked: object

    def as_now(self, there: Mapping[str, RunSummary]) -> list[RunSummary]:
        """Return the runs as they are now; one that is gone meanwhile keeps its place and says so in its title."""
        return [there.get(run.id) or replace(run, title=f"{run.title} (deleted)") for run in self.runs]


def steady_listing(shown: Sequence[RunSummary], asked: object) -> Listing:
    """Return what the table lists: as before, or the runs of now where a person asked for others.

    Args:
        shown: the runs that pass the filter now.
        asked: the filter and whatever else a person changes; as long as it is the same, so is the table.
    """
    kept: Listing | None = st.session_state.get(_KEPT)
    # A table that was not shown in the last run has lost its value: the page was left meanwhile.
    if kept is None or kept.key not in st.session_state or kept.asked != asked:
        number = st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
        kept = st.session_state[_KEPT] = Listing(tuple(shown), f"runs-table-{number}", asked)
    return kept


def list_anew() -> None:
    """Have the table list the runs of now."""
    st.session_state.pop(_KEPT, None)
