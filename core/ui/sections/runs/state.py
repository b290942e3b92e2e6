"""What outlives the page "Runs" in one session, and how it stands in the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from core.inspection.networks import SHIPPED

SECTIONS = ("All runs", "Compare", "Examine", "Sweep")
"""What the page shows, one at a time."""
COMPARED = 5
"""Runs that can be compared at most."""

_KEY, _WIDGET = "runs-state", "runs-section"
_NAMES = ("run", "cell", "compare", "sweep")
_RUN = re.compile(r"[0-9a-f]{6,64}")
_CELL = re.compile(r"(\d{1,3}),(\d{1,3})", re.ASCII)

Cell = tuple[int, int]


@dataclass
class DeletedRuns:
    """Runs that were deleted together, when that was, and what to call them."""

    runs: tuple[str, ...]
    when: float
    words: str


@dataclass
class RunsState:
    """What one session looks at.

    Attributes:
        section: one of `SECTIONS`.
        run: id of the run, or name of the shipped network, that is examined; None before one is chosen.
        cell: (true class, answer) of the confusion matrix whose pictures are shown; None for the surest mistakes.
        compared: ids of the runs that are compared.
        sweep: id of the sweep that is looked at, or None.
        notice: a sentence to be shown once.
        deleted: what was deleted last, as long as that can be undone.
        changes: how often something was renamed, tagged or deleted here.
        written: what stood in the address when this page last wrote or read it.
    """

    section: str = SECTIONS[0]
    run: str | None = None
    cell: Cell | None = None
    compared: tuple[str, ...] = ()
    sweep: str | None = None
    notice: str = ""
    deleted: DeletedRuns | None = None
    changes: int = 0
    written: dict[str, str] = field(default_factory=dict)

    def examine(self, run: str, cell: Cell | None = None) -> None:
        """Go to the examination of a network."""
        self.section, self.run, self.cell = "Examine", run, cell

    def compare(self, runs: tuple[str, ...]) -> None:
        """Go to the comparison of some runs."""
        self.section, self.compared = "Compare", runs[:COMPARED]

    def follow(self, sweep: str) -> None:
        """Go to a sweep."""
        self.section, self.sweep = "Sweep", sweep

    def address(self) -> dict[str, str]:
        """Return what stands in the address for what is shown."""
        if self.section == "Examine" and self.run:
            cell = {} if self.cell is None else {"cell": f"{self.cell[0]},{self.cell[1]}"}
            return {"run": self.run, **cell}
        if self.section == "Compare" and self.compared:
            return {"compare": ",".join(self.compared)}
        if self.section == "Sweep" and self.sweep:
            return {"sweep": self.sweep}
        return {}

    def take_over(self, asked: Mapping[str, str]) -> None:
        """Go to what an address asks for; what makes no sense is said and left out."""
        if "run" in asked:
            self.examine(asked["run"], read_cell(asked.get("cell", "")))
        elif "compare" in asked:
            runs = tuple(dict.fromkeys(one for one in asked["compare"].split(",") if is_run(one)))
            self.compare(runs)
            if len(runs) > COMPARED:
                self.notice = f"This link names {len(runs)} runs; here are the first {COMPARED}."
        elif "sweep" in asked:
            self.follow(asked["sweep"])


def is_run(text: str) -> bool:
    """Whether a text may be the id of a run."""
    return _RUN.fullmatch(text) is not None


def is_network(text: str) -> bool:
    """Whether a text may name a network: a shipped one, or that of a run."""
    return text in SHIPPED or is_run(text)


def read_cell(text: str) -> Cell | None:
    """Return the cell that a text like ``4,9`` names, or None; it may lie outside the matrix."""
    found = _CELL.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def runs_state() -> RunsState:
    """Return this session's state, with what the address asks for on it."""
    state: RunsState = st.session_state.setdefault(_KEY, RunsState())
    asked = {name: st.query_params[name] for name in _NAMES if st.query_params.get(name)}
    if asked and asked != state.written:
        state.take_over(asked)
    state.written = asked
    return state


def keep_address(state: RunsState) -> None:
    """Write what is shown into the address, so that it is a link."""
    wanted = state.address()
    for name in _NAMES:
        if name not in wanted:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
    state.written = wanted


def choose_section(state: RunsState) -> str:
    """Show what the page can show; return what was chosen."""
    if st.session_state.get(_WIDGET) != state.section:
        st.session_state[_WIDGET] = state.section
    st.segmented_control(
        "What to look at",
        SECTIONS,
        required=True,
        key=_WIDGET,
        on_change=_turn,
        args=(state,),
        label_visibility="collapsed",
        wrap=True,
        help="All runs in a table, a few of them side by side, one network examined, or many runs at once.",
    )
    return state.section


def _turn(state: RunsState) -> None:
    chosen = st.session_state.get(_WIDGET)
    if chosen in SECTIONS:
        state.section = chosen
