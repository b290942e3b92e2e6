"""Answers to take from a run: a finished training of this person, or a shipped network, on its test pictures."""

from collections.abc import Callable

import streamlit as st

from core.data.images.datasets import held_out_digits, load_images
from core.data.images.image_set import ImageSet
from core.data.sources import NotHere
from core.inspection.images.evaluation import CannotEvaluate, Evaluation
from core.inspection.images.shared_evaluation import evaluate
from core.inspection.networks import SHIPPED, Choice, shipped
from core.models.shipped import BrokenWeights
from core.runs.networks import NoNetwork
from core.runs.store.store import StoreProblem
from core.training.config import BadConfig
from core.ui.plain_text import plain
from core.ui.state.person import person
from core.ui.widgets.networks import network_of_run
from core.ui.widgets.run_actions import current_runner, run_label
from core.ui.widgets.sections import controlled
from core.wording import counted

OFFERED = 60
"""Runs that are offered, the newest."""


class NoTest(LookupError):
    """A network whose answers cannot be taken; the message is a sentence for the person who asked."""


def choose_tested_network(name: str, choose: Callable[[str], None]) -> Evaluation:
    """Show the networks of which answers can be taken; return the answers of the chosen one.

    Args:
        name: of a shipped network, or a run's id.
        choose: told the name that a person chose.

    Raises:
        NoTest: the answers cannot be had.
    """
    try:
        summaries = current_runner().store.summaries(session=person().session)
    except StoreProblem:
        summaries = []
    usable = [run for run in summaries if run.usable and run.learns == "images"][:OFFERED]
    titles = {run.id: run_label(run) for run in usable} | {one: f"Shipped: {shipped(one).title}" for one in SHIPPED}
    controlled(
        st.selectbox,
        "Network",
        [*titles, *([] if name in titles else [name])],
        value=name,
        on_change=choose,
        key="metrics-network",
        format_func=lambda one: titles.get(one, "a run that is not yours"),
        width=420,
        help="Your finished trainings, the newest first, and the shipped networks.",
    )
    if name not in titles:
        raise NoTest("This run is not among your finished ones. Choose another, or train one on “Train”.")
    return examine(name)


def examine(name: str, images: ImageSet | None = None) -> Evaluation:
    """Return the answers of a network to its test pictures, or to others, with a bar while they are made.

    Raises:
        NoTest: the answers cannot be had.
    """
    try:
        choice, its_own = _network(name)
        images = its_own if images is None else images
        place = st.empty()
        words = f"Reading {counted(len(images), 'picture')} ..."

        def tell(share: float) -> None:
            place.progress(min(1.0, share), words)

        found = evaluate(choice, images, tell)
        place.empty()
    except (NoNetwork, NotHere, BadConfig, BrokenWeights, CannotEvaluate, StoreProblem) as problem:
        raise NoTest(str(problem.args[0] if problem.args else problem)) from None
    st.caption(f"{plain(choice.title)}, asked about {plain(found.source)}.")
    return found


def _network(name: str) -> tuple[Choice, ImageSet]:
    if name in SHIPPED:
        return shipped(name), held_out_digits()
    run = current_runner().store.get(name)
    if run is None or not run.usable:
        raise NoTest("This run is gone, or it has no network.")
    return network_of_run(run), load_images(run.config.images.data, "test")
