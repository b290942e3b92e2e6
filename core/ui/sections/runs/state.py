"""What the page "Runs" remembers in one session, and how it stands in the address."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from core.inspection.networks import SHIPPED
from core.ui.state.address import Field, choice, text
from core.ui.state.page_state import PageState
from core.ui.widgets.sections import controlled, section_bar

SECTIONS = ("All runs", "Compare", "Examine", "Sweep")
"""What the page shows, one at a time."""
COMPARED = 5
"""Runs that can be compared at most."""

_RUN = re.compile(r"[0-9a-f]{6,64}")
_CELL = re.compile(r"(\d{1,3}),(\d{1,3})", re.ASCII)

Cell = tuple[int, int]


@dataclass
class DeletedRuns:
    """Runs that were deleted together, the time, and words for them."""

    runs: tuple[str, ...]
    when: float
    words: str


@dataclass
class RunsState:
    """What one session has chosen.

    Attributes:
        section: one of `SECTIONS`.
        run: id of the run, or name of the shipped network, that is examined; None before one is chosen.
        cell: (true class, answer) of the confusion matrix whose pictures are shown; None for the surest mistakes.
        compared: ids of the runs that are compared.
        sweep: id of the sweep on show, or None.
        notice: a sentence to be shown once.
        deleted: what was deleted last, as long as that can be undone.
        imported: the run that was imported last, until it is examined.
        changes: how often something was renamed, tagged, deleted, restored or imported here.
    """

    section: str = SECTIONS[0]
    run: str | None = None
    cell: Cell | None = None
    compared: tuple[str, ...] = ()
    sweep: str | None = None
    notice: str = ""
    deleted: DeletedRuns | None = None
    imported: str | None = None
    changes: int = 0

    def examine(self, run: str, cell: Cell | None = None) -> None:
        """Go to the examination of a network."""
        self.section, self.run, self.cell, self.imported = "Examine", run, cell, None

    def compare(self, runs: tuple[str, ...]) -> None:
        """Go to the comparison of some runs."""
        self.section, self.compared = "Compare", runs[:COMPARED]

    def follow(self, sweep: str) -> None:
        """Go to a sweep."""
        self.section, self.sweep = "Sweep", sweep


def is_run(text: str) -> bool:
    """Whether a text may be the id of a run."""
    return _RUN.fullmatch(text) is not None


def is_network(text: str) -> bool:
    """Whether a text may name a network: a shipped one, or that of a run."""
    return text in SHIPPED or is_run(text)


def _read_cell(asked: str) -> Cell:
    """Return the cell that a text like ``4,9`` names; it may lie outside the matrix."""
    found = _CELL.fullmatch(asked)
    if not found:
        raise ValueError(asked)
    return int(found[1]), int(found[2])


def _shown(state: RunsState) -> Collection[str]:
    shown = {"Examine": ("run", "cell"), "Compare": ("compared",), "Sweep": ("sweep",)}.get(state.section, ())
    told = any(getattr(state, one) for one in shown)  # what is looked at says where that is done
    return shown if told else ("section", *shown)


def _arrived(state: RunsState, asked: Collection[str]) -> None:
    """Go to what a link asks for."""
    if "run" in asked and state.run:
        state.examine(state.run, state.cell if "cell" in asked else None)
    elif "compared" in asked:
        if len(state.compared) > COMPARED:
            state.notice = f"This link names {len(state.compared)} runs; here are the first {COMPARED}."
        state.compare(state.compared)
    elif "sweep" in asked and state.sweep:
        state.follow(state.sweep)


RUNS = PageState(
    "runs-state",
    RunsState,
    {
        "section": choice("runs-section", SECTIONS),
        "run": text("run", 64),
        "cell": Field("cell", _read_cell, lambda cell: f"{cell[0]},{cell[1]}"),
        "compared": Field("compare", lambda asked: tuple(dict.fromkeys(filter(is_run, asked.split(",")))), ",".join),
        "sweep": text("sweep", 64),
    },
    follow=True,
    shown=_shown,
    arrive=_arrived,
)


def choose_section(state: RunsState) -> str:
    """Show the sections of the page; return the chosen one."""

    def choose(section: str) -> None:
        state.section = section

    with section_bar("runs"):
        controlled(
            st.segmented_control,
            "Section",
            SECTIONS,
            value=state.section,
            on_change=choose,
            key="runs-section",
            required=True,
            label_visibility="collapsed",
            wrap=True,
            help="All runs in a table, a few of them side by side, one network examined, or many runs at once.",
        )
    return state.section
