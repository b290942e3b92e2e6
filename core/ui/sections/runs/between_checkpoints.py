"""What a network learnt and forgot between two checkpoints of its training."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.inspection.images.evaluation import CannotEvaluate, Evaluation, compare_checkpoints
from core.inspection.images.shared_evaluation import evaluate
from core.models.shipped import BrokenWeights
from core.runs.networks import NoNetwork
from core.ui.plain_text import plain
from core.ui.sections.runs.examined_network import ExaminedNetwork
from core.ui.sections.runs.moments import network_of_moment, steps_of
from core.ui.sections.runs.pictures import show_opened, show_pictures
from core.ui.widgets.side_by_side import side_by_side


def show_changes(examined: ExaminedNetwork) -> None:
    """Show a choice of two checkpoints, and the pictures whose answer changed between them."""
    try:
        steps = steps_of(examined)
    except BrokenWeights as problem:
        st.info(plain(str(problem)))
        return
    if len(steps) < 2:
        st.info("This network has no two checkpoints to compare.")
        return
    key = f"runs-between-{examined.choice.name}"
    default = (steps[len(steps) // 2 - 1], steps[-1])
    chosen = st.select_slider(
        "From update, to update",
        steps,
        value=default,
        format_func=lambda step: f"{step:,}",
        key=key,
        help="The network as it was after these updates, rounded to half precision, reads all pictures again.",
    )
    first, last = chosen if isinstance(chosen, tuple) else default
    place = st.empty()
    try:
        before = _examine_at(examined, first, place, (0.0, 0.5))
        after = _examine_at(examined, last, place, (0.5, 1.0))
    except (NoNetwork, CannotEvaluate) as problem:
        st.info(plain(str(problem)))
        return
    finally:
        place.empty()
    change = compare_checkpoints(before, after)
    st.markdown(
        f"After update {first:,} it read **{before.accuracy.count:,}** of {before.accuracy.cases:,} pictures right, "
        f"after update {last:,} **{after.accuracy.count:,}**: it learnt {len(change.learnt):,} and forgot "
        f"{len(change.forgotten):,}."
    )
    left, right = side_by_side(2, key="changes", gap="medium")
    for column, title, places, seen, name in (
        (left, "Learnt", change.learnt, after, "learnt"),
        (right, "Forgotten", change.forgotten, after, "forgotten"),
    ):
        with column, st.container(key=f"runs-{name}"):
            st.header(f"{title}: {len(places):,}", help="The answers are those of the later moment.")
            if len(places):
                show_pictures(examined, seen, places.tolist(), f"runs-{name}-{examined.choice.name}")
            else:
                st.caption("None.")
    show_opened("runs-opened-between")


def _examine_at(examined: ExaminedNetwork, step: int, place: DeltaGenerator, part: tuple[float, float]) -> Evaluation:
    choice = replace(
        examined.choice, name=f"{examined.choice.name} after {step}", network=network_of_moment(examined, step)
    )
    low, high = part
    words = f"The network after update {step:,} reads {len(examined.images):,} pictures ..."

    def progress(share: float) -> None:
        place.progress(min(1.0, low + (high - low) * share), words)

    return evaluate(choice, examined.images, progress)
