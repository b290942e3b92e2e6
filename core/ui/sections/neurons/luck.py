"""Is it luck? The same network from 200 seeds, and the landscape on which two of them walk."""

import math
from typing import cast

import streamlit as st

from core.course.live import LuckSeen
from core.figures.small_histograms import STYLE, histogram_table
from core.inspection.points.luck import RATES, SEEDS, UPDATES, SeedResults
from core.inspection.points.shared_trials import SeedTrial, TooMany, trial_of
from core.models.points import Activation
from core.ui.sections.neurons.landscape import show_landscape
from core.ui.state.lesson import report

TABLES = {
    "XOR 0110": (0, 1, 1, 0),
    "AND 0001": (0, 0, 0, 1),
    "OR 0111": (0, 1, 1, 1),
    "NAND 1110": (1, 1, 1, 0),
    "NOR 1000": (1, 0, 0, 0),
    "XNOR 1001": (1, 0, 0, 1),
    "first 0011": (0, 0, 1, 1),
    "second 0101": (0, 1, 0, 1),
    "constant 1111": (1, 1, 1, 1),
}
"""What can be wanted for (0, 0), (0, 1), (1, 0) and (1, 1); the names stand in the address."""
ACTIVATIONS = ("relu", "tanh", "sigmoid")
BEAT = 0.7
"""Seconds between two looks while it is computed."""
_HIGH = 0.8  # end of the scale of losses; a coin's is ln 2 = 0.693


def show() -> None:
    """Show how often it works, and the landscape."""
    st.markdown(
        "A tutorial trains an **8-4-1 network on XOR with Adam for 100 epochs** and says that it then answers "
        f"[0, 1, 1, 0]. All four rows are one batch, so that is 100 updates. Here it is trained from **{SEEDS} seeds "
        "at once**, on this server and now."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        table = st.selectbox(
            "Wanted answers",
            list(TABLES),
            key="luck-table",
            bind="query-params",
            width=170,
            help="For the inputs (0, 0), (0, 1), (1, 0) and (1, 1), in this order.",
        )
        activation = st.selectbox(
            "Activation",
            ACTIVATIONS,
            key="luck-activation",
            bind="query-params",
            width=160,
            help="Of the 8 and the 4 hidden units. The tutorial uses ReLU.",
        )
    wanted = TABLES.get(str(table), TABLES["XOR 0110"])
    chosen = cast(Activation, activation if activation in ACTIVATIONS else ACTIVATIONS[0])
    try:
        trial = trial_of(wanted, chosen)
    except TooMany as problem:
        st.info(str(problem), icon=":material/hourglass:")
    else:
        st.fragment(_show_trial, run_every=None if trial.done else BEAT)(trial, wanted)
    st.header("The way down")
    show_landscape(wanted, chosen)


def _show_trial(trial: SeedTrial, wanted: tuple[int, ...]) -> None:
    outcomes: list[SeedResults | None] = [*trial.outcomes, *[None] * (len(UPDATES) - len(trial.outcomes))]
    with st.container(key="luck-histograms"):
        st.html(
            STYLE
            + histogram_table(
                [f"learning rate {rate:g}" for rate in RATES],
                [f"after {updates:,} updates" for updates in UPDATES],
                [[None if one is None else one.losses[place] for one in outcomes] for place in range(len(RATES))],
                [[_solved(one, place) for one in outcomes] for place in range(len(RATES))],
                _HIGH,
                math.log(2),
            )
        )
    st.caption(
        f"Each histogram counts the losses of the seeds, those above {_HIGH:g} in its last bar. The dotted line "
        "is ln 2 = 0.693, the loss of always saying 0.5. “Right” means all four answers, after rounding."
    )
    solved = {(rate, one.updates): one.solved(at) for one in trial.outcomes for at, rate in enumerate(RATES)}
    # Before they are all there, too: a fragment may write into the lesson bar only if it did so when the page was made.
    report(lambda: LuckSeen(solved if trial.done else {}, SEEDS))
    if trial.outcomes:
        st.markdown(_conclusion(trial.outcomes, wanted))
    if trial.done and st.session_state.get("luck-seen") != id(trial):
        st.session_state["luck-seen"] = id(trial)
        st.rerun()  # once, so that nobody asks for news any more


def _solved(outcome: SeedResults | None, rate: int) -> str:
    return "computing ..." if outcome is None else f"right in {outcome.solved(rate)} of {SEEDS}"


def _conclusion(outcomes: list[SeedResults], wanted: tuple[int, ...]) -> str:
    """Return what follows of the outcomes so far, in words."""
    first = outcomes[0].solved(0)
    words = (
        f"With a learning rate of {RATES[0]:g}, the default, and {UPDATES[0]} updates, "
        f"**{first} of {SEEDS} seeds** ({100 * first / SEEDS:g} %) end in {list(wanted)}."
    )
    if len(outcomes) == len(UPDATES):
        best = max(range(len(RATES)), key=outcomes[-1].solved)
        words += (
            f" After {UPDATES[-1]:,} updates with {RATES[best]:g} it is {outcomes[-1].solved(best)}: "
            "what a single run shows depends on its seed, its learning rate and its patience."
        )
    return words
