"""The run on show, redrawn twice a second while it goes on."""

from collections.abc import Sequence

import streamlit as st

from core.course.live import TrainingSeen
from core.runs.exchange.recorded import load_recorded
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.runs.store.watching import RunView, watch
from core.training.address import same_run
from core.training.config import BadConfig
from core.training.events import Validation
from core.training.recipes import RECIPES
from core.ui.sections.train.checkpoints import show_checkpoints
from core.ui.sections.train.controls import show_controls
from core.ui.sections.train.curves import choose_view, show_curves
from core.ui.sections.train.state import TrainState
from core.ui.sections.train.status import show_status
from core.ui.state.lesson import report
from core.ui.widgets.run_actions import current_runner, expects_news
from core.ui.widgets.side_by_side import row_on_phone

BEAT, SLOW_BEAT = 0.4, 1.5
"""Seconds between two updates: of the curves, and of the checkpoints."""
_BATCHES = 20  # at the end of a curve, over which loss and accuracy are averaged for a lesson


def show_run(state: TrainState, mine: Sequence[Run]) -> None:
    """Show status, controls, curves and checkpoints of the run on show."""
    run = current_runner().store.get(state.run) if state.run else None
    active = run is not None and expects_news(run)
    earlier = [one for one in mine if one.id != state.run and one.step]
    owned = run is not None and any(one.id == run.id for one in mine)
    with st.container(gap="xsmall"):
        st.fragment(_live, run_every=BEAT if active else None)(
            state, state.run, active, owned, earlier, _partner(run, earlier)
        )
    if run is not None:
        st.fragment(_checkpoints, run_every=SLOW_BEAT if active else None)(run.id)


def _live(
    state: TrainState, run: str | None, active: bool, owned: bool, earlier: Sequence[Run], partner: Sequence[str]
) -> None:
    try:
        view = watch(current_runner().store, run) if run else None
    except StoreProblem as problem:
        st.warning(str(problem), icon=":material/save:")
        return
    if view is not None:
        show_status(view)
        report(lambda: _seen(view))
    else:
        _invite()
    levers = st.container(key="train-levers")
    with levers, row_on_phone("train-levers", horizontal=True, gap="small", vertical_alignment="center"):
        if view is not None:
            show_controls(state, view, owned)
        options, overlaid = choose_view(run, earlier, partner)
    show_curves(view or load_recorded(), options, overlaid, live=view is None or expects_news(view.run))
    if view is not None and active != expects_news(view.run):
        st.rerun()  # once: the list below follows, and the refreshing ends


def _seen(view: RunView) -> TrainingSeen:
    """Return what a lesson may know of a training."""
    run, curve, validated = view.run, view.curve, view.last(Validation)
    return TrainingSeen(
        run.id,
        run.title,
        run.created,
        run.status,
        float(curve.loss[-_BATCHES:].mean()) if len(curve) else None,
        float(curve.accuracy[-_BATCHES:].mean()) if len(curve) else None,
        validated.score.accuracy if validated else None,
        run.score.accuracy if run.score else None,
        run.score.cases if run.score else 0,
        bool(run.raw_config.get("task", {}).get("random_labels")),
    )


def _checkpoints(run: str) -> None:
    try:
        show_checkpoints(run)
    except StoreProblem:
        st.caption("The checkpoints cannot be read just now.")


def _invite() -> None:
    example = load_recorded()
    with st.container(key="status"):
        st.markdown(
            "**Press Train.** Watch the loss fall, and change the learning rate while it does. "
            "The run continues if you leave this page."
        )
        if example is not None:
            run = example.run
            st.caption(
                f"Below is a recorded run of “{run.title}” from another machine: {run.device}, "
                f"{run.seconds:.0f} s of training. Yours takes its place."
            )


def _partner(run: Run | None, earlier: Sequence[Run]) -> list[str]:
    """Return the newest earlier run of the partner of this recipe, as a list of at most one id."""
    if run is None:
        return []
    try:
        config = run.config
        recipe = next((one for one in RECIPES.values() if same_run(one.config, config)), None)
        if recipe is None or recipe.versus is None:
            return []
        wanted = RECIPES[recipe.versus].config
        return [one.id for one in earlier if same_run(one.config, wanted)][:1]
    except BadConfig:
        return []
